"""Keeping profiles in the database true: whatever writes an organisation's document writes its profile as well."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import Connection, Row, delete, func, insert, select
from sqlalchemy.orm import Session

from network.clock import now
from network.directory.models import Link, Listing, ListingTopic, Organization, OrganizationTopic, TopicRelation
from network.directory.models import Topic as TopicRow
from network.directory.thesaurus import Thesaurus, thesaurus
from network.extensions import IDS
from network.matching import packing
from network.matching.counting import Counted, Near, nearness, unpacked
from network.matching.models import MatchingEpoch, MatchingProfile, Work
from network.matching.possible import base, reached
from network.matching.profiling import Facts, Said, profile
from network.matching.values import Context

MATCHED = "current"  # the standing of organisations that are matched
BATCH = 500
AT_ONCE = 2000  # organisations whose profiles are written with their documents; of more at once, by the next tick
WAITING = 0  # the version of a profile that is still to be written

ABOUT = ("id", "name", "summary", "country", "latitude", "longitude", "languages", "confirmed_on", "standing")


# What is asked of organisations, built once: most of it is asked with every commit.
LISTINGS = select(*Listing.__table__.c).where(Listing.organization_id.in_(IDS), Listing.state != "paused")
LISTINGS = LISTINGS.order_by(Listing.id)
TOPICS = (
    select(ListingTopic.listing_id, ListingTopic.topic_id)
    .join(Listing, Listing.id == ListingTopic.listing_id)
    .where(Listing.organization_id.in_(IDS))
    .order_by(ListingTopic.listing_id, ListingTopic.topic_id)
)
THEMES = (
    select(OrganizationTopic.organization_id, OrganizationTopic.topic_id)
    .where(OrganizationTopic.organization_id.in_(IDS))
    .order_by(OrganizationTopic.topic_id)
)
WORKS = select(*Work.__table__.c).where(Work.organization_id.in_(IDS)).order_by(Work.id)
TIES = select(Link.from_id, Link.to_id, Link.type).where(
    Link.confirmed_on.is_not(None), Link.ended_on.is_(None), Link.type.in_(("member_of", "hosted_by"))
)
TIES_OF = TIES.where(Link.from_id.in_(IDS))
THEMSELVES = select(*(Organization.__table__.c[name] for name in ABOUT)).where(Organization.standing == MATCHED)
THEMSELVES = THEMSELVES.order_by(Organization.id)
SOME_OF_THEM = THEMSELVES.where(Organization.id.in_(IDS))


def keep(session: Session, ids: Sequence[int] | None = None) -> None:
    """Write the profiles of organisations anew, or of everyone; those of a large import wait for `renewing`."""
    connection = session.connection()
    if ids is not None and len(ids) > AT_ONCE:
        wait(connection, ids)
        return
    if ids is None:
        connection.execute(delete(MatchingProfile))
        ids = list(connection.scalars(select(Organization.id)))
    words = thesaurus(session)
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        connection.execute(delete(MatchingProfile).where(MatchingProfile.organization_id.in_(some)))
        rows = []
        for facts in read(connection, some):
            made = profile(words, facts)
            if made.items:
                items, said = packing.pack(made)
                told = {"items": items, "words": said, "version": packing.VERSION}
                rows.append({"organization_id": facts.context.id, **told})
        if rows:
            connection.execute(insert(MatchingProfile), rows)


def wait(connection: Connection, ids: Sequence[int]) -> None:
    """Note that the profiles of many organisations are to be written."""
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        connection.execute(delete(MatchingProfile).where(MatchingProfile.organization_id.in_(some)))
        blank = {"items": b"", "words": b"", "version": WAITING}
        connection.execute(insert(MatchingProfile), [{"organization_id": id, **blank} for id in some])


def read(connection: Connection, ids: Sequence[int]) -> Iterator[Facts]:
    """What is known of those organisations among `ids` that are matched."""
    some = {"ids": ids}
    listings, works = grouped(connection, LISTINGS, some), grouped(connection, WORKS, some)
    topics: defaultdict[int, list[int]] = defaultdict(list)
    for listing, topic in connection.execute(TOPICS, some):
        topics[listing].append(topic)
    themes: defaultdict[int, list[int]] = defaultdict(list)
    for organization, topic in connection.execute(THEMES, some):
        themes[organization].append(topic)
    for context, row in contexts(connection, ids):
        spoken = next(iter(base(row.languages)), "")
        said = [
            Said(
                one.id,
                one.side,
                one.title,
                one.detail,
                one.kind,
                topics[one.id],
                one.until,
                one.state == "met",
                next(iter(base(one.languages)), spoken),
                *reached(one.reach, one.reach_km, one.reach_countries, row.country),
                tuple(one.languages),
            )
            for one in listings[row.id]
            if one.state == "open" or one.side == "seek"
        ]
        made = [f"{one.title}. {one.detail}" for one in works[row.id]]
        yield Facts(context, row.name, row.summary, themes[row.id], (), said, made)


def grouped(connection: Connection, query: Any, some: dict[str, Any]) -> defaultdict[int, list[Row[Any]]]:
    found: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(query, some):
        found[row.organization_id].append(row)
    return found


def contexts(connection: Connection, ids: Sequence[int] | None) -> Iterator[tuple[Context, Row[Any]]]:
    """Where organisations are, what they speak, and their networks, each with its row; only those that are matched."""
    some = {} if ids is None else {"ids": ids}
    networks: defaultdict[int, set[int]] = defaultdict(set)
    hosts: dict[int, int] = {}
    for one in connection.execute(TIES if ids is None else TIES_OF, some):
        if one.type == "member_of":
            networks[one.from_id].add(one.to_id)
        else:
            hosts[one.from_id] = one.to_id
    for row in connection.execute(THEMSELVES if ids is None else SOME_OF_THEM, some):
        context = Context(
            row.id,
            row.country,
            row.latitude,
            row.longitude,
            tuple(row.languages),
            frozenset(networks.get(row.id, ())),
            hosts.get(row.id, 0),
            row.confirmed_on,
        )
        yield context, row


def near(session: Session) -> dict[int, dict[int, float]]:
    """How near the concepts are to each other."""
    related = session.execute(select(TopicRelation.topic_id, TopicRelation.related_id, TopicRelation.weight))
    rows = session.execute(select(TopicRow.id, TopicRow.broader_id, TopicRow.kind)).all()
    broader = [(row.id, row.broader_id) for row in rows if row.broader_id]
    return nearness([(one[0], one[1], one[2]) for one in related], broader, {row.id: row.kind for row in rows})


def counts(session: Session, nearness: Near) -> tuple[int, Counted]:
    """The number of the present epoch and its counts; the first is made by whoever asks first."""
    row = session.execute(select(MatchingEpoch.id, MatchingEpoch.counts).order_by(MatchingEpoch.id.desc())).first()
    if row is None:
        return 0, counted(stored(session.connection()), nearness)
    return row.id, unpacked(row.counts, nearness)


def epoch(session: Session) -> int:
    """The number of the present epoch, 0 before the first."""
    return session.scalar(select(func.max(MatchingEpoch.id))) or 0


def begin_epoch(session: Session) -> int:
    """Count anew what scores are weighed with, and let every process weigh with that; gives how many items count."""
    made = counted(stored(session.connection()), {})
    session.add(MatchingEpoch(items=made.items, counts=made.packed(), made_at=now()))
    session.flush()
    old = session.scalars(select(MatchingEpoch.id).order_by(MatchingEpoch.id.desc()).offset(2)).all()
    session.execute(delete(MatchingEpoch).where(MatchingEpoch.id.in_(old)))
    return made.items


def stored(connection: Connection, ids: Sequence[int] | None = None) -> packing.Packed:
    """The profiles in the database, by organisation."""
    query = select(MatchingProfile.organization_id, MatchingProfile.items, MatchingProfile.words)
    query = query.where(MatchingProfile.version == packing.VERSION)
    if ids is not None:
        query = query.where(MatchingProfile.organization_id.in_(ids))
    rows = connection.execute(query.order_by(MatchingProfile.organization_id))
    return packing.joined((row[0], row[1], row[2]) for row in rows)


def counted(packed: packing.Packed, nearness: Near) -> Counted:
    """`counting.counted` of joined profiles, as arrays."""
    items = packed.items[(packed.items["flags"] & packing.WHOLE) == 0]
    concepts = np.concatenate((items["kinds"].ravel() >> 8, items["topics"].ravel().astype(np.uint32)))
    numbers, times = np.unique(concepts[concepts > 0], return_counts=True)
    made, around = packing.unpacked(packed), packing.spoken(packed)
    offer = made.columns["offer"][made.slots] > 0
    rows = np.concatenate((made.columns["row"][made.slots[offer]], packed.of_words[around])).astype(np.uint64)
    offered = np.concatenate((made.words[offer], packed.words["number"][around]))
    once = np.unique(rows << np.uint64(32) | offered) & np.uint64(0xFFFFFFFF)
    words, occurrences = np.unique(np.concatenate((once.astype(np.uint32), made.words[~offer])), return_counts=True)
    return Counted(
        len(items),
        dict(zip(numbers.tolist(), times.tolist(), strict=True)),
        dict(zip(words.tolist(), occurrences.tolist(), strict=True)),
        nearness,
    )


def today() -> date:
    return now().date()


def vocabulary(session: Session) -> Thesaurus:
    """The words of the network."""
    return thesaurus(session)
