"""Questions about topics that the pages of the staff ask; nothing here changes anything."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, union
from sqlalchemy.engine import Row
from sqlalchemy.orm import Session

from network import index
from network.clock import now
from network.directory.concepts import Concept, Thesaurus
from network.directory.models import Listing, ListingTopic, Organization, OrganizationTopic, Topic, TopicRelation
from network.directory.thesaurus import thesaurus
from network.places.folding import fold
from network.topics.models import TopicChange, TopicWord, TopicWordUse

FACETS = ("topic", "kind", "audience")
EACH = 20
FEW = 10
KEPT = timedelta(days=30)
CHANGES = 100


@dataclass(frozen=True)
class Used:
    """By how many organisations and listings a topic is used."""

    organizations: int = 0
    listings: int = 0


@dataclass
class Branch:
    """A topic in the tree, with those under it; `also` is the name by which it was found, if not the one shown."""

    slug: str
    label: str
    used: Used
    also: str = ""
    found: bool = True
    below: list["Branch"] = field(default_factory=list)


def used(session: Session) -> dict[int, Used]:
    """How often each topic is used, counted once for as long as nothing is written."""
    connection = session.connection()
    shelf = index.shelf(connection, "topics used", 1)
    found: dict[int, Used] | None = shelf.get("used")
    if found is None:
        counts = [
            {
                row[0]: row[1]
                for row in connection.execute(select(model.topic_id, func.count()).group_by(model.topic_id))
            }
            for model in (OrganizationTopic, ListingTopic)
        ]
        topics = {*counts[0], *counts[1]}
        found = shelf.keep("used", {id: Used(counts[0].get(id, 0), counts[1].get(id, 0)) for id in topics})
    return found


def tree(session: Session, locale: str, words: str = "") -> dict[str, list[Branch]]:
    """All topics by what they are, as trees; those that words find by any name in any language, and what is above."""
    known, numbers = thesaurus(session), used(session)
    named = naming(known, words) if fold(words) else None
    branches = {
        id: Branch(
            one.slug,
            known.label(id, locale),
            numbers.get(id, Used()),
            named.get(id, "") if named else "",
            named is None or id in named,
        )
        for id, one in known.concepts.items()
    }
    roots: dict[str, list[Branch]] = {facet: [] for facet in FACETS}
    for id, one in known.concepts.items():
        above = branches.get(one.broader or 0)
        (above.below if above else roots.setdefault(one.facet, [])).append(branches[id])
    return {facet: pruned(some) for facet, some in roots.items()}


def naming(known: Thesaurus, words: str) -> dict[int, str]:
    """The topics one of whose names holds some words, each with that name; empty for those called so exactly."""
    wanted = fold(words)
    found: dict[int, str] = {}
    for concept in known.concepts.values():
        if wanted in fold(concept.slug):
            found[concept.id] = ""
    labels = [known.labels(language) for language in known.languages]
    for by_id in labels:
        for id, several in by_id.items():
            if id not in found and (label := next((one for one in several if wanted in fold(one)), None)):
                found[id] = label
    return found


def pruned(branches: Sequence[Branch]) -> list[Branch]:
    """The branches that were found or that lead to some, by name."""
    kept = []
    for one in branches:
        one.below = pruned(one.below)
        if one.found or one.below:
            kept.append(one)
    return sorted(kept, key=lambda one: fold(one.label))


def related(session: Session, topic_id: int) -> list[tuple[int, float]]:
    """The topics that are near to one, the nearest first."""
    query = select(TopicRelation.related_id, TopicRelation.weight).where(TopicRelation.topic_id == topic_id)
    return [(row[0], row[1]) for row in session.execute(query.order_by(TopicRelation.weight.desc()))]


def former_slugs(session: Session, topic_id: int) -> list[str]:
    """The slugs that lead to a topic since they were merged into it."""
    return list(session.scalars(select(Topic.slug).where(Topic.merged_into_id == topic_id).order_by(Topic.slug)))


def slug_today(session: Session, slug: str) -> str | None:
    """The slug of the topic that one leads to; None when there is none."""
    concept = thesaurus(session).by_slug.get(slug)
    return concept.slug if concept else None


@dataclass(frozen=True)
class User:
    """An organisation that uses a topic: whether for itself, and how many of its offers and needs do."""

    row: Row[Any]
    itself: bool
    listings: int


def users(session: Session, topic_id: int, page: int) -> tuple[list[User], int]:
    """The organisations that use a topic, by name, a page of them; and how many there are."""
    listed = select(Listing.organization_id, func.count().label("number")).join(ListingTopic)
    listed = listed.where(ListingTopic.topic_id == topic_id).group_by(Listing.organization_id)
    own = select(OrganizationTopic.organization_id).where(OrganizationTopic.topic_id == topic_id)
    counted = listed.subquery()
    every = union(own, select(counted.c.organization_id)).subquery()
    total = session.scalar(select(func.count()).select_from(every)) or 0
    query = select(Organization.id, Organization.slug, Organization.name, Organization.standing)
    query = query.where(Organization.id.in_(select(every.c.organization_id))).order_by(
        Organization.name, Organization.id
    )
    rows: Any = session.execute(query.limit(EACH).offset((page - 1) * EACH)).all()
    ids = [row.id for row in rows]
    numbers = {row[0]: row[1] for row in session.execute(listed.where(Listing.organization_id.in_(ids)))}
    itself = set(session.scalars(own.where(OrganizationTopic.organization_id.in_(ids))))
    return [User(row, row.id in itself, numbers.get(row.id, 0)) for row in rows], total


def changes(session: Session, concept: Concept | None = None) -> list[TopicChange]:
    """What was done to the topics in the last thirty days, or to one of them, the newest first."""
    query = select(TopicChange).where(TopicChange.at >= now() - KEPT).order_by(TopicChange.id.desc())
    if concept is None:
        return list(session.scalars(query.limit(CHANGES)))
    some = session.scalars(query.limit(10 * CHANGES))
    return [one for one in some if concept.id in (one.topic_id, *one.said.get("topics", ()))][:FEW]


def word_users(session: Session, ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """The first organisations that use each of some words, by name, as (slug, name)."""
    query = select(TopicWordUse.word_id, Organization.slug, Organization.name)
    query = query.join(Organization, Organization.id == TopicWordUse.organization_id)
    found: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for id in ids:
        few = query.where(TopicWordUse.word_id == id).order_by(Organization.name).limit(FEW)
        found[id] = [(row.slug, row.name) for row in session.execute(few)]
    return found


def words(session: Session, ids: Sequence[int]) -> Sequence[TopicWord]:
    """Those of some words that wait."""
    query = select(TopicWord).where(TopicWord.id.in_(ids), TopicWord.refused_at.is_(None), TopicWord.used > 0)
    return session.scalars(query).all()


def slugs(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """The slugs of some topics as they are today."""
    known = thesaurus(session).concepts
    return {id: known[id].slug for id in ids if id in known}


def organizations(session: Session, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """The slug and the name of some organisations."""
    query = select(Organization.id, Organization.slug, Organization.name).where(Organization.id.in_(ids))
    return {row.id: (row.slug, row.name) for row in session.execute(query)} if ids else {}
