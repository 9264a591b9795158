"""A network of any size: real towns, invented organisations, and words and ties as frequent as in life."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from network.demo.actions import Progress, holds
from network.demo.chance import Chance
from network.demo.invented import Invented, invent
from network.demo.ties import links
from network.demo.towns import towns
from network.directory.documents import reindex
from network.directory.models import Link, Listing, ListingTopic, Organization, OrganizationTopic, Task
from network.directory.thesaurus import load_topics, thesaurus
from network.extensions import Base

T = TypeVar("T")

CHUNK = 2000
EXPONENT = 0.7  # a town of a hundred times the people has some 25 times the organisations


def generate(session: Session, number: int, seed: int, today: date, progress: Progress | None = None) -> int:
    """Write a generated network of `number` organisations, index and all, and return how many that added.

    The same number, seed and gazetteer give the same network. `progress` is told of 2 x `number` steps in all.
    Raises Occupied when the database holds another network, LookupError when the gazetteer is empty.
    """
    source = f"generated: {number} organisations, seed {seed}"
    if holds(session, source):
        return 0
    chance = Chance(seed)
    places = towns(session)
    if not places:
        raise LookupError("The gazetteer is empty: run flask places load first.")
    load_topics(session)
    weights = [town.population**EXPONENT for town in places]
    based = chance.weighted(places, weights, number)
    first = (session.scalar(select(func.max(Organization.id))) or 0) + 1
    made: list[Invented] = []
    listing_id = (session.scalar(select(func.max(Listing.id))) or 0) + 1
    for chunk in chunks(invent(chance, thesaurus(session), based, first, today), CHUNK):
        listing_id = store(session, chunk, source, listing_id)
        made += [one.light() for one in chunk]
        if progress:
            progress(len(chunk))
    for rows in chunks(links(chance, made, today), CHUNK):
        put(session, Link, rows)
    follow_on(session)
    reindex(session, progress=progress)
    return number


def chunks(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of at most `size` of `things`, in order."""
    remaining = iter(things)
    while chunk := list(islice(remaining, size)):
        yield chunk


def store(session: Session, chunk: Sequence[Invented], source: str, listing_id: int) -> int:
    """Insert organisations with their listings, topics and tasks; returns the next free id of a listing."""
    listings: list[dict[str, Any]] = []
    about: list[dict[str, int]] = []
    for one in chunk:
        for columns, topics in one.listings:
            listings.append(columns | {"id": listing_id, "organization_id": one.id})
            about += [{"listing_id": listing_id, "topic_id": topic} for topic in topics]
            listing_id += 1
    works_on = [{"organization_id": one.id, "topic_id": topic} for one in chunk for topic in one.topics]
    tasks = [{"organization_id": one.id, "key": key, "facts": {}} for one in chunk for key in one.tasks]
    own = [one.columns | {"source": source} for one in chunk]
    stored: tuple[tuple[type[Base], Sequence[Any]], ...] = (
        (Organization, own),
        (OrganizationTopic, works_on),
        (Listing, listings),
        (ListingTopic, about),
        (Task, tasks),
    )
    for table, rows in stored:
        put(session, table, rows)
    return listing_id


def put(session: Session, table: type[Base], rows: Sequence[Any]) -> None:
    """Insert rows past the session, which would look at each of them."""
    if rows:
        session.execute(Base.metadata.tables[table.__tablename__].insert(), rows)


def follow_on(session: Session) -> None:
    """Let PostgreSQL number what comes next after the ids that we gave."""
    if session.get_bind().dialect.name != "postgresql":
        return
    tables: tuple[type[Base], ...] = (Organization, Listing)
    for table in tables:
        name = table.__tablename__
        session.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}"))
