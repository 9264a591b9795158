"""Everything that waits for a person, the oldest and most harmful first; nothing here changes anything."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from network import index
from network.accounts.models import Person
from network.clock import now
from network.directory.models import Link, Organization
from network.directory.queries import SHOWN
from network.matching.looking import Desk
from network.staff.asked import ME, NOBODY, Asked, Mark
from network.staff.models import Charge
from network.waiting import About, Row, Source, Stream, Waiting, sources

EACH = 25
COUNTED = 300  # of a kind: more aren't counted
REMEMBERED = 64  # questions
NETWORKS = 200


def mark_of(row: Row) -> Mark:
    """Where something stands in the queue."""
    return Mark(row.since + sources[row.kind].patience, row.kind, row.id)


@dataclass(frozen=True)
class Card:
    """Something that waits, as the page shows it: told, with who looks after it and until when it rests."""

    row: Row
    said: Waiting
    source: Source
    owner_id: int | None = None
    owner: str = ""
    until: date | None = None

    @property
    def words(self) -> bool:
        """Whether words go with what can be done about it."""
        return any(self.source.acts[key].words for key in self.said.acts)

    @property
    def late(self) -> bool:
        """Whether it waits longer than it should."""
        return mark_of(self.row).due < now()


@dataclass(frozen=True)
class Page:
    """Some cards in order, and the mark after which the next ones stand; None on the last page."""

    cards: Sequence[Card]
    next: Mark | None


def theirs(desk: Desk, column: Any) -> tuple[ColumnElement[bool], ...]:
    """The condition that keeps organisations to those that a desk looks after: none for the staff."""
    return () if desk.networks is None else (of_networks(desk.networks, column),)


def of_networks(networks: Collection[int], column: Any) -> ColumnElement[bool]:
    """Whether an organisation is one of some networks, or a shown member of one."""
    link = aliased(Link)
    shown = (link.confirmed_on.is_not(None), link.ended_on.is_(None))
    member = select(link.from_id).where(link.to_id.in_(networks), link.type == "member_of", *shown)
    return or_(column.in_(networks), column.in_(member))


def seen_by(desk: Desk, kind: str = "") -> list[Source]:
    """The kinds of cards that a desk shows, those first that may wait for the shortest: all, or one."""
    found = sorted((one for one in sources.values() if desk.staff or one.coordinators), key=lambda one: one.patience)
    return [one for one in found if one.kind == kind] if kind else found


def waits(desk: Desk, asked: Asked, person_id: int | None, source: Source, stream: Stream) -> Select[Any]:
    """What of a stream is asked for, by number, organisation and since when."""
    same = and_(Charge.kind == source.kind, Charge.thing_id == stream.id, Charge.since == stream.since)
    rests = Charge.until > now().date()
    query = (
        select(literal(source.kind).label("kind"), stream.id, stream.organization_id, stream.since)
        .outerjoin(Charge, same)
        .where(*stream.open, *theirs(desk, stream.organization_id), Charge.aside_at.is_(None))
        .where(rests if asked.later else or_(Charge.until.is_(None), ~rests))
    )
    if asked.network:
        query = query.where(of_networks([int(asked.network)], stream.organization_id))
    if asked.owner:
        whose = {ME: person_id, NOBODY: None}.get(asked.owner, int(asked.owner) if asked.owner.isdigit() else None)
        query = query.where(Charge.owner_id == whose if whose else Charge.owner_id.is_(None))
    return query


def following(source: Source, stream: Stream, after: Mark) -> ColumnElement[bool]:
    """Whether a row of a stream stands after a mark."""
    since = after.due - source.patience
    if source.kind == after.kind:
        return or_(stream.since > since, and_(stream.since == since, stream.id > after.id))
    return stream.since >= since if source.kind > after.kind else stream.since > since


def rows(session: Session, desk: Desk, asked: Asked, person_id: int | None, most: int) -> list[Row]:
    """The first of what waits, or the first after a mark: of each stream so many, and of these the first."""
    query = listing(desk, asked, person_id, most, this_minute())
    found = [Row(*row) for row in session.execute(query)] if query is not None else []
    return sorted(found, key=mark_of)[:most]


def this_minute() -> datetime:
    return now().replace(second=0)


@lru_cache(maxsize=REMEMBERED)
def listing(desk: Desk, asked: Asked, person_id: int | None, most: int, minute: datetime) -> Any:
    """The question for the rows. To put it together takes longer than to answer it, so it serves for a minute."""
    parts = []
    for source in seen_by(desk, asked.kind):
        for stream in source.streams():
            query = waits(desk, asked, person_id, source, stream)
            if asked.after:
                query = query.where(following(source, stream, asked.after))
            parts.append(select(query.order_by(stream.since, stream.id).limit(most).subquery()))
    return union_all(*parts) if parts else None


def one_row(session: Session, desk: Desk, kind: str, id: int) -> Row | None:
    """Something that waits, if a desk looks after it, whether it rests or not."""
    for source in seen_by(desk, kind) if kind else ():
        for stream in source.streams():
            which = (stream.id == id, *stream.open, *theirs(desk, stream.organization_id))
            found = session.execute(select(stream.organization_id, stream.since).where(*which)).first()
            if found:
                return Row(kind, id, *found)
    return None


def page(session: Session, desk: Desk, asked: Asked, person_id: int | None) -> Page:
    """A page of the queue."""
    found = rows(session, desk, asked, person_id, EACH + 1)
    more = mark_of(found[EACH - 1]) if len(found) > EACH else None
    return Page(list(told(session, found[:EACH])), more)


def told(session: Session, found: Sequence[Row]) -> Iterator[Card]:
    """Rows as cards, in their order; one that waits no more by now is left out."""
    said: dict[tuple[str, int], Waiting] = {}
    for kind in {row.kind for row in found}:
        for one in sources[kind].tell(session, [row.id for row in found if row.kind == kind]):
            said[kind, one.id] = one
    about, kept = abouts(session, (row.organization_id for row in found)), charges(session, found)
    for row in found:
        if card := said.get((row.kind, row.id)):
            card = replace(card, organization=card.organization or about.get(row.organization_id or 0))
            charge, owner = kept.get((row.kind, row.id, row.since), (None, ""))
            more = (charge.owner_id, owner, charge.until) if charge else ()
            yield Card(row, card, sources[row.kind], *more)


def abouts(session: Session, ids: Iterable[int | None]) -> dict[int, About]:
    """Organisations by their ids, as cards name them."""
    wanted = {id for id in ids if id}
    query = select(Organization.id, Organization.slug, Organization.name).where(Organization.id.in_(wanted))
    return {row.id: About(*row) for row in session.execute(query)} if wanted else {}


def charges(session: Session, found: Sequence[Row]) -> dict[tuple[str, int, datetime], tuple[Charge, str]]:
    """Who looks after some of what waits, each with their name."""
    ids = {row.id for row in found}
    query = select(Charge, Person).outerjoin(Person, Person.id == Charge.owner_id).where(Charge.thing_id.in_(ids))
    return {
        (charge.kind, charge.thing_id, charge.since): (charge, person.name or person.email if person else "")
        for charge, person in session.execute(query)
    }


def counts(session: Session, desk: Desk, asked: Asked, person_id: int | None) -> dict[str, int]:
    """How many of each kind wait; COUNTED + 1 stands for more than COUNTED."""
    found: dict[str, int] = {}
    query = counting(desk, replace(asked, kind="", after=None), person_id, COUNTED + 1, this_minute())
    for kind, number in session.execute(query) if query is not None else ():
        found[kind] = min(COUNTED + 1, found.get(kind, 0) + number)
    return found


@lru_cache(maxsize=REMEMBERED)
def counting(desk: Desk, asked: Asked, person_id: int | None, most: int, minute: datetime) -> Any:
    """The question for the counts, as `listing`."""
    parts = []
    for source in seen_by(desk):
        for stream in source.streams():
            some = waits(desk, asked, person_id, source, stream).limit(most).subquery()
            parts.append(select(literal(source.kind), func.count()).select_from(some))
    return union_all(*parts) if parts else None


def charged(session: Session, person_id: int | None) -> bool:
    """Whether somebody took anything on, ever."""
    return session.scalar(select(Charge.id).where(Charge.owner_id == person_id).limit(1)) is not None


def networks_of(session: Session, desk: Desk) -> list[tuple[str, str]]:
    """The networks of a coordinator, by name, as (id, name); none for the staff."""
    query = select(Organization.id, Organization.name).where(Organization.id.in_(desk.networks or ()))
    return [(str(row.id), row.name) for row in session.execute(query.order_by(Organization.name))]


def networks(session: Session, desk: Desk) -> list[tuple[str, str]]:
    """The networks by which the queue can be narrowed, by name, as (id, name)."""
    shelf = index.shelf(session.connection(), "desk networks", REMEMBERED)
    found: list[tuple[str, str]] | None = shelf.get(desk.networks)
    if found is None:
        gathers = select(Link.to_id).where(Link.type == "member_of", *SHOWN)
        query = select(Organization.id, Organization.name).where(Organization.id.in_(gathers))
        query = query if desk.networks is None else query.where(Organization.id.in_(desk.networks))
        rows = session.execute(query.order_by(Organization.name).limit(NETWORKS))
        found = shelf.keep(desk.networks, [(str(row.id), row.name) for row in rows])
    return found
