"""Lines that changed in git since a revision: for a check that looks only at what somebody just wrote."""

from __future__ import annotations

import os
import re
import subprocess
from bisect import bisect_left

from glossary.errors import UsageError
from glossary.patterns import lazy
from glossary.reports.result import CheckedFile

_HUNK = lazy(rb"@@ -\S+ \+(\d+)(?:,(\d+))? @@")
_WHOLE = range(1 << 62)


class Changes:
    """The changed lines of the files of a repository, the working tree against a revision. New files are changed wholly.

    Raises:
        UsageError: there is no git, no repository, or no such revision.
    """

    def __init__(self, revision: str, folder: str = ".") -> None:
        if revision.startswith("-"):
            raise UsageError(f"'{revision}' is no revision")
        top = _git(folder, "rev-parse", "--show-toplevel").rstrip(b"\n")
        self._top = os.path.realpath(os.fsdecode(top))
        options = ("--no-color", "--no-ext-diff", "--no-renames", "--src-prefix=a/", "--dst-prefix=b/", "-U0")
        changed = _git(folder, "-c", "core.quotePath=false", "diff", *options, revision, "--")
        self._lines = _lines(changed)
        for name in _git(self._top, "ls-files", "--others", "--exclude-standard", "-z").split(b"\0"):
            if name:
                self._lines[os.fsdecode(name)] = [_WHOLE]

    def only(self, file: CheckedFile) -> CheckedFile:
        """The file with the findings that touch a changed line."""
        lines = [_WHOLE] if file.path == "-" else self._lines.get(self._name(file.path), [])
        if not file.findings or _WHOLE in lines:
            return file
        ends = [match.start() for match in re.finditer("\n", file.text)]  # as git counts lines
        kept = []
        for finding in file.findings:
            first, last = bisect_left(ends, finding.start) + 1, bisect_left(ends, max(finding.start, finding.end - 1)) + 1
            if any(first < changed.stop and last >= changed.start for changed in lines):
                kept.append(finding)
        return file.showing(kept)

    def touches(self, path: str) -> bool:
        """Whether a file has changed at all."""
        return path == "-" or self._name(path) in self._lines

    def _name(self, path: str) -> str:
        return os.path.relpath(os.path.realpath(path), self._top).replace(os.sep, "/")


def _git(folder: str, *arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=False)
    except FileNotFoundError:
        raise UsageError("--diff-only needs git, which is not installed") from None
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines() or ["git failed"]
        raise UsageError(f"--diff-only: {lines[0]}")
    return done.stdout


def _lines(diff: bytes) -> dict[str, list[range]]:
    """The changed lines of each file, from a diff without context. A binary file is changed wholly."""
    lines: dict[str, list[range]] = {}
    current: list[range] = []
    in_header = False
    for line in diff.split(b"\n"):
        if line.startswith(b"diff --git "):
            in_header, current = True, []
        elif in_header and line.startswith(b"+++ "):
            name = _name(line[4:])
            if name is not None:
                lines[name] = current
        elif in_header and line.startswith(b"Binary files ") and line.endswith(b" differ"):
            name = _name(line[len(b"Binary files ") : -len(b" differ")].rpartition(b" and ")[2])
            if name is not None:
                lines[name] = [_WHOLE]
        elif hunk := _HUNK.match(line):
            in_header = False
            start, count = int(hunk[1]), int(hunk[2] or 1)
            if count:
                current.append(range(start, start + count))
    return lines


def _name(stored: bytes) -> str | None:
    """A path of a diff's header, which git quotes as C does where it holds special characters; None for /dev/null."""
    stored = stored.rstrip(b"\t")
    if stored.startswith(b'"') and stored.endswith(b'"'):
        stored = stored[1:-1].decode("latin-1").encode("latin-1").decode("unicode_escape").encode("latin-1")
    return os.fsdecode(stored[2:]) if stored.startswith(b"b/") else None
