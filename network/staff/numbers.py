"""The numbers behind the desk's questions, for the whole network or for some; nothing here changes anything.

What only organisations, listings and ties decide is remembered until one of them is written (`index.shelf`); answers
and introductions, of which the index knows nothing, by how many there are and when the last one changed. Pictures of
the past, and what nobody offers, stand for ten minutes.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, extract, func, or_, select
from sqlalchemy.orm import Session

from network import index
from network.clock import now
from network.directory.documents import PUBLIC as PUBLIC_TOKEN
from network.directory.documents import plain
from network.directory.freshness import STALE_DAYS
from network.directory.models import Listing, Organization
from network.index import Query
from network.introductions.models import Introduction, Party, ValueCheck
from network.introductions.states import ACCEPTED, CLOSED, HELPED
from network.introductions.unevenness import uneven_by_round
from network.introductions.value import WORTH, begun
from network.maps import relations
from network.maps.eyes import Eyes
from network.matching.looking import Desk
from network.matching.models import Prospect
from network.matching.prospects import STANDINGS as LOOKED_FOR
from network.matching.suggestions import Gap
from network.staff.lately import gaps, lately
from network.staff.months import Series, adding_up, by_month
from network.staff.queue import theirs

MONTHS = 24
ROUNDS = 6  # of asking what partnerships are worth: three years
KEPT = 40  # desks: the staff's, and those of coordinators
YEAR = timedelta(days=365)
CURRENT = "current"
OPEN = Listing.state == "open"
T = TypeVar("T")


@dataclass(frozen=True)
class Partners:
    current: int
    desired: int
    talking: int
    grown: Series


@dataclass(frozen=True)
class Wishes:
    seeking: int  # organisations
    offering: int
    sought: str  # the kind of help that most seek, if any
    offered: str
    offers: int  # open ones
    returned: int  # those of them that say what is wanted in return
    seeks_written: Series
    offers_written: Series


@dataclass(frozen=True)
class Quiet:
    clubs: int
    quiet: int
    heard: Series  # of how many the last word came in each month


@dataclass(frozen=True)
class Unmet:
    needs: int  # kinds of help for a topic in a country that somebody seeks: the largest of them
    unmet: int  # of which nobody's offer fits
    barest: tuple[Gap, ...]
    written: Series


@dataclass(frozen=True)
class Worth:
    answered: int
    worth: dict[str, int] = field(default_factory=dict)
    rounds: Series = Series((), ())  # of a hundred who answered, how many said yes


@dataclass(frozen=True)
class Meetings:
    asked: int  # in a year
    accepted: int
    helped: int
    helping: Series  # by the month in which they were asked for


def remembered(session: Session, key: tuple[Any, ...], make: Callable[[], T]) -> T:
    """A number that stands until something is written."""
    shelf = index.shelf(session.connection(), "desk", KEPT)
    found: T | None = shelf.get(key)
    return found if found is not None else shelf.keep(key, make())


def count(session: Session, desk: Desk, *require: str) -> int:
    """How many organisations have all of some tokens of the index, of those that a desk looks after."""
    groups: list[tuple[str, ...]] = [(token,) for token in require]
    if desk.networks is not None:
        groups.append(tuple(f"n{id}" for id in desk.networks))
    return index.ask(session.connection(), Query(require=tuple(groups), facets=False, limit=1)).total


def whose(desk: Desk) -> tuple[Any, ...]:
    """What a remembered number depends on beside what is written."""
    return desk.networks, date.today()


def monthly(session: Session, column: Any, *which: ColumnElement[bool]) -> Counter[tuple[int, int]]:
    """How many rows have a day in each month, by (year, month)."""
    year, month = extract("year", column), extract("month", column)
    query = select(year, month, func.count()).where(column.is_not(None), *which).group_by(year, month)
    return Counter({(int(row[0]), int(row[1])): row[2] for row in session.execute(query)})


def partners(session: Session, desk: Desk) -> Partners:
    def make() -> Partners:
        wanted = {standing: wished(session, desk, standing) for standing in LOOKED_FOR}
        return Partners(
            count(session, desk, "kpartner", "dcurrent"),
            wanted.get("desired", 0),
            wanted.get("in_conversation", 0),
            lately(("grown", *whose(desk)), grown),
        )

    def grown() -> Series:
        mine = theirs(desk, Organization.id)
        which = (Organization.category == "partner", Organization.standing == CURRENT, *mine)
        return adding_up(monthly(session, Organization.created_at, *which), date.today(), MONTHS)

    return remembered(session, ("partners", *whose(desk)), make)


def wished(session: Session, desk: Desk, standing: str) -> int:
    """How many organisations a desk would like to win, of one standing."""
    if desk.networks is None:
        return count(session, desk, "d" + plain(standing))
    eyes = Eyes(desk.networks)
    known = and_(Prospect.organization_id == Organization.id, *eyes.prospects())
    query = select(func.count()).select_from(Organization).outerjoin(Prospect, known)
    return session.scalar(query.where(Organization.standing == standing, relations.theirs(eyes))) or 0


def wishes(session: Session, desk: Desk) -> Wishes:
    def make() -> Wishes:
        tokens = [(PUBLIC_TOKEN,)] + ([tuple(f"n{id}" for id in desk.networks)] if desk.networks is not None else [])
        facets = index.ask(session.connection(), Query(require=tuple(tokens), limit=1)).facets or {}
        offers = select(func.count()).select_from(Listing)
        offers = offers.where(OPEN, Listing.side == "offer", *theirs(desk, Listing.organization_id))
        return Wishes(
            count(session, desk, PUBLIC_TOKEN, "wseek"),
            count(session, desk, PUBLIC_TOKEN, "woffer"),
            most(facets.get("sought", {})),
            most(facets.get("offered", {})),
            session.scalar(offers) or 0,
            lately(("returned", *whose(desk)), lambda: session.scalar(offers.where(Listing.in_return != "")) or 0),
            written(session, desk, "seek"),
            written(session, desk, "offer"),
        )

    return remembered(session, ("wishes", *whose(desk)), make)


def most(counted: Any) -> str:
    """What occurs most often; of several the first by name."""
    return min(counted, key=lambda key: (-counted[key], key), default="")


def written(session: Session, desk: Desk, side: str) -> Series:
    """How many open offers or seeks were written down in each month."""

    def make() -> Series:
        which = (OPEN, Listing.side == side, *theirs(desk, Listing.organization_id))
        return by_month(monthly(session, Listing.created_at, *which), date.today(), MONTHS)

    return lately(("written", side, *whose(desk)), make)


def quiet_ones(today: date) -> tuple[ColumnElement[bool], ...]:
    """Clubs of which nobody said for a year that they are still there."""
    day = today - timedelta(days=STALE_DAYS)
    never = and_(Organization.confirmed_on.is_(None), Organization.created_at < now() - timedelta(days=STALE_DAYS))
    clubs = (Organization.category == "club", Organization.standing == CURRENT)
    return *clubs, or_(Organization.confirmed_on < day, never)


def quiet(session: Session, desk: Desk) -> Quiet:
    mine = theirs(desk, Organization.id)

    def make() -> Quiet:
        found = session.scalar(select(func.count()).select_from(Organization).where(*quiet_ones(date.today()), *mine))
        heard_of = lately(("heard", *whose(desk)), heard)
        return Quiet(count(session, desk, "kclub", "dcurrent"), found or 0, heard_of)

    def heard() -> Series:
        clubs = (Organization.category == "club", Organization.standing == CURRENT, *mine)
        return by_month(monthly(session, Organization.confirmed_on, *clubs), date.today(), MONTHS)

    return remembered(session, ("quiet", *whose(desk)), make)


def unmet(session: Session, desk: Desk) -> Unmet | None:
    """The gaps of those whom a desk looks after; offers of the whole network count. None while they are counted."""
    found = gaps(session)
    if found is None:
        return None
    if desk.networks is not None:
        seeks = {id for gap in found for id in gap.seeks}
        mine = select(Listing.id).where(Listing.id.in_(seeks), *theirs(desk, Listing.organization_id))
        own = set(session.scalars(mine))
        found = [gap for gap in found if own.intersection(gap.seeks)]
    bare = [gap for gap in found if not gap.supply]
    return Unmet(len(found), len(bare), tuple(bare[:3]), written(session, desk, "seek"))


def answers_known(session: Session) -> tuple[Any, ...]:
    """What a number about answers depends on."""
    return tuple(session.execute(select(func.count(), func.max(ValueCheck.answered_at)).select_from(ValueCheck)).one())


def worth(session: Session, desk: Desk) -> Worth:
    """What current organisations last said of our programmes, and how many said yes in each round."""

    def make() -> Worth:
        query = (
            select(ValueCheck.organization_id, ValueCheck.asked_on, ValueCheck.worth)
            .join(Organization, Organization.id == ValueCheck.organization_id)
            .where(ValueCheck.partner_id.is_(None), ValueCheck.answered_at.is_not(None))
            .where(Organization.standing == CURRENT, *theirs(desk, ValueCheck.organization_id))
            .order_by(ValueCheck.asked_on, ValueCheck.id)
        )
        latest: dict[int, str] = {}
        rounds: dict[date, dict[int, str]] = {}
        for id, on, said in session.execute(query):
            latest[id] = said
            rounds.setdefault(begun(on), {})[id] = said
        days = sorted(rounds)[-ROUNDS:]
        shares = [share(list(rounds[day].values())) for day in days]
        counted = Counter(latest.values())
        return Worth(len(latest), {word: counted[word] for word in WORTH}, Series(days, shares))

    return remembered(session, ("worth", *whose(desk), *answers_known(session)), make)


def share(said: list[str]) -> int:
    """Of a hundred answers, how many say yes."""
    return round(100 * said.count("yes") / len(said)) if said else 0


def one_sided(session: Session, desk: Desk) -> Series:
    """How many partnerships were one-sided after each round of asking; the last number is that of today."""

    def make() -> Series:
        rounds = uneven_by_round(session, ROUNDS, *theirs(desk, ValueCheck.organization_id))
        return Series([day for day, _number in rounds], [number for _day, number in rounds])

    return remembered(session, ("one-sided", *whose(desk), *answers_known(session)), make)


def meetings(session: Session, desk: Desk) -> Meetings:
    """What came of the introductions that were asked for within a year."""
    known = session.execute(select(func.count(), func.max(Introduction.changed_at)).select_from(Introduction)).one()
    told = session.scalar(select(func.max(Party.outcome_at)))

    def make() -> Meetings:
        which = [Introduction.asked_at >= now() - 2 * YEAR]
        if desk.networks is not None:
            mine = select(Party.introduction_id).where(*theirs(desk, Party.organization_id))
            which.append(Introduction.id.in_(mine))
        helped = set(session.scalars(select(Party.introduction_id).where(Party.outcome.in_(HELPED))))
        query = select(Introduction.id, Introduction.state, Introduction.asked_at).where(*which)
        rows = session.execute(query).all()
        lately = [row for row in rows if row.asked_at >= now() - YEAR]
        months = Counter((row.asked_at.year, row.asked_at.month) for row in rows if row.id in helped)
        return Meetings(
            len(lately),
            sum(row.state in (ACCEPTED, CLOSED) for row in lately),
            sum(row.id in helped for row in lately),
            by_month(months, date.today(), MONTHS),
        )

    return remembered(session, ("meetings", *whose(desk), *known, told), make)
