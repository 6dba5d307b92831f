"""From words to titles: a small grammar over levels, bodies and posts, in English and in Chinese order."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from glossary.patterns import lazy
from glossary.pinyin import is_english, is_name, syllables
from glossary.termbase.titles import Body, Level, Parts, Post, Rank

_T = TypeVar("_T")
_TOKEN = lazy(r"[A-Za-z][A-Za-z'’]*|,")
_GAP = lazy(r"[ \t\xa0]*\n?[ \t\xa0]{0,3}|-| -|- ")


class Token(NamedTuple):
    """A word or a comma: as it is compared, and where it stands."""

    word: str
    start: int
    end: int


class Owner(NamedTuple):
    """The committee, or the level, that a body belongs to; `telling` where the words name a Party committee."""

    level: Level
    place: str
    committee: bool = False
    telling: bool = False


class Title(NamedTuple):
    """One title among the words `first` to `last` (half open).

    Without a body it is a post in the owner's committee, or that of a head of government; without a post a member of the
    Standing Committee. `bare` is a Standing Committee that only the titles beside it show to be a person.
    """

    first: int
    last: int
    post: Post | None
    rank: Rank | None
    body: Body | None
    owner: Owner | None
    garbled: bool
    bare: bool = False
    chinese_order: bool = False


class Chain(NamedTuple):
    """Titles side by side, the words that join them, and the name after them, if there is one."""

    tokens: Sequence[Token]
    titles: tuple[Title, ...]
    joints: tuple[str, ...]
    name: tuple[int, int] | None
    named_before: bool

    @property
    def start(self) -> int:
        """Where the first title begins."""
        return self.tokens[self.titles[0].first].start

    @property
    def end(self) -> int:
        """Where the last title ends."""
        return self.tokens[self.titles[-1].last - 1].end


_LEFT, _RIGHT = 120, 600  # code points that titles may reach from the first word that names a post
_CENTRAL = "中央"
POSTS = ("secretar", "minister", "director", "chairm", "chief", "head", "mayor", "governor", "magistrate", "standing committee")
_NAME = lazy(r",?[ \xa0]([A-Z][a-z]+) ([A-Z][a-z]+)(?![\w-])")
_FOLLOWING = lazy(r"[ \xa0\n-]([A-Za-z]+)")
_LINKING = frozenset({"the", "of", "and", "a", ","})
_JOINING = frozenset({"and", "a"})
_NAME_BEFORE = lazy(r"([A-Z][a-z]+) ([A-Z][a-z]+), (?:the )?$")


def chains(text: str, places: Iterable[int], table: Parts) -> Iterator[Chain]:
    """Every run of titles in a text, in order and disjoint; `places` are those of `POSTS` in it, in order."""
    lower = text.lower()
    if len(lower) != len(text):
        return
    done = 0
    for at in places:
        if at < done:
            continue
        tokens = _run(text, lower, at, done, table)
        for chain in _Reader(text, tokens, table).chains() if _may_be_wrong(text, tokens, table) else ():
            yield chain
            done = chain.end
        done = max(done, tokens[-1].end if tokens else at + 1)


def _run(text: str, lower: str, at: int, low: int, table: Parts) -> list[Token]:
    """The words around a place that can belong to titles, without a break; none if the one that stands there cannot."""
    while at > low and text[at - 1].isalpha():
        at -= 1
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text, at, min(len(text), at + _RIGHT)):
        token = _fitting(text, lower, match, table)
        if token is None or (tokens and not _GAP.fullmatch(text, tokens[-1].end, token.start)):
            break
        tokens.append(token)
    if not tokens:
        return []
    before: list[Token] = []
    next_start, begin = at, max(low, at - _LEFT)
    for match in reversed(list(_TOKEN.finditer(text, begin, at))):
        token = _fitting(text, lower, match, table)
        cut = match.start() == begin and begin > 0 and text[begin - 1].isalnum()
        if token is None or cut or not _GAP.fullmatch(text, token.end, next_start):
            break
        before.append(token)
        next_start = token.start
    return before[::-1] + tokens


def _may_be_wrong(text: str, tokens: list[Token], table: Parts) -> bool:
    """Whether there is anything to mend in a run: two words that tell, and a garbled one or a name among them or after them."""
    words = [token.word for token in tokens]
    if sum(word not in _LINKING for word in words) < 2:
        return False
    if any(table.garbled.at(words, place) for place in range(len(words)) if words[place] in table.garbled.first):
        return True
    first = next(place for place, word in enumerate(words) if word in table.words and word != ",")
    return any(_is_place(text[token.start : token.end]) for token in tokens[first:]) or _NAME.match(text, tokens[-1].end) is not None


def _fitting(text: str, lower: str, match: re.Match[str], table: Parts) -> Token | None:
    start, end = match.span()
    word = lower[start:end]
    if "’" in word:
        word = word.replace("’", "'")
    return Token(word, start, end) if word in table.words or _is_place(text[start:end]) else None


def _is_place(word: str) -> bool:
    return word[0].isupper() and not is_english(word) and bool(syllables(word))


class _Reader:
    """Reads titles in one run of words."""

    def __init__(self, text: str, tokens: Sequence[Token], table: Parts) -> None:
        self._text = text
        self._tokens = tokens
        self._words = [token.word for token in tokens]
        self._table = table
        self._levelled: dict[int, list[tuple[int, Owner]]] = {}
        self._committed: dict[int, list[tuple[int, Owner]]] = {}

    def chains(self) -> Iterator[Chain]:
        place = 0
        while place < len(self._words):
            chain = self._chain(place)
            if chain is not None:
                yield chain
            place = chain.titles[-1].last if chain else place + 1

    def _chain(self, place: int) -> Chain | None:
        title = self._longest(place)
        if title is None:
            return None
        titles, joints = [title], []
        while title is not None:
            joint, begin = self._joint(title.last)
            title = self._longest(begin) if joint else None
            if title is not None:
                joints.append(joint)
                titles.append(title)
        start, end = self._tokens[place].start, self._tokens[titles[-1].last - 1].end
        following = _FOLLOWING.match(self._text, end)
        after = _NAME.match(self._text, end)
        before = _NAME_BEFORE.search(self._text, max(0, start - 40), start)
        name = (after.start(1), after.end(2)) if after and is_name(*after.groups()) else None
        if following and name is None and (following.group(1)[0].isupper() or following.group(1) in self._table.words - _JOINING):
            return None  # the name of the body goes on
        return Chain(self._tokens, tuple(titles), tuple(joints), name, before is not None and is_name(*before.groups()))

    def _joint(self, place: int) -> tuple[str, int]:
        """What joins a title to the next one, and where that begins."""
        joint = ""
        for word in self._words[place : place + 4]:
            if word == ",":
                joint = ", "
            elif word == "the" and joint:
                joint += word + " "
            elif word in ("and", "concurrently"):
                joint = " and "
            else:
                break
            place += 1
        return joint, place

    def _longest(self, place: int) -> Title | None:
        token = self._tokens[place] if place < len(self._tokens) else None
        if token is None or not (token.word in self._table.first or _is_place(self._text[token.start : token.end])):
            return None
        return max(self._titles(place), key=lambda title: title.last, default=None)

    def _titles(self, place: int) -> Iterator[Title]:
        yield from self._members(place)
        yield from self._posts_first(place)
        yield from self._bodies_first(place)
        yield from self._governments(place)

    def _word(self, place: int, *words: str) -> int | None:
        """The place after these words, if they stand there; an article before them is passed over."""
        for word in words:
            if place < len(self._words) and self._words[place] == "the" and word != "the":
                place += 1
            if place >= len(self._words) or self._words[place] != word:
                return None
            place += 1
        return place

    def _members(self, place: int) -> Iterator[Title]:
        """常委: member of the Standing Committee, which engines leave as the body."""
        of = self._word(place, "member", "of")
        if of is not None:
            for end, owner in self._standing(of):
                yield Title(place, end, None, None, None, owner, False)
        for word in (("standing", "committee", "member", "of"), ("standing", "member", "of")):
            of = self._word(place, *word)
            for end, owner in self._committees(of) if of is not None else ():
                yield Title(place, end, None, None, None, owner, len(word) == 3)
        for end, owner in self._standing(place):
            member = self._word(end, "member")
            if member is None:
                yield Title(place, end, None, None, None, owner, True, bare=True, chinese_order=True)
            else:
                yield Title(place, member, None, None, None, owner, False, chinese_order=True)

    def _standing(self, place: int) -> Iterator[tuple[int, Owner]]:
        of = self._word(place, "standing", "committee", "of")
        if of is not None:
            yield from self._committees(of)
        for middle, owner in (*self._committees(place), *self._levels(place)):
            end = self._word(middle, "standing", "committee")
            if end is not None:
                yield end, owner._replace(committee=True)

    def _posts_first(self, place: int) -> Iterator[Title]:
        """Secretary of the political and legal committee of the municipal Party committee."""
        for at, rank in self._ranks(place):
            for middle, post in self._table.posts.at(self._words, at):
                garbled = post.garbled or (rank is not None and rank.garbled)
                of = self._word(middle, "of")
                if of is None or post.level:
                    continue
                if post.posts == "committee":
                    for end, owner in self._committees(of):
                        yield Title(place, end, post, rank, None, owner, garbled)
                for end, body, inner in self._bodies(of):
                    if body.posts != post.posts:
                        continue
                    wrong = garbled or body.garbled
                    outer = self._word(end, "of") if inner is None else None
                    for last, owner in self._owners(outer, body) if outer is not None else ():
                        yield Title(place, last, post, rank, body, owner, wrong)
                    yield Title(place, end, post, rank, body, inner, wrong)
                for end, body in self._table.fields.at(self._words, of):
                    if body.posts == post.posts and post.garbled:
                        yield Title(place, end, post, rank, body, None, True)

    def _bodies_first(self, place: int) -> Iterator[Title]:
        """Municipal Party committee, politics and law committee secretary."""
        for middle, owner in self._committees(place):
            for at, rank in self._ranks(middle):
                for end, post in self._table.posts.at(self._words, at):
                    if post.posts == "committee":
                        yield Title(place, end, post, rank, None, owner, post.garbled, chinese_order=True)
        for middle, body, inner in self._bodies(place, split=True):
            for at, rank in self._ranks(middle):
                for end, post in self._table.posts.at(self._words, at):
                    if post.posts == body.posts:
                        wrong = post.garbled or (rank is not None and rank.garbled) or body.garbled
                        yield Title(place, end, post, rank, body, inner, wrong, chinese_order=True)
        for at, owned in ((place, None), *self._committees(place), *self._levels(place)):
            for outer, rank in self._ranks(at):
                for field, body in self._table.fields.at(self._words, outer):
                    for inner_at, second in self._ranks(field) if rank is None else ((field, rank),):
                        for end, post in self._table.posts.at(self._words, inner_at):
                            if post.posts == body.posts and (post.garbled or body.party is False):
                                yield Title(place, end, post, second, body, owned, True, chinese_order=True)

    def _governments(self, place: int) -> Iterator[Title]:
        """Executive vice mayor."""
        for at, rank in self._ranks(place):
            for end, post in self._table.posts.at(self._words, at):
                if post.level:
                    yield Title(place, end, post, rank, None, None, post.garbled or (rank is not None and rank.garbled))
                elif post.zh == "秘书长" and post.posts == "committee" and not post.garbled:
                    yield Title(place, end, post, rank, None, None, False)

    def _ranks(self, place: int) -> Iterator[tuple[int, Rank | None]]:
        yield place, None
        yield from self._table.ranks.at(self._words, place)

    def _bodies(self, place: int, split: bool = False) -> Iterator[tuple[int, Body, Owner | None]]:
        """A body with what stands before it: its committee, with `split` set off by a comma, or its level."""
        starts: list[tuple[int, Owner | None]] = [(place, None)]
        for end, owner in self._committees(place):
            starts.append((end, owner))
            if split and self._words[end : end + 1] == [","]:
                starts.append((end + 1, owner))
        starts += self._levels(place)
        starts += self._levels(self._word(place, "standing", "committee", "of") or len(self._words))
        for start, known in starts:
            begin = start + 1 if self._words[start : start + 1] == ["the"] else start
            for end, body in self._table.bodies.at(self._words, begin):
                if body.posts == "congress":
                    end = self._word(end, "standing", "committee") or end
                if known is None or not known.committee or body.party:
                    yield end, body, known

    def _owners(self, place: int, body: Body) -> Iterator[tuple[int, Owner]]:
        yield from self._committees(place)
        if not body.party:
            yield from self._levels(place)

    def _committees(self, place: int) -> list[tuple[int, Owner]]:
        """CPC Xining Municipal Committee, municipal Party committee, municipal committee."""
        return _once(self._committed, place, self._each_committee)

    def _each_committee(self, place: int) -> Iterator[tuple[int, Owner]]:
        for word in ("the", "cpc"):
            if self._words[place : place + 1] == [word]:
                place += 1
        told = place > 0 and self._words[place - 1] == "cpc"
        for middle, owner in self._levels(place):
            for words in (("party", "committee"), ("committee",)):
                end = self._word(middle, *words)
                if end is not None:
                    yield end, owner._replace(committee=True, telling=told or len(words) == 2)

    def _levels(self, place: int) -> list[tuple[int, Owner]]:
        """Municipal, Xining Municipal."""
        return _once(self._levelled, place, self._each_level)

    def _each_level(self, place: int) -> Iterator[tuple[int, Owner]]:
        if self._words[place : place + 1] == ["the"]:
            place += 1
        start = place
        while place < min(len(self._words), start + 3):
            for end, level in self._table.levels.at(self._words, place):
                if level.zh == _CENTRAL:
                    continue  # its posts are the country's, each with a name of its own
                name = self._text[self._tokens[start].start : self._tokens[place - 1].end] if place > start else ""
                yield end, Owner(level, name)
            token = self._tokens[place]
            if not _is_place(self._text[token.start : token.end]):
                return
            place += 1


def _once(known: dict[int, list[_T]], place: int, read: Callable[[int], Iterable[_T]]) -> list[_T]:
    """What is read at a place, read there only once."""
    if place not in known:
        known[place] = list(read(place))
    return known[place]
