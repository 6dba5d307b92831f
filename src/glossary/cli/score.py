"""glossary score"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

import glossary
from glossary.cli import options
from glossary.errors import UsageError
from glossary.reports.scores import formats

BY = ("lines", "paragraphs", "sentences", "document")
TESTS = ("bs", "ar", "none")


@click.command(short_help="Measure the gain against a reference.")
@click.argument("hypothesis", metavar="[HYPOTHESIS]", required=False)
@click.option("--reference", "-r", "references", multiple=True, metavar="PATH", help="A good human text. Repeatable.")
@click.option("--fixed", metavar="PATH", help="The fixed text; without it the hypothesis is fixed first.")
@click.option("--source", "-s", metavar="PATH", help="The Chinese original: terms are required where it has them.")
@click.option("--pattern", metavar="GLOB", help="Which files of a folder are hypotheses; its stars fill those of the other paths.")
@click.option("--column", "columns", multiple=True, metavar="WHAT=NAME", help="Which column of a table holds the hypothesis, reference, ….")
@click.option("--test-set", metavar="NAME", help="Score against a test set of sacrebleu, such as wmt20.")
@click.option("--langpair", "-l", default="zh-en", show_default=True, help="The language pair of the test set.")
@click.option("--system", metavar="PATH|NAME", help="The output to score on the test set: a file, or a system that comes with it.")
@click.option("--format", "-f", "report", type=click.Choice(formats.names()), default="table", show_default=True, help="How to report.")
@click.option("--segments", is_flag=True, help="Report the segments too.")
@click.option("--report", "page", metavar="FILE", help="Write an HTML report here: one file, nothing loaded from elsewhere.")
@click.option("--plot", metavar="FILE", help="Draw before and after here (.svg or .png).")
@click.option("--metric", "-m", "metrics", multiple=True, metavar="NAME", help="BLEU, chrF2, TER (these three if none is named) or chrF++.")
@click.option("--align", type=click.Choice(BY), help="What to align texts by, instead of the first that fits.")
@click.option("--test", type=click.Choice(TESTS), default="bs", show_default=True, help="Paired bootstrap or approximate randomisation.")
@click.option("--samples", type=click.IntRange(min=1), help="Draws of the test. [default: 1000 for bs, 10000 for ar]")
@click.option("--ceiling", is_flag=True, help="Measure too what the best fix of terms would gain.")
@click.option("--jobs", "-j", type=click.IntRange(min=0), default=0, help="Processes to use; 0 is one for each processor. [default: 0]")
@click.option("--unsafe", is_flag=True, help="Make unsafe corrections too.")
@click.option("--input-format", metavar="NAME", help="Read every file in this format, whatever its ending.")
@options.selection_options
@options.termbase_options
def score(
    hypothesis: str | None,
    references: tuple[str, ...],
    fixed: str | None,
    source: str | None,
    pattern: str | None,
    columns: tuple[str, ...],
    test_set: str | None,
    langpair: str,
    system: str | None,
    report: str,
    segments: bool,
    page: str | None,
    plot: str | None,
    metrics: tuple[str, ...],
    align: glossary.alignment.By | None,
    test: str,
    samples: int | None,
    ceiling: bool,
    jobs: int,
    unsafe: bool,
    input_format: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    termbases: tuple[str, ...],
    no_builtin: bool,
) -> None:
    """Measure what the corrections gain against a human text.

    HYPOTHESIS is machine translation: a file, a table (JSON Lines, TSV or CSV with columns hypothesis and reference), or a folder.
    Texts with as many lines are compared line by line; others are aligned.

    \b
    glossary score article.txt --reference post-edited.txt --source chinese.txt
    glossary score corpora --pattern '*/mt.txt' -r '*/human.txt' --report report.html
    glossary score pairs.jsonl --column hypothesis=mt --format latex
    glossary score --test-set wmt20 --langpair zh-en --system output.txt
    """
    if page or plot:
        formats.require_drawing(plot)
    config = options.configured(termbases, no_builtin, select, ignore, unsafe=unsafe)
    options.require_names(config)
    if test_set:
        if hypothesis and system:
            raise UsageError("name the output once: as HYPOTHESIS or with --system")
        output = _given(system or hypothesis, "--test-set needs the output to score: --system")
        articles = [glossary.published_article(test_set, langpair, output)]
    else:
        articles = list(
            glossary.read_articles(
                _given(hypothesis, "name the machine translation to score, or a --test-set"),
                references, fixed, source, pattern=pattern, columns=_columns(columns),
                read=lambda path: options.read(path, input_format if not path.lower().endswith((".jsonl", ".tsv", ".csv")) else "text"),
            )
        )  # fmt: skip
    with _progress() as progress:
        scores = glossary.score_articles(
            articles,
            termbase=glossary.load(*termbases, builtin=not no_builtin),
            settings=config.settings(),
            metrics=metrics or glossary.scoring.metrics.DEFAULT,
            by=align,
            test=None if test == "none" else test,  # type: ignore[arg-type]
            samples=samples or 0,
            ceiling=ceiling,
            jobs=jobs or os.cpu_count() or 1,
            progress=progress,
        )
    if page:
        glossary.write_file(page, formats.page(scores).encode())
    if plot:
        glossary.write_file(plot, formats.plot(scores, plot))
    click.echo(formats.render(report, scores, segments=segments), nl=False)


def _given(value: str | None, missing: str) -> str:
    if value is None:
        raise UsageError(missing)
    return value


def _columns(columns: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for each in columns:
        what, sign, name = each.partition("=")
        if not sign:
            raise UsageError(f"--column {each}: write what it holds and its name, like --column hypothesis=mt")
        found[what] = name
    return found


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    """A bar on a terminal, nothing otherwise. It appears when the first part is done, and goes away at the end."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    shown = (TextColumn("measuring"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*shown, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("measuring", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
