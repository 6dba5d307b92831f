"""Pinyin: Mandarin syllables in Latin letters, and the words and names made of them.

`syllables` cuts a word; `is_word` and `is_name` say whether words can be Chinese and are not English.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from glossary.patterns import lazy
from glossary.text import Span, is_whole
from glossary.wordlists import words

_INITIALS = {
    "": "a ai an ang ao e ei en er o ou",
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f": "a an ang ei en eng o ou u",
    "d": "a ai an ang ao e ei en eng i ian iao ie ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan uo ü üe ue v",
    "l": "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu ong ou u uan un uo ü üe ue v",
    "g": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "k": "a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo",
    "h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "q": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh": "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo",
    "ch": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "sh": "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
    "r": "an ang ao e en eng i ong ou u ua uan ui un uo",
    "z": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "c": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "y": "a an ang ao e i in ing ong ou u uan ue un",
    "w": "a ai an ang ei en eng o u",
}  # fmt: skip
SYLLABLES = frozenset(initial + final for initial, finals in _INITIALS.items() for final in finals.split())
_LONGEST = 6

# The family names of all but a few in a hundred Chinese, by pinyin.
SURNAMES = frozenset(
    (
        "ai an ba bai ban bao bei bi bian bo bu cai cao cen chai chang che chen cheng chi chu chuai cong cui dai dan dang deng di diao "
        "ding dong dou "
        "du duan e fan fang fei feng fu gai gan gao ge geng gong gou gu guan guang gui guo ha hai han hang hao he heng hong hou hu hua "
        "huan huang hui huo "
        "ji jia jian jiang jiao jie jin jing ju kan kang ke kong kou kuang lai lan lang lao lei leng li lian liang liao lin ling liu "
        "long lou lu luan lun "
        "luo lyu ma mai man mao mei men meng mi miao min ming mo mou mu na nan ni nie ning niu nong ou pan pang pei peng pi ping pu qi "
        "qian qiang qiao "
        "qin qiu qu quan que ran rao ren rong rou ru ruan sang sha shan shang shao she shen sheng shi shou shu shuai si song su sui sun "
        "suo tai tan "
        "tang tao teng tian tie tong tu tuo wan wang wei wen weng wu xi xia xian xiang xiao xie xin xing xiong xu xuan xue xun yan yang "
        "yao ye yi yin ying "
        "yong you yu yuan yue yun zan zang zeng zha zhai zhan zhang zhao zhen zheng zhi zhong zhou zhu zhuang zhuo zong zou zu zuo "
        "ouyang sima shangguan zhuge huangfu gongsun murong linghu xiahou dongfang situ yuchi zhangsun duanmu nangong baili ximen"
    ).split()
)

# Sounds that mark a word as Chinese among all that happen to be made of such syllables (wasabi, panama); zh alone is enough.
_TELLING = lazy("zh|x[iu]|q[iu]|ang|eng|ong|iao|u?ao|uan|ian|uai|uo|iu|ui|ei")


@lru_cache(maxsize=20000)
def syllables(word: str) -> tuple[str, ...]:
    """A word cut into pinyin syllables, as few as can be; empty if it is not made of them.

    Case does not matter; an apostrophe or a hyphen is a cut.
    """
    parts: list[str] = []
    for stretch in word.lower().replace("’", "'").replace("-", "'").split("'"):
        cut = _cut(stretch)
        if not cut:
            return ()
        parts += cut
    return tuple(parts)


def _cut(stretch: str) -> tuple[str, ...]:
    if not stretch or len(stretch) > 40:
        return ()
    best: list[tuple[str, ...] | None] = [()] + [None] * len(stretch)
    for end in range(1, len(stretch) + 1):
        for start in range(max(0, end - _LONGEST), end):
            before = best[start]
            if before is None or stretch[start:end] not in SYLLABLES:
                continue
            if start and stretch[start] in "aeo" and stretch[start:end] not in ("an", "ai", "ang"):
                continue  # a syllable that opens with a vowel is set off by an apostrophe, but for Tiananmen and the like
            known = best[end]
            if known is None or len(before) + 1 < len(known):
                best[end] = (*before, stretch[start:end])
    return best[-1] or ()


@cache
def _english() -> frozenset[str]:
    return words("pinyin_lookalikes")


def is_english(word: str) -> bool:
    """Whether a word made of pinyin syllables is an English one, or a loan that English prose leaves as it is."""
    return word.lower() in _english()


def is_word(word: str, least: int = 2) -> bool:
    """Whether a word is made of at least `least` pinyin syllables and is no English word."""
    return len(syllables(word)) >= least and not is_english(word)


def is_telling(word: str, least: int = 1) -> bool:
    """Whether a word of pinyin syllables has at least so many sounds that few other languages spell so."""
    found = _TELLING.findall(word.lower())
    return len(found) + found.count("zh") >= least


def is_telling_syllable(word: str) -> bool:
    """Whether a word is one syllable in small letters, no English word, with a sound that few other languages spell so."""
    return word in SYLLABLES and is_telling(word) and not is_english(word)


def is_name(surname: str, given: str, *, loose: bool = False) -> bool:
    """Whether two capitalised words are a Chinese name, family name first; with `loose`, even if they are English words too."""
    if not (surname[:1].isupper() and given[:1].isupper() and surname[1:].islower()):
        return False
    return surname.lower() in SURNAMES and 1 <= len(syllables(given)) <= 2 and (loose or not (is_english(given) and is_english(surname)))


_SHAPE = lazy(r"(?:(?:[zcs]h|[b-df-hj-np-tw-z])?[aeiouüv]{1,4}(?![aeiouüv])(?:ng(?![aeiouüv])|n(?![aeiouüv])|r(?![aeiouüv]))?)+")


@lru_cache(maxsize=100_000)
def can_be_chinese(word: str) -> bool:
    """Whether a word is made of two syllables of pinyin or more, and is no English word."""
    return len(word) > 3 and _SHAPE.fullmatch(word.lower()) is not None and is_word(word)


def occurrences(text: str, word: str) -> Iterator[Span]:
    """Where a word stands in a text, as a whole word."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if is_whole(text, at, end):
            yield Span(at, end)
        at = text.find(word, end)


_NAME = lazy(r"[A-Z][a-z]+ [A-Z][a-z]+(?![\w’'-])")


class Person(NamedTuple):
    """A Chinese name of two words where it stands."""

    span: Span
    surname: str
    given: str


def names_at(text: str, places: Iterable[int]) -> list[re.Match[str]]:
    """Two capitalised words that begin at some places."""
    return [match for place in places if (match := _NAME.match(text, place))]


def people_of(names: Iterable[re.Match[str]], *, loose: bool = False) -> tuple[Person, ...]:
    """Those of the names that are Chinese, in order and disjoint; `loose` as for `is_name`."""
    found = []
    end = 0
    for match in names:
        surname, _, given = match.group().partition(" ")
        if match.start() >= end and is_name(surname, given, loose=loose) and not (is_english(given) and len(given) > 4):
            end = match.end()
            found.append(Person(Span(match.start(), end), surname, given))
    return tuple(found)
