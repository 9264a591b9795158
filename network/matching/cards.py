"""Matches as pages and programs show them: the matcher's values with what stands behind them, nothing hidden in it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from markupsafe import Markup
from sqlalchemy.orm import Session

from network.directory.models import Organization
from network.matching import queries, reasons
from network.matching.queries import Known
from network.matching.suggestions import Answer, Exchange, Pair, Suggestion
from network.text import gettext as _

PAIRS = 2  # of each direction on a card
MOST_WORDS = 1000  # letters of what is said when one asks


@dataclass(frozen=True)
class Need:
    """An offer that fits a seek, as it is told; `gets` when the reader is the one who seeks."""

    pair: Pair
    gets: bool
    known: Known = field(repr=False)

    @property
    def sought(self) -> str:
        return self.known.title(self.pair.seek)

    @property
    def offered(self) -> str:
        return self.known.title(self.pair.offer) if not self.pair.inferred else ""

    @property
    def strength(self) -> str:
        return str(reasons.STRENGTHS[self.pair.strength])

    @property
    def listing(self) -> int:
        """The listing that an introduction would be about; 0 for none."""
        theirs, mine = (self.pair.offer, self.pair.seek) if self.gets else (self.pair.seek, self.pair.offer)
        return next((id for id in (theirs, mine) if id > 0 and self.known.open(id)), 0)

    @cached_property
    def why(self) -> list[Markup]:
        return reasons.of_pair(self.pair, self.known, self.gets)

    @cached_property
    def parts(self) -> list[tuple[str, int]]:
        return reasons.parts(self.pair)

    @property
    def total(self) -> int:
        return reasons.total(self.pair)

    @property
    def kinds(self) -> set[str]:
        """The kinds of help of its listings."""
        found = (self.known.listings.get(id) for id in (self.pair.seek, self.pair.offer))
        return {row.kind for row in found if row}


@dataclass(frozen=True)
class Match:
    """An organisation to meet: its row, and the needs that it meets and has."""

    suggestion: Suggestion
    row: Any
    needs: tuple[Need, ...]
    known: Known = field(repr=False)

    @property
    def kilometres(self) -> float | None:
        return next((one.facts.get("km") for one in self.suggestion.factors if one.name == "place"), None)

    @property
    def direction(self) -> str:
        ways = {one.gets for one in self.needs}
        return "both" if len(ways) > 1 else "they_help" if ways == {True} else "you_help"

    @property
    def tag(self) -> str:
        return str(reasons.DIRECTIONS[self.direction])

    @property
    def best(self) -> Need:
        return max(self.needs, key=lambda one: one.pair.points)

    @cached_property
    def why(self) -> list[Markup]:
        """The sentences of the best needs, one after the other, and what else speaks for it; each once."""
        said = [sentence for need in self.needs for sentence in need.why]
        return list(dict.fromkeys([*said, *self.besides]))

    @cached_property
    def besides(self) -> list[Markup]:
        """What else speaks for meeting than what is sought and offered."""
        return reasons.of_factors(self.suggestion.factors, self.known)

    @cached_property
    def missing(self) -> list[Markup]:
        return reasons.missing(self.suggestion, self.known)

    @property
    def factors(self) -> list[tuple[str, str]]:
        return reasons.factors(self.suggestion)

    @property
    def kinds(self) -> set[str]:
        return set().union(*(need.kinds for need in self.needs))


@dataclass(frozen=True)
class Fit:
    """An organisation that answers one listing, or a typed sentence."""

    row: Any
    need: Need


@dataclass(frozen=True)
class Ring:
    """A three-way exchange: who gives what to the next; the first is the reader's own."""

    steps: tuple[tuple[Any, Need, Any], ...]  # a row of who gives, what, and of who gets it
    others: tuple[Any, Any]

    @property
    def words(self) -> str:
        """What somebody says who asks both with one tap."""
        said = [_("We could help each other in a circle.")]
        for giver, need, taker in self.steps:
            what = need.offered or need.sought
            said.append(_("%(giver)s gives to %(taker)s: %(what)s.", giver=giver.name, taker=taker.name, what=what))
        return " ".join(said)[:MOST_WORDS]


def standing(pair: Pair, known: Known) -> bool:
    """Whether both sides of a pair stand today for those who may see them; typed words and inferred offers do."""
    if pair.seek > 0 and not known.open(pair.seek):
        return False
    if pair.inferred:
        return pair.offer <= 0 or known.met(pair.offer)
    return pair.offer <= 0 or known.open(pair.offer)


def gathered(
    session: Session, own: int, pairs: Iterable[Pair], organizations: Collection[int], makers: Collection[int] = ()
) -> Known:
    """What stands behind some pairs and organisations."""
    pairs = list(pairs)
    concepts = {id for pair in pairs for id in pair.kinds or ()}
    concepts |= {id for pair in pairs for two in pair.topics for id in two}
    concepts |= {id for pair in pairs for id in pair.meanings}
    listings = {id for pair in pairs for id in (pair.seek, pair.offer) if id > 0}
    return queries.known(session, own, organizations, listings, concepts, makers)


def matches(session: Session, own: int, suggestions: Sequence[Suggestion], aside: Collection[int] = ()) -> list[Match]:
    """Suggestions as matches, without those put aside and those that are not there for everyone to see."""
    pairs = [pair for one in suggestions for pair in (*one.got, *one.given)]
    barred = [bar for one in suggestions for bar in one.barred]
    named = {one.organization for one in suggestions} | {bar.organization for bar in barred}
    for one in suggestions:
        for factor in one.factors:
            named.update(factor.facts.get("via", ()))
            named.update({factor.facts["id"]} if factor.name == "network" and factor.facts.get("id") else ())
    makers = {one.organization for one in suggestions if any(pair.inferred and pair.offer <= 0 for pair in one.got)}
    if any(pair.inferred and pair.offer <= 0 for one in suggestions for pair in one.given):
        makers.add(own)
    known = gathered(session, own, (*pairs, *(Pair(0, bar.listing) for bar in barred)), named, makers)
    found = []
    for one in suggestions:
        if one.organization in aside or one.organization not in known.rows:
            continue
        theirs = narrowed(known, one.organization)
        got = [Need(pair, True, theirs) for pair in one.got if standing(pair, known)][:PAIRS]
        given = [Need(pair, False, narrowed(known, own)) for pair in one.given if standing(pair, known)][:PAIRS]
        if got or given:
            found.append(Match(one, known.rows[one.organization], (*got, *given), known))
    return found


def narrowed(known: Known, maker: int) -> Known:
    """The same with the works of one organisation alone."""
    works = {maker: known.works[maker]} if maker in known.works else {}
    return Known(known.own, known.rows, known.listings, works, known.labels)


def fits(
    session: Session, own: int, answers: Sequence[Answer], gets: bool, aside: Collection[int] = (), most: int = 3
) -> list[Fit]:
    """The organisations that answer a listing or a sentence; `gets` when that is a seek."""
    makers = {one.organization for one in answers if one.pair.inferred} if gets else set()
    known = gathered(session, own, (one.pair for one in answers), {one.organization for one in answers}, makers)
    found = [
        Fit(known.rows[one.organization], Need(one.pair, gets, narrowed(known, one.organization)))
        for one in answers
        if one.organization in known.rows and one.organization not in aside and standing(one.pair, known)
    ]
    return found[:most]


def rings(
    session: Session, organization: Organization, exchanges: Sequence[Exchange], aside: Collection[int]
) -> list[Ring]:
    """Three-way exchanges in which everybody is there for everyone to see."""
    everyone = {id for one in exchanges for id in one.organizations}
    known = gathered(session, organization.id, (pair for one in exchanges for pair in one.links), everyone)
    rows: Mapping[int, Any] = {**known.rows, organization.id: organization}
    found = []
    for one in exchanges:
        ids = one.organizations
        there = all(id in rows for id in ids) and not set(aside) & set(ids[1:])
        if there and all(standing(pair, known) for pair in one.links):
            steps = tuple(
                (rows[ids[at]], Need(pair, ids[(at + 1) % 3] == organization.id, known), rows[ids[(at + 1) % 3]])
                for at, pair in enumerate(one.links)
            )
            found.append(Ring(steps, (rows[ids[1]], rows[ids[2]])))
    return found


@dataclass(frozen=True)
class Alike:
    """A seek of one's own, and others that had it or have it: their rows, and how they word it."""

    seek: Any
    others: tuple[tuple[Any, str], ...]


def alike(
    session: Session,
    own: int,
    found: Sequence[tuple[Any, Sequence[tuple[int, int]]]],
    aside: Collection[int],
    state: str,
    least: int = 1,
) -> list[Alike]:
    """One's own seeks, each with others like it, open or met, of those who are there for everyone to see."""
    organizations = {id for _seek, others in found for id, _listing in others}
    listings = {id for _seek, others in found for _organization, id in others}
    known = queries.known(session, own, organizations, listings, ())
    result = []
    for seek, others in found:
        there = tuple(
            (known.rows[id], known.title(listing))
            for id, listing in others
            if id in known.rows and id not in aside and (known.open(listing) if state == "open" else known.met(listing))
        )
        if len(there) >= least:
            result.append(Alike(seek, there))
    return result
