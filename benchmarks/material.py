"""What the benchmarks are run on: text and term lists of any size, made from corpora/ and the same every time.

Sparse text holds one garble in 200 words, set off by commas so that the number of findings is known beforehand. Beside each
garble stands a misspelt word, for the tools that know single words only.
"""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
CORPORA = ROOT / "corpora"
EVERY = 200
_PREFERRED = ("approved form", "house style", "official name", "plain English", "agreed wording")


class Lists(NamedTuple):
    """Renderings of two to six words, and as many misspelt single words. The first of each occur in the text."""

    renderings: list[str]
    words: list[str]

    @property
    def occurring(self) -> int:
        """How many of each occur: one in twenty."""
        return max(1, len(self.renderings) // 20)


def sentences() -> list[str]:
    """The sentences of the clean articles, with straight quotes."""
    found = []
    for path in sorted((CORPORA / "clean").glob("*.txt")):
        text = path.read_text("utf-8").translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2013: "-", 0x2014: "-"})
        found += [part.strip() for part in re.split(r"(?<=[.!?])\s+", text) if part.isascii() and 4 < len(part.split()) < 60]
    return found


def articles() -> list[str]:
    """The garbled articles: dense text."""
    return [path.read_text("utf-8") for path in sorted(CORPORA.glob("*/hypothesis.en.txt"))]


def lists(count: int) -> Lists:
    """Renderings and misspelt words, `count` of each, none of which stands in the clean sentences."""
    chance = random.Random(count)
    vocabulary = sorted({word for line in sentences() for word in re.findall(r"\b[a-z]{3,}\b", line.lower())})
    standing = {
        tuple(words[at : at + 2])
        for words in (re.findall(r"[a-z0-9']+", line.lower()) for line in sentences())
        for at in range(len(words) - 1)
    }
    renderings: dict[str, None] = {}
    while len(renderings) < count:
        words = chance.choices(vocabulary, k=chance.choice((2, 2, 3, 3, 4, 5, 6)))
        if tuple(words[:2]) not in standing:
            renderings[" ".join(words)] = None
    known = set(vocabulary)
    misspelt: dict[str, None] = {}
    while len(misspelt) < count:
        word = chance.choice(vocabulary)
        at = chance.randrange(len(word))
        wrong = word[:at] + "q" + chance.choice("abcdefghijklmnop") + word[at + chance.randrange(2) :]
        if wrong not in known:
            misspelt[wrong] = None
    return Lists(list(renderings), list(misspelt))


class Text(NamedTuple):
    """A text and how many garbles (and as many misspelt words) stand in it."""

    text: str
    garbles: int


def sparse(size: int, terms: Lists, *, seed: int = 0, curly: bool = False) -> Text:
    """At least `size` characters of clean sentences in paragraphs, one garble in 200 words."""
    chance = random.Random(seed)
    lines = sentences()
    parts: list[str] = []
    length = words = garbles = 0
    while length < size:
        sentence = chance.choice(lines)
        words += sentence.count(" ") + 1
        if words >= EVERY:
            words -= EVERY
            garbles += 1
            at = sentence.index(" ")
            number = chance.randrange(terms.occurring)
            sentence = f"{sentence[:at].rstrip(',')}, {terms.renderings[number]}, {terms.words[number]}, {sentence[at + 1 :]}"
        parts += (sentence, chance.choice((" ", " ", " ", "\n\n")))
        length += len(sentence) + 1
    text = "".join(parts) + "\n"
    if curly:
        text = text.replace("'", "\u2019")
        text = re.sub('"([^"\n]*)"', "\u201c\\1\u201d", text)
    return Text(text, garbles)


def dense(size: int) -> str:
    """At least `size` characters of the garbled articles, over and over."""
    once = "\n\n".join(articles()) + "\n\n"
    return once * (size // len(once) + 1)


def term_file(path: Path, terms: Lists) -> Path:
    """A term file with four renderings to a concept."""
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write("id,zh,preferred,deprecated\n")
        for number in range(0, len(terms.renderings), 4):
            some = ";".join(terms.renderings[number : number + 4])
            out.write(f"c-{number},词,{_PREFERRED[number // 4 % len(_PREFERRED)]},{some}\n")
    return path


def codespell_file(path: Path, terms: Lists) -> Path:
    """The misspelt words as codespell wants them."""
    path.write_text("".join(f"{word}->right\n" for word in terms.words), encoding="utf-8")
    return path


def typos_file(path: Path, terms: Lists) -> Path:
    """The misspelt words as typos wants them, beside its own dictionary."""
    path.write_text("[default.extend-words]\n" + "".join(f'{word} = "right"\n' for word in terms.words), encoding="utf-8")
    return path
