"""Whom to reach next: whom of those to be won it is worth asking first, and who could introduce them. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from network.maps.scene import Tie
from network.matching.desired import Wanted
from network.matching.suggestions import Gap
from network.places.folding import fold

CLOSEST = ("works_with", "fiscal_sponsor_of", "funds", "hosted_by", "member_of")
"""The types of ties, those first by which two know each other best."""


@dataclass(frozen=True)
class Way:
    """An organisation that could introduce another: tied to it by `tie`, or to one `through` whom it is known."""

    by: int
    tie: Tie
    through: int | None = None


@dataclass(frozen=True)
class Candidate:
    """Somebody to be won: the open seeks that they would serve, and who could introduce them, the closest first."""

    id: int
    name: str
    standing: str
    seeks: frozenset[int] = frozenset()
    ways: tuple[Way, ...] = ()
    due_on: date | None = None

    @property
    def near(self) -> int:
        """2 when somebody is tied to them who could introduce them, 1 when somebody knows somebody who is, else 0."""
        return max((1 if way.through else 2 for way in self.ways), default=0)


def ranked(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Who would serve most seeks comes first; then whom somebody can introduce, whom one talks to, and by day."""
    return sorted(
        candidates,
        key=lambda one: (
            -len(one.seeks),
            -one.near,
            one.standing != "in_conversation",
            one.due_on or date.max,
            fold(one.name),
            one.id,
        ),
    )


def serves(wanted: Wanted, kept: Collection[int], cells: Sequence[Gap], narrow: bool) -> frozenset[int]:
    """The open seeks that a partner would serve: those kept with it, and those of the gap that it is to fill.

    Of a `narrow` question only what the cells hold counts. Who is looked for without a gap serves what is kept.
    """
    found = set(kept)
    if found and narrow:
        found &= {id for cell in cells for id in cell.seeks}
    if wanted != Wanted():
        found |= {id for cell in cells if fills(wanted, cell) for id in cell.seeks}
    return frozenset(found)


def fills(wanted: Wanted, cell: Gap) -> bool:
    """Whether what is wanted of a partner is what a cell lacks; what isn't said of the one holds for every other."""
    return (
        wanted.kind in ("", cell.kind)
        and wanted.topic_id in (None, cell.topic)
        and (not wanted.region or wanted.region == cell.region)
    )


def belongs(wanted: Wanted, country: str, seeks: Collection[int], asked: Wanted) -> bool:
    """Whether somebody to be won has anything to do with a question: they serve a seek of it, or are looked for so."""
    if asked == Wanted() or seeks:
        return True
    if asked.region and asked.region in (country, wanted.region):
        return asked.kind in ("", wanted.kind) and asked.topic_id in (None, wanted.topic_id)
    said = (asked.kind and asked.kind == wanted.kind) or (asked.topic_id and asked.topic_id == wanted.topic_id)
    return bool(said) and not (asked.region and wanted.region)


def ways(id: int, ties: Mapping[int, Sequence[Tie]], able: Collection[int]) -> tuple[Way, ...]:
    """Who among the `able` could introduce an organisation: those tied to it, then those tied to one that is.

    `ties` are those of each organisation. That two are members of the same network introduces neither.
    """
    near: dict[int, Tie] = {}
    for tie in closest(ties.get(id, ())):
        near.setdefault(other(tie, id), tie)
    found = {one: Way(one, tie) for one, tie in near.items() if one in able}
    for through in near:
        for tie in closest(ties.get(through, ())):
            one = other(tie, through)
            if tie.type != "member_of" and one in able and one != id:
                found.setdefault(one, Way(one, tie, through))
    return tuple(found.values())


def closest(ties: Iterable[Tie]) -> list[Tie]:
    return sorted(ties, key=lambda tie: (CLOSEST.index(tie.type), tie.id))


def other(tie: Tie, id: int) -> int:
    return tie.target if tie.source == id else tie.source


def by_end(ties: Iterable[Tie]) -> dict[int, list[Tie]]:
    """Ties under each of their two ends."""
    found: dict[int, list[Tie]] = defaultdict(list)
    for tie in ties:
        found[tie.source].append(tie)
        found[tie.target].append(tie)
    return found
