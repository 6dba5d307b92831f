"""glossary batch"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

import glossary
from glossary.cli import options


@click.command(short_help="Check, fix or score tables of any size.")
@click.argument("input", metavar="INPUT")
@click.argument("output", metavar="OUTPUT")
@click.option("--do", type=click.Choice(["check", "fix", "score"]), default="check", show_default=True, help="What to do with each row.")
@click.option("--text", default="text", show_default=True, metavar="COLUMN", help="Where the English text is, to check and to fix.")
@click.option("--hypothesis", default="hypothesis", show_default=True, metavar="COLUMN", help="Where the machine translation is, to score.")
@click.option("--reference", default="reference", show_default=True, metavar="COLUMN", help="Where the good human text is, to score.")
@click.option("--source", metavar="COLUMN", help="Where the Chinese original is, to score.")
@click.option("--fixed", metavar="COLUMN", help="Where the fixed text is, to score; without it the hypothesis is fixed first.")
@click.option("--metric", "-m", "metrics", multiple=True, metavar="NAME", help="BLEU and chrF2 if none is named; TER is slow. Repeatable.")
@click.option("--keep-text", is_flag=True, help="Keep the columns that were worked on in the output.")
@click.option("--unsafe", is_flag=True, help="Make unsafe corrections too.")
@click.option("--workers", "-j", type=click.IntRange(min=1), default=1, show_default=True, help="Processes to use.")
@click.option("--scheduler", metavar="tcp://…|local", help="Work on a Dask cluster, or on one started here with --workers.")
@click.option("--part-size", type=click.IntRange(min=1), metavar="BYTES", help="How much of the input is a part. [default: 4 MiB]")
@click.option("--restart", is_flag=True, help="Forget the finished parts of an earlier run.")
@options.selection_options
@options.termbase_options
def batch(
    input: str,
    output: str,
    do: str,
    text: str,
    hypothesis: str,
    reference: str,
    source: str | None,
    fixed: str | None,
    metrics: tuple[str, ...],
    keep_text: bool,
    unsafe: bool,
    workers: int,
    scheduler: str | None,
    part_size: int | None,
    restart: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    termbases: tuple[str, ...],
    no_builtin: bool,
) -> None:
    """Check, fix or score the rows of tables: Parquet, JSON Lines (also .gz, .zst) or CSV, a file or a folder of them.

    OUTPUT is a folder: parts in the format of the input, and _manifest.json. Memory does not grow with the input. A run that was
    stopped goes on if it is called again in the same way. A row that cannot be worked on has its reason in the column `error`.
    Exit code: 0 done, 2 the input, the output or the term base cannot be used.

    \b
    glossary batch crawl.parquet checked
    glossary batch articles.jsonl.gz fixed --do fix --text body -j 4
    glossary batch pairs/ scored --do score --hypothesis mt --reference human
    glossary batch crawl/ checked --scheduler tcp://scheduler:8786
    """
    config = options.configured(termbases, no_builtin, select, ignore, unsafe=unsafe)
    options.require_names(config)
    task = glossary.BatchTask(
        do, text=text, hypothesis=hypothesis, reference=reference, source=source, fixed=fixed, metrics=metrics or ("BLEU", "chrF2"),
        keep_text=keep_text, settings=config.settings(),
    )  # fmt: skip
    more = {} if part_size is None else {"part_size": part_size}
    with _progress() as progress:
        manifest = glossary.run_batch(
            input, output, task, glossary.BatchTerms(config.term_files, config.builtin),
            workers=workers, scheduler=scheduler, restart=restart, progress=progress, **more,
        )  # fmt: skip
    click.echo(_summary(manifest, output), err=True)


def _summary(manifest: dict[str, Any], output: str) -> str:
    counts = dict(manifest["counts"])
    rows = counts.pop("rows", 0)
    told = [options.counted(count, name[:-1]) if name.endswith("s") else f"{count:,} {name}" for name, count in counts.items()]
    size = f"{options.counted(rows, 'row')} in {options.counted(manifest['parts'], 'part')}"
    scores = "".join(f"\n{each['name']}: {each['before']:.2f} -> {each['after']:.2f}" for each in manifest.get("metrics", ()))
    return f"{output}: {', '.join((size, *told))}; {manifest['seconds']} s{scores}"


@contextmanager
def _progress() -> Iterator[Callable[[glossary.BatchProgress], None] | None]:
    """On a terminal a bar with the rate and the time left; nothing otherwise."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    started = time.monotonic()
    shown = (BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[told]}"), TimeRemainingColumn())
    with Progress(*shown, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=1.0, told="")

        def tell(at: glossary.BatchProgress) -> None:
            rate = at.rows / max(1e-9, time.monotonic() - started)
            bar.update(task, completed=at.share, told=f"{at.total_rows:,} rows, {rate:,.0f} a second,")

        yield tell
