"""Scores for people, on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from glossary.reports.scores.figures import Figure, by_document, figures
from glossary.scoring import Scores
from glossary.scoring.movement import Moved

_SHOWN = 10
_LONGEST = 60


def render(scores: Scores, segments: bool) -> str:
    """The figures, then harm, then the rules and concepts that moved something; with `segments` every changed segment."""
    return "\n".join(_lines(scores, segments)) + "\n"


def _lines(scores: Scores, segments: bool) -> Iterator[str]:
    yield f"{_count(len(scores.rows), 'segment')}, aligned by {scores.aligned_by}; {len(scores.changed)} changed by the fix."
    yield from (f"  {note}" for note in scores.notes)
    for (scope, _), group in groupby(figures(scores), key=lambda each: (each.scope, each.reference is None)):
        yield ""
        yield from _table(scope, list(group))
    yield from _documents(by_document(scores))
    yield ""
    yield from _harm(scores)
    yield from _movement("by rule", scores.rules(), len(scores.rules()))
    dead = scores.dead_rules()
    if dead:
        yield f"rules that found nothing: {', '.join(dead)}"
    concepts = scores.moved_concepts()
    yield from _movement("by concept, the harmful first", [each for each in concepts if each.applied], _SHOWN)
    if segments:
        yield from _segments(scores)
    yield ""
    yield from dict.fromkeys(f"{each.name}: {each.signature}" for each in scores.metrics)
    if scores.digest:
        yield f"term base: {len(scores.concepts)} concepts, digest {scores.digest}"


def _table(scope: str, group: list[Figure]) -> Iterator[str]:
    tested = any(each.p_value is not None for each in group)
    referred = any(each.reference is not None for each in group)
    width = max(len(scope), *(len(each.name) for each in group))
    spread = any(each.half_before is not None for each in group)
    room = 15 if spread else 8
    yield f"{scope:{width}}  {'before':>{room}}  {'after':>{room}}  {'delta':>7}" + "  reference" * referred + "  p-value" * tested
    for each in group:
        delta = "" if each.delta is None else f"{each.delta:+.2f}"
        before, after = _value(each.before, each.half_before), _value(each.after, each.half_after)
        line = f"{each.name:{width}}  {before:>{room}}  {after:>{room}}  {delta:>7}"
        if referred:
            line += f"  {_value(each.reference, None):>9}"
        if tested:
            line += f"  {'' if each.p_value is None else f'{each.p_value:.4f}':>7}"
        yield (line + ("  better" if each.gain > 0 else "  WORSE" if each.gain < 0 else "")).rstrip()


def _documents(found: list[Figure]) -> Iterator[str]:
    """A line for each article."""
    if not found:
        return
    names = list(dict.fromkeys(each.name for each in found))
    width = max(len(each.scope) for each in found)
    yield ""
    yield f"{'by article':{width}}" + "".join(f"  {name:>6} before -> after" for name in names)
    for scope, group in groupby(found, key=lambda each: each.scope):
        yield f"{scope:{width}}" + "".join(f"  {_value(each.before, None):>13} -> {_value(each.after, None):>5}" for each in group)


def _value(value: float | None, half: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.2f}" if half is None else f"{value:.2f} ± {half:5.2f}"


def _harm(scores: Scores) -> Iterator[str]:
    harm = scores.harm()
    yield (
        f"Of the changed segments {len(harm.improved)} are nearer to the reference, {len(harm.unchanged)} as near, "
        f"{len(harm.harmed)} further away (by {scores.judge})."
    )
    for number in harm.harmed:
        row = scores.rows[number]
        where = f"{row.document}:{number + 1}" if row.document else f"segment {number + 1}"
        for edit, gain in zip(row.edits, scores.gains[number], strict=True):
            yield f"  {where}: {gain:+6.2f} {edit.concept or edit.rule}: {_short(edit.before)!r} -> {_short(edit.after)!r}"


def _movement(title: str, found: Iterable[Moved], most: int) -> Iterator[str]:
    shown = list(found)
    if not shown:
        return
    width = max(len(title), *(len(each.name) for each in shown[:most]))
    yield ""
    yield f"{title:{width}}  fired  applied  toward  away  gain in chrF2"
    for each in shown[:most]:
        yield f"{each.name:{width}}  {each.fired:5}  {each.applied:7}  {each.toward:6}  {each.away:4}  {each.gain:+.2f}"
    if len(shown) > most:
        yield f"… and {len(shown) - most} more; --format json lists them all"


def _segments(scores: Scores) -> Iterator[str]:
    judged = scores.segment_scores(scores.judge)
    for number in scores.changed:
        row = scores.rows[number]
        before, after = judged[number]
        yield ""
        yield f"{row.document}:{number + 1}  {scores.judge} {before:.2f} -> {after:.2f}"
        yield f"  -  {row.hypothesis}"
        yield f"  +  {row.fixed}"
        yield from (f"  =  {reference}" for reference in row.references)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
