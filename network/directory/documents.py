"""What the index knows of an organisation, and how it stays true: every commit writes what the session touched."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.engine import Connection, Row
from sqlalchemy.orm import Session

from network import index
from network.directory.models import Link, Listing, ListingTopic, Organization, OrganizationTopic
from network.directory.tasks import check_rules
from network.directory.thesaurus import Thesaurus, thesaurus
from network.directory.vocabulary import PUBLIC_STANDINGS
from network.extensions import IDS, db
from network.index import Document
from network.places.area import Area
from network.places.countries import country_name
from network.places.folding import fold

Follower = Callable[[Session, Sequence[int] | None], None]

followers: list[Follower] = []
"""What else is written of organisations whenever their documents are, by features above: some, or all of them."""

belonging: dict[type[Any], str] = {}
"""What else is an organisation's, by features above: models, each with its column that says whose. It is noted, too."""

BATCH = 1000
PUBLIC = "ppublic"
SHIPPED = ("en", "es", "fr", "pt", "de")
# The questions of a document, built once: they are asked with every commit.
THEMSELVES = select(*Organization.__table__.c).where(Organization.id.in_(IDS))
AROUND: tuple[tuple[Any, str], ...] = (
    (select(*Listing.__table__.c).where(Listing.organization_id.in_(IDS)), "organization_id"),
    (select(*OrganizationTopic.__table__.c).where(OrganizationTopic.organization_id.in_(IDS)), "organization_id"),
    (
        select(ListingTopic.listing_id, ListingTopic.topic_id)
        .join(Listing, Listing.id == ListingTopic.listing_id)
        .where(Listing.organization_id.in_(IDS)),
        "listing_id",
    ),
    (
        select(Link.from_id, Link.to_id).where(
            Link.from_id.in_(IDS), Link.type == "member_of", Link.confirmed_on.is_not(None), Link.ended_on.is_(None)
        ),
        "from_id",
    ),
)
"""Listings, own topics, topics of listings and networks, each with what it is grouped by."""


def documents(session: Session, ids: Sequence[int] | None = None) -> Iterator[Document]:
    """The index's document of each organisation in `ids`, or of all."""
    connection = session.connection()
    words = thesaurus(session)
    everything = list(ids) if ids is not None else list(session.scalars(select(Organization.id)))
    for start in range(0, len(everything), BATCH):
        yield from batch(connection, words, everything[start : start + BATCH])


def batch(connection: Connection, words: Thesaurus, ids: Sequence[int]) -> Iterator[Document]:
    some = {"ids": ids}
    listings, own_topics, listing_topics, networks = (grouped(connection, asked, key, some) for asked, key in AROUND)
    for row in connection.execute(THEMSELVES, some).all():
        stated = [topic.topic_id for topic in own_topics[row.id]]
        shown = [listing for listing in listings[row.id] if listing.state == "open"]
        by_side: dict[str, set[int]] = {"offer": set(), "seek": set()}
        for listing in shown:
            by_side[listing.side].update(topic.topic_id for topic in listing_topics[listing.id])
        texts = [row.name, row.summary, row.description, *(f"{one.title} {one.detail}" for one in shown)]
        mentioned = words.mentions(" \n ".join(texts))
        yield Document(
            id=row.id,
            name=row.name,
            title_words=tuple(fold(row.name).split()),
            words=tuple(" ".join(map(fold, (*texts, row.town, row.region, *country_words(row.country)))).split()),
            tokens=tuple(tokens(row, shown, networks[row.id], stated, by_side, mentioned)),
            category=row.category,
            country=row.country,
            offered=kinds(shown, "offer"),
            sought=kinds(shown, "seek"),
            topics=tuple(sorted({*stated, *by_side["offer"], *by_side["seek"]})),
            latitude=row.latitude,
            longitude=row.longitude,
            confirmed=row.confirmed_on.toordinal() if row.confirmed_on else 0,
        )


def tokens(
    row: Row,
    shown: Iterable[Row],
    networks: Iterable[Row],
    stated: list[int],
    by_side: dict[str, set[int]],
    mentioned: set[int],
) -> Iterator[str]:
    """The facet tokens of one organisation; the first letter says what each is."""
    if row.standing in PUBLIC_STANDINGS:
        yield PUBLIC
    yield "d" + plain(row.standing)
    yield "k" + plain(row.category)
    if row.country:
        yield "z" + plain(row.country)
    if row.latitude is None and not row.online:
        yield "wunplaced"
    if row.online:
        yield "wonline"
    if row.newcomers:
        yield "wnewcomers"
    for language in row.languages:
        yield "l" + plain(language)
        if "-" in language:
            yield "l" + plain(language.split("-")[0])
    for listing in shown:
        if listing.kind:
            yield ("o" if listing.side == "offer" else "s") + listing.kind
        yield "w" + listing.side
    for link in networks:
        yield f"n{link.to_id}"
    yield from (f"t{topic}" for topic in {*stated, *by_side["offer"], *by_side["seek"]})
    yield from (f"u{topic}" for topic in by_side["offer"])
    yield from (f"v{topic}" for topic in by_side["seek"])
    yield from (f"y{topic}" for topic in mentioned)
    yield from ("g" + plain(token) for token in Area.parse(row.area_served).tokens)


def kinds(shown: Iterable[Row], side: str) -> tuple[str, ...]:
    return tuple(sorted({one.kind for one in shown if one.side == side and one.kind}))


def plain(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())


_country_words: dict[str, tuple[str, ...]] = {}


def country_words(code: str) -> tuple[str, ...]:
    """The country's name in every shipped language, so that its name in any of them finds it."""
    if code and code not in _country_words:
        _country_words[code] = tuple(dict.fromkeys(country_name(code, locale) for locale in SHIPPED))
    return _country_words.get(code, ())


def grouped(connection: Connection, query: Any, key: str, some: dict[str, Any]) -> defaultdict[int, list[Row]]:
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in connection.execute(query, some):
        found[getattr(row, key)].append(row)
    return found


def reindex(session: Session, ids: Sequence[int] | None = None, progress: Callable[[int], None] | None = None) -> int:
    """Write the documents of `ids`, or of every organisation anew; `progress` is told how many are done."""
    connection = session.connection()
    if ids is None:
        index.clear(connection)
    done = 0

    def counted() -> Iterator[Document]:
        nonlocal done
        for document in documents(session, ids):
            yield document
            done += 1
            if progress and done % BATCH == 0:
                progress(BATCH)

    for follower in followers:
        follower(session, ids)
    index.write(connection, counted())
    if progress:
        progress(done % BATCH)
    if ids is None:
        index.optimize(connection)
    return done


def touched_by(thing: object) -> Iterator[int | None]:
    """The organisations whose document depends on a row."""
    if isinstance(thing, Organization):
        yield thing.id
    elif isinstance(thing, Listing):
        yield thing.organization_id
    elif isinstance(thing, Link):
        yield thing.from_id
        yield thing.to_id
    elif column := belonging.get(type(thing)):
        yield getattr(thing, column)


@event.listens_for(db.session, "after_flush")
def remember(session: Session, context: object) -> None:
    """Note which organisations a flush wrote or deleted."""
    written = session.info.setdefault("touched", set())
    gone = session.info.setdefault("gone", set())
    for thing in (*session.new, *session.dirty, *session.deleted):
        written.update(one for one in touched_by(thing) if one is not None)
    gone.update(thing.id for thing in session.deleted if isinstance(thing, Organization))


@event.listens_for(db.session, "before_commit")
def follow(session: Session) -> None:
    """Bring the index up to what is about to be committed, in the same transaction."""
    session.flush()
    gone = session.info.pop("gone", set())
    written = session.info.pop("touched", set()) - gone
    if gone:
        index.remove(session.connection(), sorted(gone))
    if written:
        check_rules(session, sorted(written))
        session.flush()
        reindex(session, sorted(written))


@event.listens_for(db.session, "after_soft_rollback")
def forget(session: Session, previous: object) -> None:
    session.info.pop("gone", None)
    session.info.pop("touched", None)
