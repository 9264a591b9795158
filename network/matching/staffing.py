"""What staff and coordinators see of matches: those nobody acted on, who knows both, and who is never shown."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from network.directory.models import Link, Listing, Organization
from network.directory.queries import PUBLIC, SHOWN
from network.matching import hooks
from network.matching.keeping import MATCHED, today
from network.matching.matcher import Matcher
from network.matching.models import Dismissal, MatchingProfile, Shown
from network.matching.suggestions import Pair, Suggestion
from network.text import gettext as _

SPARE = 3  # times as many as are shown are looked at: some were put aside meanwhile
ENOUGH = 20  # below that no share is told
STRENGTHS = ("strong", "good", "possible")


@dataclass(frozen=True)
class Unacted:
    """Two organisations that fit, why in short, how well, and who knows both."""

    organization: Organization
    other: Organization
    strength: str
    why: Sequence[str]
    listing: int  # the one that it is about; 0 for none
    know_both: Sequence[Organization]


@dataclass(frozen=True)
class Exposure:
    """How many organisations could be suggested, and how many of them nobody was ever shown."""

    matched: int
    never: int

    @property
    def share(self) -> int | None:
        """How many in a hundred were never shown; None where there are too few to say."""
        return round(100 * self.never / self.matched) if self.matched >= ENOUGH else None


def unacted(session: Session, matcher: Matcher, networks: Collection[int] | None, most: int = 50) -> list[Unacted]:
    """The matches that nobody acted on, the strongest first; those of the members of networks when some are told."""
    ids = None if networks is None else members(session, networks)
    found = matcher.unacted(session, ids, SPARE * most) if ids is None or ids else []
    refused = dismissed(session, {id for one, suggestion in found for id in (one, suggestion.organization)})
    found = [two for two in found if not {(two[0], two[1].organization), (two[1].organization, two[0])} & refused]
    found = sorted(found[:most], key=lambda one: STRENGTHS.index(one[1].strength))
    public = by_id(session, [id for one, suggestion in found for id in (one, suggestion.organization)])
    titles = titles_of(session, [pair for _one, suggestion in found for pair in pairs(suggestion)])
    pairs_of_two = [(one, suggestion.organization) for one, suggestion in found]
    knowing = know_both(session, pairs_of_two)
    return [
        Unacted(
            public[one],
            public[suggestion.organization],
            suggestion.strength,
            why(suggestion, titles, public[one].name, public[suggestion.organization].name),
            about(suggestion, titles),
            knowing.get((one, suggestion.organization), ()),
        )
        for one, suggestion in found
        if one in public and suggestion.organization in public
    ]


def dismissed(session: Session, ids: Collection[int]) -> set[tuple[int, int]]:
    """Who among some organisations does not want to meet whom, or can't be introduced to them now."""
    found = {(id, other) for id in ids for aside in hooks.aside for other in aside(session, id)}
    stands = or_(Dismissal.until.is_(None), Dismissal.until >= today())
    query = select(Dismissal.organization_id, Dismissal.other_id)
    rows = session.execute(query.where(Dismissal.organization_id.in_(ids), stands))
    return found | {(row.organization_id, row.other_id) for row in rows}


def members(session: Session, networks: Collection[int]) -> list[int]:
    """The current members of networks, and these themselves."""
    member = select(Link.from_id).where(Link.to_id.in_(networks), Link.type == "member_of", *SHOWN)
    mine = or_(Organization.id.in_(member), Organization.id.in_(networks))
    return list(session.scalars(select(Organization.id).where(mine, Organization.standing == MATCHED)))


def by_id(session: Session, ids: Iterable[int]) -> dict[int, Organization]:
    query = select(Organization).where(Organization.id.in_(set(ids)), PUBLIC)
    return {one.id: one for one in session.scalars(query)}


def pairs(suggestion: Suggestion) -> list[Pair]:
    """The best pair of each direction."""
    return [*suggestion.got[:1], *suggestion.given[:1]]


def titles_of(session: Session, pairs: Iterable[Pair]) -> dict[int, str]:
    """What listings of public organisations say, as long as they are open or the seek that was met."""
    ids = {id for pair in pairs for id in (pair.seek, pair.offer) if id > 0}
    query = select(Listing.id, Listing.title).join(Organization, Organization.id == Listing.organization_id)
    rows = session.execute(query.where(Listing.id.in_(ids), Listing.state != "paused", PUBLIC)) if ids else ()
    return {row.id: row.title for row in rows}


def why(suggestion: Suggestion, titles: dict[int, str], one: str, other: str) -> list[str]:
    """The reason in short, a sentence for each direction."""
    said = [sentence(pair, titles, one, other) for pair in suggestion.got[:1]]
    said += [sentence(pair, titles, other, one) for pair in suggestion.given[:1]]
    return [words for words in said if words]


def sentence(pair: Pair, titles: dict[int, str], seeker: str, giver: str) -> str:
    """Who seeks what, and what the other offers."""
    sought, offered = titles.get(pair.seek, ""), titles.get(pair.offer, "")
    if not sought:
        return ""
    if offered and not pair.inferred:
        return _(
            "%(seeker)s seeks “%(sought)s”; %(giver)s offers “%(offered)s”.",
            seeker=seeker,
            sought=sought,
            giver=giver,
            offered=offered,
        )
    return _(
        "%(seeker)s seeks “%(sought)s”; what %(giver)s did before speaks for it.",
        seeker=seeker,
        sought=sought,
        giver=giver,
    )


def about(suggestion: Suggestion, titles: dict[int, str]) -> int:
    """The seek that an introduction would be about."""
    return next((pair.seek for pair in pairs(suggestion) if pair.seek in titles), 0)


def know_both(session: Session, two: Sequence[tuple[int, int]]) -> dict[tuple[int, int], list[Organization]]:
    """The public organisations that have a shown tie with both of two, for each of some pairs, by name."""
    ids = {id for pair in two for id in pair}
    if not ids:
        return {}
    ends = or_(Link.from_id.in_(ids), Link.to_id.in_(ids))
    tied: defaultdict[int, set[int]] = defaultdict(set)
    for start, end in session.execute(select(Link.from_id, Link.to_id).where(ends, *SHOWN)):
        tied[start].add(end)
        tied[end].add(start)
    common = {pair: tied[pair[0]] & tied[pair[1]] for pair in two}
    known = by_id(session, {id for ids in common.values() for id in ids})
    return {
        pair: sorted((known[id] for id in ids if id in known), key=lambda one: one.name.casefold())
        for pair, ids in common.items()
    }


def exposure(session: Session) -> Exposure:
    """Of the organisations that could be suggested, how many nobody was ever shown."""
    query = select(func.count()).select_from(MatchingProfile)
    query = query.join(Organization, Organization.id == MatchingProfile.organization_id)
    query = query.where(Organization.standing == MATCHED)
    never = and_(MatchingProfile.organization_id.not_in(select(Shown.other_id)))
    return Exposure(session.scalar(query) or 0, session.scalar(query.where(never)) or 0)
