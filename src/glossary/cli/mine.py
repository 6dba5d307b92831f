"""glossary mine"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

import glossary
from glossary.cli import options
from glossary.errors import UsageError

FORMATS = ("text", "csv", "json")


@click.command(short_help="Find new garbles in what editors changed.")
@click.argument("hypothesis", metavar="HYPOTHESIS")
@click.argument("edited", metavar="EDITED")
@click.option("--source", "-s", metavar="PATH", help="The Chinese original: it says which concept is meant.")
@click.option("--least", default=1, show_default=True, metavar="N", help="How often a wording must have been changed.")
@click.option("--format", "-f", "report", type=click.Choice(FORMATS), default="text", show_default=True, help="How to list.")
@click.option("--into", metavar="TERMFILE", help="Ask of each candidate whether to add it to this term file (.csv).")
@options.termbase_options
def mine(
    hypothesis: str,
    edited: str,
    source: str | None,
    least: int,
    report: str,
    into: str | None,
    termbases: tuple[str, ...],
    no_builtin: bool,
) -> None:
    """Compare machine translation with the same text edited, and list the wordings that editors changed to approved forms.

    HYPOTHESIS and EDITED (and PATH) are files, or folders with files of the same names: documents, or a sentence a line.
    What the term base lists already is left out. As csv the concepts are written with the new garbles, ready for
    `glossary terms import`; look through them first.

    \b
    glossary mine mt.txt edited.txt --source original.txt
    glossary mine mt/ edited/ --least 3 --format csv > candidates.csv
    glossary mine mt.txt edited.txt --into ours.csv
    """
    termbase = glossary.load(*termbases, builtin=not no_builtin)
    found = glossary.mine(_texts(hypothesis, edited, source), termbase, least=least, least_unknown=max(2, least))
    if into:
        _accept(found, termbase, Path(into))
    elif report == "json":
        click.echo(json.dumps([candidate._asdict() for candidate in found], ensure_ascii=False, indent=1))
    elif report == "csv":
        click.echo(glossary.dump_terms(_concepts(found, termbase), termbase, "csv").data, nl=False)
    else:
        for candidate in found:
            click.echo("\n".join(_lines(candidate)))
        click.echo(f"{len(found)} candidates.")


def _texts(hypothesis: str, edited: str, source: str | None) -> Iterator[glossary.MinedTexts]:
    for path in glossary.find_documents([hypothesis]):
        name = Path(path).relative_to(hypothesis) if Path(hypothesis).is_dir() else None
        paths = [Path(base) / name if name else Path(base) for base in (edited, source) if base]
        missing = next((other for other in paths if not other.exists()), None)
        if missing:
            raise UsageError(f"{missing}: no such file; it belongs to {path}")
        texts = [options.read(str(each), None).text for each in (path, *paths)]
        yield glossary.MinedTexts(*texts)


def _lines(candidate: glossary.Candidate) -> Iterator[str]:
    where = f"{candidate.concept} {candidate.zh}" if candidate.concept else "no concept"
    told = [f"{candidate.times}×"]
    if candidate.in_source:
        told.append(f"{candidate.in_source} with its Chinese")
    if candidate.predicted:
        told.append("predicted already")
    yield f"{candidate.wording} -> {candidate.edited}   [{where}; {', '.join(told)}]"
    for context in candidate.contexts[:2]:
        yield f"    … {context} …"


def _concepts(found: list[glossary.Candidate], termbase: glossary.TermBase) -> list[glossary.Concept]:
    """The concepts with their new garbles; whole, because a later term file replaces a concept."""
    concepts: dict[str, glossary.Concept] = {}
    for candidate in found:
        if candidate.concept:
            concept = concepts.get(candidate.concept, termbase.concepts[candidate.concept])
            concepts[candidate.concept] = _with(concept, candidate)
    return [concepts[key] for key in sorted(concepts)]


def _with(concept: glossary.Concept, candidate: glossary.Candidate) -> glossary.Concept:
    return concept._replace(deprecated=(*concept.deprecated, glossary.escape_garble(candidate.wording)))


def _accept(found: list[glossary.Candidate], termbase: glossary.TermBase, path: Path) -> None:
    """Ask of each candidate in turn; what is accepted stands in the file at once."""
    ours = {concept.id: concept for concept in glossary.parse_terms(path).concepts} if path.exists() else {}
    known = [candidate for candidate in found if candidate.concept]
    for number, candidate in enumerate(known, 1):
        click.echo(f"{number} of {len(known)}: " + "\n".join(_lines(candidate)))
        answer = click.prompt("add it?", type=click.Choice(["y", "n", "q"]), default="n")
        if answer == "q":
            break
        if answer == "y" and candidate.concept:
            concept = ours.get(candidate.concept, termbase.concepts[candidate.concept])
            ours[concept.id] = _with(concept, candidate)
            written = glossary.dump_terms([ours[key] for key in sorted(ours)], termbase, glossary.term_format(path).name)
            glossary.write_file(path, written.data)
