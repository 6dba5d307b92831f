"""Charts of scores, drawn by matplotlib as SVG.

In the report a chart takes its colours from the page, so that it is right in light and dark: it is drawn in marker colours
that are then replaced by the page's variables.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from glossary.scoring import Scores

# marker colour -> the variable of the page, and what it is on paper
_COLORS = {
    "#0a0b01": ("--ink", "#1f2328"), "#0a0b02": ("--muted", "#656d76"), "#0a0b03": ("--line", "#d0d7de"),
    "#0a0b04": ("--before", "#9a6700"), "#0a0b05": ("--after", "#0969da"),
    "#0a0b06": ("--good", "#1a7f37"), "#0a0b07": ("--bad", "#cf222e"),
}  # fmt: skip
_INK, _MUTED, _LINE, _BEFORE, _AFTER, _GOOD, _BAD = _COLORS
_STYLE: dict[Any, Any] = {
    "svg.fonttype": "none", "svg.hashsalt": "glossary", "font.family": "sans-serif", "font.sans-serif": ["DejaVu Sans"], "font.size": 10,
    "text.color": _INK, "axes.edgecolor": _LINE, "axes.labelcolor": _MUTED, "xtick.color": _MUTED, "ytick.color": _INK,
    "axes.spines.top": False, "axes.spines.right": False,
}  # fmt: skip
_MOST = 10


def gain_chart(scores: Scores) -> Any:
    """Each metric before and after, with the interval of 95 % of bootstrap samples."""
    found = scores.metrics
    figure, axes = _figure(0.62 * len(found) + 1.1)
    for place, each in enumerate(found):
        bars = ((each.before, each.interval_before, _BEFORE, -0.17), (each.after, each.interval_after, _AFTER, 0.17))
        for score, interval, color, shift in bars:
            axes.barh(place + shift, score, height=0.3, color=color)
            if interval is not None:
                axes.errorbar(score, place + shift, xerr=interval.half, color=_INK, capsize=3, linewidth=1)
            edge = score + (interval.half if interval else 0)
            axes.annotate(f"{score:.1f}", (edge, place + shift), xytext=(6, 0), textcoords="offset points", va="center", fontsize=9)
    axes.set_yticks(range(len(found)), [f"{each.name} {'↓' if each.better == 'lower' else '↑'}" for each in found])
    axes.invert_yaxis()
    axes.margins(x=0.12)
    _legend(figure, (_BEFORE, "before"), (_AFTER, "after"))
    return figure


def rule_chart(scores: Scores) -> Any:
    """Edits by rule, and by the concepts applied most and those that harm most: to the reference is right, away from it left."""
    concepts = [each for each in scores.moved_concepts() if each.applied]
    chosen = sorted(concepts, key=lambda each: (-each.applied, each.name))[:_MOST]
    chosen += [each for each in concepts if each.away and each not in chosen][: max(0, 2 * _MOST - len(chosen))]
    rules = [each for each in scores.rules() if each.applied]
    moved = [*(rules if len(rules) > 1 else ()), *sorted(chosen, key=lambda each: (-each.toward, each.away, each.name))]
    figure, axes = _figure(0.28 * max(1, len(moved)) + 1.1)
    for place, each in enumerate(moved):
        axes.barh(place, each.toward, color=_GOOD, height=0.7)
        axes.barh(place, -each.away, color=_BAD, height=0.7)
        if each.still:
            axes.barh(place, each.still, left=each.toward, color=_LINE, height=0.7)
    axes.set_yticks(range(len(moved)), [each.name for each in moved], fontsize=9)
    axes.invert_yaxis()
    axes.axvline(0, color=_MUTED, linewidth=0.8)
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.xaxis.set_major_formatter(lambda value, _: f"{abs(value):.0f}")
    _legend(figure, (_BAD, "away from the reference"), (_GOOD, "towards it"), (_LINE, "neither"))
    return figure


def delta_chart(scores: Scores) -> Any:
    """How the changed segments moved under the judging metric."""
    judged = scores.segment_scores(scores.judge)
    sign = 1 if scores.tallies[scores.judge].metric.better == "higher" else -1
    deltas = [sign * (judged[number][1] - judged[number][0]) for number in scores.changed]
    figure, axes = _figure(2.6)
    widest = max((abs(delta) for delta in deltas), default=1.0) or 1.0
    edges = [widest * step / 12 for step in range(-12, 13)]
    _, _, bars = axes.hist(deltas, bins=edges, rwidth=0.92)
    for bar in bars:
        bar.set_facecolor(_GOOD if bar.get_x() + bar.get_width() / 2 > 0 else _BAD)
    axes.axvline(0, color=_MUTED, linewidth=0.8)
    axes.set_xlabel(f"gain in {scores.judge} of a changed segment")
    axes.set_ylabel("segments")
    axes.tick_params(axis="y", colors=_MUTED)
    axes.yaxis.get_major_locator().set_params(integer=True)
    return figure


CHARTS: Sequence[tuple[str, Callable[[Scores], Any]]] = (
    ("Before and after", gain_chart),
    ("Edits by rule and concept", rule_chart),
    ("How far segments moved", delta_chart),
)


def inline(draw: Callable[[Scores], Any], scores: Scores) -> str:
    """A chart as an SVG element whose colours are variables of the page."""
    svg = _drawn(draw, scores, "svg").decode()
    svg = svg[svg.index("<svg") :]
    for color, (variable, _) in _COLORS.items():
        svg = svg.replace(color, f"var({variable})")
    return svg.replace("'DejaVu Sans', sans-serif", "inherit").replace("'DejaVu Sans'", "inherit")


def image(scores: Scores, format: str) -> bytes:
    """The chart of before and after in the colours of paper, as svg or png."""
    return _drawn(gain_chart, scores, format, paper=True)


def _drawn(draw: Callable[[Scores], Any], scores: Scores, format: str, paper: bool = False) -> bytes:
    import matplotlib

    with matplotlib.rc_context(_STYLE):
        figure = draw(scores)
        out = io.BytesIO()
        if paper and format == "png":
            _recolor(figure)
        metadata = {"Date": None, "Creator": None} if format == "svg" else {"Software": None}
        figure.savefig(out, format=format, transparent=not paper, dpi=150, metadata=metadata)
    data = out.getvalue()
    if paper and format == "svg":
        for color, (_, plain) in _COLORS.items():
            data = data.replace(color.encode(), plain.encode())
    return data


def _recolor(figure: Any) -> None:
    """Put the colours of paper in place of the markers."""
    from matplotlib.colors import to_hex

    for artist in figure.findobj():
        for name in ("color", "facecolor", "edgecolor"):
            get, put = getattr(artist, f"get_{name}", None), getattr(artist, f"set_{name}", None)
            if get is None or put is None:
                continue
            try:
                color = to_hex(get())
            except (ValueError, TypeError):
                continue
            if color in _COLORS:
                put(_COLORS[color][1])


def _figure(height: float) -> tuple[Any, Any]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(5.2, height), layout="constrained")
    return figure, figure.subplots()


def _legend(figure: Any, *entries: tuple[str, str]) -> None:
    from matplotlib.patches import Patch

    handles = [Patch(color=color, label=label) for color, label in entries]
    figure.legend(handles=handles, loc="outside upper left", ncols=len(handles), frameon=False, fontsize=9)
