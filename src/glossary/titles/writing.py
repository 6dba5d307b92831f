"""From titles to English: the post first, then the body, then the committee it belongs to."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from glossary.patterns import lazy
from glossary.termbase.concept import Concept
from glossary.termbase.titles import Level
from glossary.titles.reading import Owner, Title

_SLOT = lazy("<[Ll]evel>")
_STANDING, COMMITTEE = "standing-committee-level", "cpc-level-committee"

Find = Callable[[str], Concept | None]


class Names(NamedTuple):
    """What bodies are called: concepts by id, and levels by their Chinese."""

    find: Find
    levels: Mapping[str, Level]


def written(titles: Sequence[Title], names: Names) -> tuple[str, ...] | None:
    """Each title as it is written beside the others; none if the term base lacks one of the bodies."""
    made = []
    before: Title | None = None
    for title in titles:
        one = _title(title, before, names)
        if one is None:
            return None
        made.append(one)
        before = title
    return tuple(made)


def joined(titles: Sequence[str], joints: Sequence[str], finished: bool) -> str:
    """Titles in one list; where it goes on after them (`finished` false) they stay joined as they were."""
    if finished:
        return " and ".join(filter(None, (", ".join(titles[:-1]), titles[-1])))
    return titles[0] + "".join(joint.removesuffix("the ") + title for joint, title in zip(joints, titles[1:], strict=True))


def chinese(title: Title) -> str:
    """What a title renders: 市委宣传部副部长."""
    owner = title.owner
    told = "" if owner is None else owner.place + owner.level.zh + ("委" if owner.committee else "")
    if title.post is None:
        return f"{told}常委"
    return told + (title.body.zh if title.body else "") + (title.rank.zh if title.rank else "") + title.post.zh


def _title(title: Title, before: Title | None, names: Names) -> str | None:
    find = names.find
    if title.post is None:
        return _of("member", _local(_STANDING, title.owner, find))
    post = title.rank.english.format(deputy=title.post.deputy) + " " + title.post.english if title.rank else title.post.english
    if title.post.level:
        return post
    if title.body is None and title.owner is None:
        return post if before is not None and before.owner is not None and before.owner.committee else None
    if title.body is None:
        return _of(post, _local(COMMITTEE, title.owner, find))
    owner, own = title.owner, False
    if before is not None and before.owner is not None and before.owner.committee:
        own = title.body.party and (owner is None or (owner.level == before.owner.level and owner.place in ("", before.owner.place)))
        owner = owner or before.owner
    elif before is not None and before.post is not None and before.post.level and owner is None and not title.body.party:
        level = names.levels.get(before.post.level)
        owner = Owner(level, "") if level else None
    if title.body.party and not title.body.concept and (owner is None or not owner.committee):
        return None  # an office of what, the words do not say
    if own and title.body.concept and title.body.zh != "纪委":
        name = _name(title, find)
        return f"{post} of its {name}" if name else None
    if owner is not None and title.body.local:
        return _of(post, _local(title.body.local, owner, find))
    name = _name(title, find)
    if owner is not None and name and not title.body.party:
        name = None if owner.place else f"{owner.level.english} {name}"
    return _of(post, name)


def _of(post: str, body: str | None) -> str | None:
    return f"{post} of the {body}" if body else None


def _name(title: Title, find: Find) -> str | None:
    """How the body is called without a level."""
    body = title.body
    concept = find(body.concept) if body is not None and body.concept else None
    if body is None or concept is None:
        return None
    preferred = concept.preferred.replace("~", "")
    return body.name if body.name in (preferred, *concept.approved) else preferred


def _local(name: str, owner: Owner | None, find: Find) -> str | None:
    """The form of a concept for a level, and for a place if it is a Party body: CPC Xining Municipal Committee."""
    concept = find(name)
    if concept is None or owner is None:
        return None
    preferred = concept.preferred.replace("~", "")
    level = owner.level.english
    if not _SLOT.search(preferred):
        return preferred if preferred.startswith(level) and not owner.place else None
    if owner.place:
        if "CPC <Level>" not in preferred:
            return None
        level = f"{owner.place} {level.capitalize()}"
    return _SLOT.sub(lambda slot: level if owner.place else level.capitalize() if slot.group() == "<Level>" else level, preferred)
