"""Putting a demonstration network into an empty database, all or nothing."""

from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from network.demo.persons import load_persons
from network.demo.since import load_since
from network.demo.written import Written, written
from network.directory.models import Link, Listing, Organization, Topic
from network.directory.thesaurus import Thesaurus, load_topics, thesaurus

SOURCE = "demonstration"
Progress = Callable[[int], None]


class Occupied(Exception):
    """The database holds another network."""


def holds(session: Session, source: str) -> bool:
    """Whether this very demonstration is there already; raises Occupied when anything else is there instead."""
    counted = select(Organization.source, func.count().label("number")).group_by(Organization.source)
    found = {row.source: row.number for row in session.execute(counted)}
    if found and source not in found:
        raise Occupied(f"This database holds {sum(found.values())} organisations. A demonstration needs an empty one.")
    return bool(found)


def load(session: Session, today: date, progress: Progress | None = None) -> int:
    """Write the fictional network as of `today` and return how many organisations that added: none the second time."""
    if holds(session, SOURCE):
        load_persons(session)
        load_since(session, today)
        return 0
    load_topics(session)
    words = thesaurus(session)
    topics = {topic.slug: topic for topic in session.scalars(select(Topic))}
    entries = written(today)
    stored = {entry.slug: organization(entry, words, topics) for entry in entries}
    for entry in entries:
        session.add(stored[entry.slug])
        if progress:
            progress(1)
    for entry in entries:
        session.add_all(links(entry, stored))
    session.flush()
    load_persons(session)
    load_since(session, today)
    return len(entries)


def organization(entry: Written, words: Thesaurus, topics: dict[str, Topic]) -> Organization:
    """An organisation with its listings; a listing is about what its words name, else what it works on."""
    made = Organization(**entry.columns, source=SOURCE, topics=[topics[slug] for slug in entry.topics])
    for columns in entry.listings:
        named = words.understand(f"{columns['title']}\n{columns['detail']}")
        slugs = dict.fromkeys(one.concept.slug for one in named) or entry.topics[:1]
        made.listings.append(Listing(**columns, topics=[topics[slug] for slug in slugs]))
    return made


def links(entry: Written, stored: dict[str, Organization]) -> list[Link]:
    """The ties of an organisation; those that are only proposed wait for the other side."""
    made = []
    for tie in entry.ties:
        link = Link(
            from_organization=stored[tie.tied],
            to_organization=stored[tie.to],
            type=tie.type,
            started_on=tie.started_on,
            ended_on=tie.ended_on,
            proposed_by=tie.proposed_by or "from",
        )
        if not tie.proposed_by:
            link.confirmed_by, link.confirmed_on = "to", tie.started_on + timedelta(days=9)
        made.append(link)
    return made
