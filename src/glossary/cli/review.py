"""glossary review"""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
import unicodedata
from types import TracebackType
from typing import Any, Self

import click

import glossary
from glossary.cli import options
from glossary.errors import GlossaryError, UsageError
from glossary.text import LineIndex, sentence

_KEYS = (
    ("a", "accept the first replacement"),
    ("2-9", "accept another one"),
    ("e", "edit: write what is to stand there"),
    ("s", "skip: leave it as it is; it is not asked about again"),
    ("l", "always: accept, here and for all of the same concept"),
    ("f", "fix: accept all that are left and safe, as 'glossary fix' would"),
    ("n", "never: leave it, and put the concept (or rule) on the ignore list"),
    ("u", "undo the last decision"),
    ("q", "write what was decided, and leave; go on later with the same command"),
    ("Ctrl-C", "leave without writing; the decisions are kept, go on later"),
)
_INTERRUPTED = (b"", b"\x03", b"\x04")


@click.command(short_help="Go through the findings one by one.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path())
@click.option("--log", "log_file", metavar="FILE", type=click.Path(), help="The edit log. [default: PATH.glossary-log]")
@click.option("--again", is_flag=True, help="Ask again about what was skipped before.")
@click.option("--accept", is_flag=True, help="Write Word documents plainly, not as tracked changes.")
@click.option("--input-format", metavar="NAME", help="Read every file in this format, whatever its ending.")
@options.selection_options
@options.termbase_options
def review(
    paths: tuple[str, ...],
    log_file: str | None,
    again: bool,
    accept: bool,
    input_format: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    termbases: tuple[str, ...],
    no_builtin: bool,
) -> None:
    """Go through the findings of articles one by one, and decide.

    The file is written at the end, whole or not at all. Every decision goes into the edit log, from which
    `glossary revert` brings the original back.

    \b
    glossary review article.txt
    glossary review --select deprecated-term articles/
    """
    if "-" in paths:
        raise UsageError("review takes files; it needs the terminal to ask")
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("review asks on a terminal; use 'glossary fix' where there is none")
    config = options.configured(termbases, no_builtin, select, ignore)
    matcher = options.matcher(termbases, no_builtin)
    options.require_names(config)
    always: dict[glossary.Kind, int | str] = {}
    never: set[str] = set()
    failed = False
    for path, document in options.documents(paths, input_format):
        try:
            if isinstance(document, GlossaryError):
                raise document
            found = glossary.check_document(document, matcher, config.settings(path))
            lowest = config.severity.rank
            findings = [finding for finding in found if finding.severity.rank >= lowest]
            log = glossary.EditLog(log_file) if log_file else glossary.EditLog.beside(path)
            session = _Session(path, glossary.Review(document, findings, always, never), log)
            session.resume(again)
            with _Keyboard() as keyboard:
                finished = session.ask(keyboard)
            session.write(glossary.Tracking(accept=accept))
        except GlossaryError as error:
            failed = True
            click.echo(f"glossary: {error}", err=True)
            continue
        except KeyboardInterrupt:
            click.echo(f"\n{path}: not written; 'glossary review {path}' goes on with what was decided.")
            raise click.exceptions.Exit(130) from None
        if not finished:
            break
    if never:
        click.echo(f"{glossary.add_ignored(sorted(never), config.path)}: ignores {', '.join(sorted(never))} from now on")
    raise click.exceptions.Exit(2 if failed else 0)


class _Session:
    """One document on the terminal."""

    def __init__(self, path: str, review: glossary.Review, log: glossary.EditLog) -> None:
        self._path = path
        self._review = review
        self._log = log
        self._original = review.document.write([])
        self._lines = LineIndex(review.document.text)
        self._lines_are_paragraphs = any(len(line) > 200 for line in review.document.text.splitlines())
        self._color = options.use_color()
        self._asked = False

    def resume(self, again: bool) -> None:
        """Take up what earlier reviews of this very content decided."""
        records = self._log.records(self._path)
        state = glossary.state_of(self._original)
        written = [record for record in records if record["event"] == "written"]
        if written and written[-1]["after"] == state and not again:
            count = self._review.skip_again(written[-1].get("left", ()))
            if count:
                click.echo(f"{self._path}: {count} skipped before (--again asks about them)")
        since = max((n for n, record in enumerate(records) if record["event"] != "decision"), default=-1)
        if since >= 0 and records[since]["event"] == "opened" and records[since]["before"] == state:
            count = self._review.replay(records[since + 1 :])
            if count:
                click.echo(f"{self._path}: going on after {options.counted(count, 'decision')}")

    def ask(self, keyboard: _Keyboard) -> bool:
        """Ask about each finding; whether the end was reached."""
        self._keyboard = keyboard
        review = self._review
        if review.open() is None:
            return True
        self._note("opened", before=glossary.state_of(self._original))
        for decided in sorted(review.decisions):
            if review.decisions[decided].group:  # from an interrupted review: kept for the next one
                self._note("decision", **review.values(decided))
        shown = -1  # the finding on the screen
        while (number := review.open()) is not None:
            if number != shown:
                self._show(number)
                shown = number
            click.echo(click.style(self._prompt(number), bold=True) if self._color else self._prompt(number), nl=False)
            key = keyboard.key()
            if key == "q":
                click.echo("quit")
                return False
            if key == "u":
                self._undo()
                shown = -1
                continue
            try:
                shown = number if self._act(key, number) else -1
            except UsageError as error:
                click.echo(f"  {error}")
        return True

    def write(self, tracking: glossary.Tracking) -> None:
        """Write the document, and say what was done."""
        review = self._review
        edits = review.edits()
        left = review.left()
        if edits or self._asked:
            new = review.document.write(edits, tracking)
            self._log.write(self._path, self._original, new, left=left)
        open_ = len(review.findings) - len(review.decisions)
        parts = [options.counted(len(edits), "correction"), f"{len(left)} left as they are"]
        if open_:
            parts.append(f"{open_} still to look at")
        click.echo(f"{self._path}: " + (", ".join(parts) if review.findings else "nothing found"))
        if edits:
            click.echo(f"  'glossary revert {self._path}' takes them back")

    def _note(self, event: str, **values: object) -> None:
        self._asked = True
        self._log.add(self._path, event, **values)

    def _undo(self) -> None:
        number = self._review.undo()
        if number is None:
            click.echo("nothing to undo")
            return
        click.echo("undone")
        self._note("decision", action="undo")

    def _act(self, key: str, number: int) -> bool:
        """Do what a key stands for; whether the finding is still open and need not be shown again."""
        finding = self._review.findings[number]
        choices = finding.replacements
        if key == "a" and choices:
            return self._decide(number, "accept", choices[0])
        if key.isdigit() and 1 <= int(key) <= len(choices):
            return self._decide(number, "choose" if key != "1" else "accept", choices[int(key) - 1])
        if key == "l" and choices:
            return self._decide(number, "always", choices[0])
        if key == "f":
            return self._accept_safe(number)
        if key == "s":
            return self._decide(number, "skip")
        if key == "n":
            return self._decide(number, "never")
        if key == "e":
            click.echo("edit")
            new = self._keyboard.line(choices[0] if choices else finding.text)
            return True if new is None else self._decide(number, "edit", new)
        if key in ("a", "l"):
            click.echo("there is no replacement; e writes one")
            return True
        click.echo("" if key in "?h" else f"there is no key {key!r}")
        for name, meaning in _KEYS:
            click.echo(f"    {name:<7} {meaning}")
        return True

    def _decide(self, number: int, action: str, after: str | None = None) -> bool:
        review = self._review
        before = set(review.decisions)
        review.decide(number, action, after)
        self._note("decision", **review.values(number))
        more = len(set(review.decisions) - before) - 1
        if action == "never":
            finding = review.findings[number]
            shown = f"never: {finding.concept or finding.rule} goes on the ignore list"
        else:
            shown = action if after is None else f"{action}: {_quoted(after)}"
        click.echo(shown + (f" ({more} more alike)" if more else ""))
        return False

    def _accept_safe(self, number: int) -> bool:
        """Accept what 'glossary fix' would; whether the finding is still open."""
        review = self._review
        safe = review.open_safe()
        for each in safe:
            review.decide(each, "accept", review.findings[each].replacements[0], with_last=each != safe[0])
            self._note("decision", **review.values(each), **({"with_last": True} if each != safe[0] else {}))
        click.echo(f"{options.counted(len(safe), 'safe correction')} accepted")
        return number not in review.decisions

    def _show(self, number: int) -> None:
        review = self._review
        finding, text = review.findings[number], review.document.text
        line, column = self._lines.place(finding.start)
        first, _ = self._lines.place(finding.segment_start)
        where = f"{finding.segment}:{line - first + 1}:{column}" if finding.segment else f"{line}:{column}"
        name = finding.rule + (f"[{finding.concept}]" if finding.concept else "")
        click.echo(f"\n{number + 1}/{len(review.findings)}  {self._path}:{where}  {finding.severity.value}  {name}")
        low, high = sentence(text, finding.start, finding.end)
        if self._lines_are_paragraphs:
            low = max(low, text.rfind("\n", 0, finding.start) + 1)
            high = min([high, *(at for at in [text.find("\n", finding.end)] if at >= 0)])
        low, high = max(low, finding.start - 300), min(high, finding.end + 300)
        marked = f"\x01{text[finding.start : finding.end]}\x02"
        shown = " ".join((review.standing(low, finding.start) + marked + review.standing(finding.end, high)).split())
        width = min(shutil.get_terminal_size().columns, 100) - 4
        on, off = ("\x1b[7m", "\x1b[27m") if self._color else ("[[", "]]")
        for part in _wrapped(shown, width):
            click.echo("    " + part.replace("\x01", on).replace("\x02", off))
        for label, value in (("", finding.message), ("note: ", finding.note), ("authority: ", finding.authority)):
            if value:
                click.echo(textwrap.fill(label + value, width, initial_indent="  ", subsequent_indent="    "))
        for index, each in enumerate(finding.replacements[:9], 1):
            click.echo(f"  {'a' if index == 1 else index}  {_quoted(each)}" + (f" ({finding.safety.value})" if index == 1 else ""))

    def _prompt(self, number: int) -> str:
        finding = self._review.findings[number]
        choices = len(finding.replacements)
        safe = len(self._review.open_safe())
        keys = (["a accept"] if choices else []) + ([f"2-{min(choices, 9)} other" if choices > 2 else "2 other"] if choices > 1 else [])
        keys += ["e edit", "s skip", *(["l always"] if choices else [])]
        never = "n never this term" if finding.concept else f"n never any {finding.rule}"
        keys += [*([f"f fix all {safe} safe"] if safe else []), never, "u undo", "q quit", "? help"]
        return "  " + " · ".join(keys) + " > "


def _quoted(text: str) -> str:
    return f"“{text}”" if text else "(delete)"


def _wrapped(text: str, width: int) -> list[str]:
    """Lines of at most so many columns; Chinese takes two columns a character."""
    lines, line, used = [], "", 0
    for word in text.split(" "):
        size = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in word if char > "\x02")
        if line and used + 1 + size > width:
            lines.append(line)
            line, used = "", 0
        line, used = (f"{line} {word}", used + 1 + size) if line else (word, size)
    return [*lines, line]


class _Keyboard:
    """Keys as they are pressed, also those pressed ahead; lines only where one is asked for."""

    def __init__(self) -> None:
        self._input = sys.stdin.fileno()
        self._normal: Any = None

    def __enter__(self) -> Self:
        try:
            import termios
            import tty
        except ImportError:  # not a Unix terminal: click knows the others
            return self
        self._normal = termios.tcgetattr(self._input)
        tty.setcbreak(self._input, termios.TCSADRAIN)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._restore(self._normal)

    def _restore(self, mode: Any) -> None:
        if mode is not None:
            import termios

            termios.tcsetattr(self._input, termios.TCSADRAIN, mode)

    def key(self) -> str:
        """The next key. Raises KeyboardInterrupt for Ctrl-C, and at the end of input."""
        sys.stdout.flush()
        pressed = os.read(self._input, 1) if self._normal is not None else click.getchar().encode()
        if pressed in _INTERRUPTED:
            raise KeyboardInterrupt
        while self._normal is not None and len(pressed) < 4 and pressed[0] >= 0xC0:
            try:
                return pressed.decode()
            except UnicodeDecodeError:
                pressed += os.read(self._input, 1)
        return pressed.decode("utf-8", "replace")

    def line(self, start: str) -> str | None:
        """A line that is typed, beginning with a text to change; None if it was broken off."""
        try:
            import readline
        except ImportError:
            readline = None  # type: ignore[assignment]
        self._restore(self._normal)
        try:
            if readline:
                readline.set_startup_hook(lambda: readline.insert_text(start))
            return input("  new text: ")
        except (KeyboardInterrupt, EOFError):
            click.echo("  not changed")
            return None
        finally:
            if readline:
                readline.set_startup_hook()
            self.__enter__()
