"""What would become of suggestions if some words meant something else: tried in the index, and put back."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from time import monotonic

from sqlalchemy.orm import Session

from network.directory.concepts import Thesaurus
from network.matching import keeping
from network.matching.index import Index
from network.matching.matcher import Matcher
from network.matching.packing import settled
from network.matching.profiling import Facts, profile
from network.matching.values import Profile

TRIED = 60  # organisations that are understood anew
LOOKED_AT = 150  # organisations whose suggestions are compared
SECONDS = 4.0


@dataclass(frozen=True)
class Shift:
    """The organisations that one would see among its best nine, and those that it would see there no more."""

    organization: int
    gains: tuple[int, ...]
    loses: tuple[int, ...]


@dataclass(frozen=True)
class Shifts:
    """Whose suggestions would change. `whole` says that everybody concerned was looked at."""

    shifts: tuple[Shift, ...]
    concerned: int  # organisations that the words concern
    tried: int  # of these, those that were understood anew
    looked_at: int  # organisations whose suggestions were compared
    whole: bool


def shifts(
    session: Session,
    matcher: Matcher,
    words: Thesaurus,
    ids: Collection[int],
    told: Callable[[Facts], Facts] = lambda facts: facts,
) -> Shifts:
    """Whose best nine would change if the words were those of another thesaurus, and facts were `told` otherwise."""
    began, some = monotonic(), sorted(ids)[:TRIED]
    with matcher.following(session) as index:
        before = {one.context.id: one for one in matcher.profiles(session, some)}
        after = dict(understood_anew(session, words, some, told))
        changed = [id for id in before if id in after and not alike(before[id], after[id])]
        look = partners(session, matcher, index, [before[id] for id in changed])
        try:
            for id in changed:
                index.put(after[id])
            look |= partners(session, matcher, index, [after[id] for id in changed])
            first = [*changed, *sorted(look - set(changed))][:LOOKED_AT]
            known = {one.context.id: one for one in matcher.profiles(session, first)}
            new = {}
            for id in first:
                if id in known and monotonic() - began < SECONDS / 2:
                    new[id] = nine(session, matcher, index, after.get(id, known[id]) if id in changed else known[id])
        finally:
            for id in changed:
                index.put(before[id])
        found = []
        compared = 0
        for id, seen in new.items():
            if monotonic() - began > SECONDS:
                break
            compared += 1
            old = nine(session, matcher, index, known[id])
            gains, loses = tuple(one for one in seen if one not in old), tuple(one for one in old if one not in seen)
            if gains or loses:
                found.append(Shift(id, gains, loses))
    whole = len(some) == len(ids) and compared == len(set(changed) | look)
    return Shifts(tuple(found), len(ids), len(some), compared, whole)


def understood_anew(
    session: Session, words: Thesaurus, ids: Collection[int], told: Callable[[Facts], Facts]
) -> Iterable[tuple[int, Profile]]:
    """The profiles of some organisations, made with other words."""
    for facts in keeping.read(session.connection(), list(ids)):
        yield facts.context.id, settled(profile(words, told(facts)))


def alike(one: Profile, other: Profile) -> bool:
    """Whether two profiles say the same."""
    return replace(one, context=other.context) == other


def partners(session: Session, matcher: Matcher, index: Index, profiles: Iterable[Profile]) -> set[int]:
    """The organisations that stand high among the suggestions of some: they may see these otherwise, too."""
    return {one.organization for own in profiles for one in matcher.best(session, index, own)[1]}


def nine(session: Session, matcher: Matcher, index: Index, own: Profile) -> tuple[int, ...]:
    """The best nine of an organisation."""
    return tuple(one.organization for one in matcher.best(session, index, own)[2])
