"""Opens files in a running LibreOffice: what changes are tracked in each, and what it is once they are accepted or rejected.

Run by a Python that has LibreOffice's bindings: changes.py PIPE, and on standard input a JSON list of [file, show|accept|reject, target].
"""

import json
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue

FILTERS = {".fodt": "OpenDocument Text Flat XML", ".docx": "MS Word 2007 XML", ".pdf": "writer_pdf_Export"}
COMMANDS = {"accept": ".uno:AcceptAllTrackedChanges", "reject": ".uno:RejectAllTrackedChanges"}


def connected(pipe):
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    for _ in range(600):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.1)
    raise SystemExit("LibreOffice does not answer")


def value(name, content):
    made = PropertyValue()
    made.Name, made.Value = name, content
    return made


def changes(document):
    found = document.getRedlines().createEnumeration()
    while found.hasMoreElements():
        each = found.nextElement()
        yield [each.RedlineType, each.RedlineAuthor]


def done(context, source, action, target):
    create = context.ServiceManager.createInstanceWithContext
    desktop = create("com.sun.star.frame.Desktop", context)
    document = desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, (value("Hidden", True),))
    tracked = list(changes(document))
    if action in COMMANDS:
        frame = document.CurrentController.Frame
        create("com.sun.star.frame.DispatchHelper", context).executeDispatch(frame, COMMANDS[action], "", 0, ())
    options = [value("FilterName", FILTERS[Path(target).suffix])]
    if target.endswith(".pdf"):
        data = uno.Any("[]com.sun.star.beans.PropertyValue", (value("ExportNotesInMargin", True),))
        options.append(value("FilterData", data))
    document.storeToURL(Path(target).as_uri(), tuple(options))
    left = list(changes(document))
    document.close(True)
    return {"tracked": tracked, "left": left}


office = connected(sys.argv[1])
print(json.dumps([done(office, *job) for job in json.load(sys.stdin)]))
