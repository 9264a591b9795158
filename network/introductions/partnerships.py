"""Questions about partnerships: who gives what to whom, and what both said of it; nothing here changes anything."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from network.directory.models import Link, Listing, Organization
from network.directory.queries import SHOWN
from network.hats import Hat
from network.history.models import Edit
from network.introductions.models import Introduction, Party, ValueCheck
from network.introductions.states import HELPED
from network.introductions.value import Check, Partnership, Tie
from network.text import gettext as _

TYPES = ("works_with", "funds", "hosted_by", "fiscal_sponsor_of")
LASTING = ("together", "met")  # outcomes that make a partnership, for a year, before any tie says so
REMEMBERED = timedelta(days=365)
CURRENT = "current"
OWN = (Hat.ADMIN, Hat.REPRESENTATIVE)

Pair = tuple[int, int]


def partnerships(session: Session, of: int | None = None, today: date | None = None) -> list[Partnership]:
    """The partnerships between current organisations, all or those of one, in a stable order."""
    day = today or date.today()
    ties = linked(session, of)
    outcomes = concluded(session, of)
    pairs = {*ties, *(two for two, found in outcomes.items() if lasting(found, day))}
    pairs &= among_current(session, pairs)
    ids = {id for two in pairs for id in two}
    said, seen = checks(session, ids, of), signs(session, ids)
    return [
        Partnership(
            *two,
            sorted([*ties.get(two, ()), *outcomes.get(two, ())], key=lambda tie: (tie.on, tie.kind), reverse=True),
            {side: said.get((side, across), ()) for side, across in (two, two[::-1])},
            {side: seen[side] for side in two if side in seen},
        )
        for two in sorted(pairs)
    ]


def lasting(ties: Iterable[Tie], today: date) -> bool:
    return any(tie.kind in LASTING and today - tie.on <= REMEMBERED for tie in ties)


def pair_of(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def linked(session: Session, of: int | None) -> dict[Pair, list[Tie]]:
    """The confirmed links by the pair that they hold together."""
    query = select(Link.from_id, Link.to_id, Link.type, Link.confirmed_on).where(Link.type.in_(TYPES), *SHOWN)
    if of is not None:
        query = query.where(or_(Link.from_id == of, Link.to_id == of))
    found: defaultdict[Pair, list[Tie]] = defaultdict(list)
    for start, end, type, on in session.execute(query):
        two = pair_of(start, end)
        found[two].append(Tie(type, two[0] == start, on or date.min))
    return dict(found)


def concluded(session: Session, of: int | None) -> dict[Pair, list[Tie]]:
    """What came of introductions, by the pair that it came of, one for each outcome that somebody told."""
    helped = select(Party.introduction_id).where(Party.outcome.in_(HELPED))
    query = (
        select(Party, Introduction.listing_id)
        .join(Introduction, Introduction.id == Party.introduction_id)
        .where(Introduction.id.in_(helped))
    )
    if of is not None:
        query = query.where(Introduction.id.in_(select(Party.introduction_id).where(Party.organization_id == of)))
    parties: defaultdict[int, list[Party]] = defaultdict(list)
    about: dict[int, int] = {}
    for party, listing in session.execute(query.order_by(Party.introduction_id, Party.position)):
        parties[party.introduction_id].append(party)
        about |= {party.introduction_id: listing} if listing else {}
    rows = session.scalars(select(Listing).where(Listing.id.in_(about.values()))) if about else ()
    listings = {one.id: one for one in rows}
    found: defaultdict[Pair, list[Tie]] = defaultdict(list)
    for id, both in parties.items():
        subject = listings.get(about.get(id, 0))
        for two in combinations(both, 2):
            told = [one for one in two if one.outcome in HELPED and one.outcome_at]
            names = pair_of(two[0].organization_id, two[1].organization_id)
            if of is None or of in names:
                found[names] += [outcome(names, one, subject) for one in told]
    return dict(found)


def outcome(two: Pair, party: Party, listing: Listing | None) -> Tie:
    """What a party said came of it; what it was about goes out from whoever offers or seeks that."""
    whose = listing.organization_id if listing and listing.organization_id in two else 0
    on = party.outcome_at.date() if party.outcome_at else date.min
    if not listing or not whose:
        return Tie(party.outcome, party.organization_id == two[0], on)
    return Tie(party.outcome, whose == two[0], on, listing.title, listing.side)


def among_current(session: Session, pairs: Collection[Pair]) -> set[Pair]:
    """Those pairs whose both sides are current."""
    ids = {id for two in pairs for id in two}
    query = select(Organization.id).where(Organization.standing == CURRENT)
    current = set(session.scalars(query.where(Organization.id.in_(ids)) if len(ids) < 500 else query))
    return {two for two in pairs if current.issuperset(two)}


def checks(session: Session, ids: Collection[int], of: int | None = None) -> dict[tuple[int, int | None], list[Check]]:
    """What sides were asked and said, by side and whom it is about (None: our programmes), the newest first."""
    query = select(ValueCheck).order_by(ValueCheck.asked_on.desc(), ValueCheck.id.desc())
    if of is not None:
        query = query.where(or_(ValueCheck.organization_id == of, ValueCheck.partner_id == of))
    found: defaultdict[tuple[int, int | None], list[Check]] = defaultdict(list)
    for row in session.scalars(query):
        if row.organization_id in ids or row.organization_id == of:
            found[row.organization_id, row.partner_id].append(check_of(row))
    return dict(found)


def check_of(row: ValueCheck) -> Check:
    return Check(row.asked_on, row.got, row.gave, row.worth, row.words)


def signs(session: Session, ids: Collection[int]) -> dict[int, date]:
    """When organisations last gave a sign of life: an edit by their own people, or that all is still right."""
    found: dict[int, date] = {}
    if not ids:
        return found
    few = len(ids) < 500
    edits = select(Edit.organization_id, func.max(Edit.at)).where(Edit.hat.in_(OWN)).group_by(Edit.organization_id)
    confirmed = select(Organization.id, Organization.confirmed_on).where(Organization.confirmed_on.is_not(None))
    for id, at in session.execute(edits.where(Edit.organization_id.in_(ids)) if few else edits):
        found[id] = at.date()
    for id, on in session.execute(confirmed.where(Organization.id.in_(ids)) if few else confirmed):
        found[id] = max(on or date.min, found.get(id, date.min))
    return found


def programmes(session: Session) -> list[tuple[Organization, Check]]:
    """What current organisations last said of our programmes, the latest first."""
    query = (
        select(Organization, ValueCheck)
        .join(ValueCheck, ValueCheck.organization_id == Organization.id)
        .where(ValueCheck.partner_id.is_(None), ValueCheck.answered_at.is_not(None), Organization.standing == CURRENT)
        .order_by(ValueCheck.asked_on.desc(), ValueCheck.answered_at.desc(), ValueCheck.id)
    )
    latest: dict[int, tuple[Organization, Check]] = {}
    for organization, row in session.execute(query):
        latest.setdefault(organization.id, (organization, check_of(row)))
    return list(latest.values())


@dataclass(frozen=True)
class Flow:
    """What one side of a partnership gives and gets, in words."""

    gives: Sequence[str]
    gets: Sequence[str]


def flow(partnership: Partnership, side: int) -> Flow:
    """What a side gives and gets by what holds the two together."""
    gives: dict[str, None] = {}
    gets: dict[str, None] = {}
    for tie in partnership.ties:
        out = tie.out == (side == partnership.one)
        given, gotten = words(tie, out)
        gives |= {given: None} if given else {}
        gets |= {gotten: None} if gotten else {}
    return Flow(list(gives), list(gets))


def words(tie: Tie, out: bool) -> tuple[str, str]:
    """What a side gives and gets by a tie that goes out from it, or comes in."""
    both = {"works_with": _("work together"), "once": _("something done together once")}
    given = {"funds": _("funding"), "fiscal_sponsor_of": _("a legal and fiscal home"), "hosted_by": _("a home")}
    if tie.title:
        out = out == (tie.side == "offer")
        return (tie.title, "") if out else ("", tie.title)
    if tie.kind in given:
        giving = out != (tie.kind == "hosted_by")
        return (given[tie.kind], "") if giving else ("", given[tie.kind])
    if tie.kind == "met":
        return ("", _("what it was looking for")) if out else (_("what the other was looking for"), "")
    return (both.get(tie.kind, both["works_with"]),) * 2
