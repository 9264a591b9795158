"""The thesaurus of a network: what ships in `labels/`, and what staff added to it in the database."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from network import index
from network.directory import learning
from network.directory.concepts import Concept, Further, Thesaurus, Understood
from network.directory.guessing import Teaching
from network.directory.models import AWAY, Topic, TopicLabel, TopicRelation
from network.directory.shipped import LANGUAGES, STORED, further_labels, shipped_concepts, shipped_labels
from network.places.folding import fold

__all__ = ["Concept", "Thesaurus", "Understood", "load_topics", "shipped", "thesaurus", "topics_by_word"]

LAST = 1000  # positions behind all that staff gave
CHECKED_EVERY = 1.0  # seconds between two looks at whether the topics changed, where nothing was noted
PLACE = "place"
SHIPPED = Teaching(shipped_labels, learning.shipped)

STAMPS = (
    select(
        func.count(),
        func.max(TopicLabel.id),
        func.sum(func.length(TopicLabel.label)),
        func.sum((TopicLabel.position + 2) * (TopicLabel.id % 9973 + TopicLabel.topic_id)),
    ),
    select(
        func.count(),
        func.max(Topic.id),
        func.sum(func.coalesce(Topic.broader_id, 0) * Topic.id),
        func.sum(func.coalesce(Topic.merged_into_id, 0) * Topic.id),
    ),
)
"""What differs once labels or topics change; built once, as it is asked with every commit."""

decided: list[Callable[[Session], set[tuple[int, str]]]] = []
"""Each gives what staff decided of topics, so that loading leaves it: the id with PLACE, or with a language of labels.

PLACE stands for the facet, the kind of help and the broader topic; a language for which of its labels comes first.
"""


def load_topics(session: Session) -> int:
    """Write the shipped thesaurus into the database and return how many rows that changed.

    What is there already stays, with everything that staff added or decided; running it again changes nothing.
    """
    shipped = shipped_concepts()
    settled = {one for told in decided for one in told(session)}
    changed = load_concepts(session, shipped, {id for id, part in settled if part == PLACE})
    rows = session.execute(select(Topic.slug, Topic.id, Topic.merged_into_id)).all()
    ids = {row.slug: row.id for row in rows if row.merged_into_id is None}
    moved = {row.slug: row.merged_into_id for row in rows if row.merged_into_id is not None}
    changed += load_relations(session, shipped, ids)
    settled |= {(id, locale) for id in moved.values() for locale in LANGUAGES}
    changed += load_labels(session, shipped, ids | moved, settled)
    if changed:
        index.note(session.connection(), "topic", [0])
    forget(session)
    return changed


def load_concepts(session: Session, shipped: dict[str, dict[str, Any]], settled: set[int]) -> int:
    """The topics themselves, then which is broader than which."""
    stored = set(session.scalars(select(Topic.slug)))
    new = [
        {"slug": slug, "facet": concept["facet"], "kind": concept.get("kind", "")}
        for slug, concept in shipped.items()
        if slug not in stored
    ]
    if new:
        session.execute(insert(Topic), new)
    topics = {topic.slug: topic for topic in session.execute(select(*Topic.__table__.c))}
    changed = len(new)
    for slug, concept in shipped.items():
        row = topics[slug]
        if row.id in settled or row.merged_into_id is not None:
            continue
        above = topics[concept["broader"]] if concept["broader"] else None
        broader = (above.merged_into_id or above.id) if above else None
        wanted = (concept["facet"], concept.get("kind", ""), broader)
        if (row.facet, row.kind, row.broader_id) != wanted:
            values = dict(zip(("facet", "kind", "broader_id"), wanted, strict=True))
            session.execute(update(Topic).where(Topic.id == row.id).values(values))
            changed += slug in stored
    return changed


def load_labels(
    session: Session, shipped: dict[str, dict[str, Any]], ids: dict[str, int], settled: set[tuple[int, str]]
) -> int:
    """The labels, ours first and in our order; behind the others where staff decided. `ids` are those of today."""
    stored = {
        (row.topic_id, row.locale, row.label): row.position for row in session.execute(select(*TopicLabel.__table__.c))
    }
    given = {(topic, locale, fold(label)) for topic, locale, label in stored}
    new, moved = [], 0
    for slug, concept in shipped.items():
        for locale, labels in concept["labels"].items():
            kept = (ids[slug], locale) in settled
            for position, label in enumerate(labels[:STORED]):
                key = (ids[slug], locale, label)
                if key not in stored:
                    if not kept or (ids[slug], locale, fold(label)) not in given:
                        place = LAST + position if kept else position
                        new.append({"topic_id": ids[slug], "locale": locale, "label": label, "position": place})
                elif stored[key] != position and stored[key] != AWAY and not kept:
                    where = (TopicLabel.topic_id == ids[slug], TopicLabel.locale == locale, TopicLabel.label == label)
                    session.execute(update(TopicLabel).where(*where).values(position=position))
                    moved += 1
    if new:
        session.execute(insert(TopicLabel), new)
    return len(new) + moved


def load_relations(session: Session, shipped: dict[str, dict[str, Any]], ids: dict[str, int]) -> int:
    """How near the concepts are to each other."""
    stored = {(row.topic_id, row.related_id): row.weight for row in session.execute(select(*TopicRelation.__table__.c))}
    wanted = {
        (ids[slug], ids[related]): weight
        for slug, concept in shipped.items()
        for related, weight in concept["related"].items()
        if slug in ids and related in ids
    }
    new = [
        {"topic_id": topic, "related_id": related, "weight": weight}
        for (topic, related), weight in wanted.items()
        if (topic, related) not in stored
    ]
    if new:
        session.execute(insert(TopicRelation), new)
    changed = [(key, weight) for key, weight in wanted.items() if stored.get(key, weight) != weight]
    for (topic, related), weight in changed:
        where = (TopicRelation.topic_id == topic, TopicRelation.related_id == related)
        session.execute(update(TopicRelation).where(*where).values(weight=weight))
    return len(new) + len(changed)


@dataclass
class Kept:
    """A thesaurus, the stamp of the tables that it was made from, and when that was last compared (monotonic)."""

    thesaurus: Thesaurus
    stamp: tuple[Any, ...]
    compared: float
    sequence: int = -1  # of the last change that was noted by then


_kept: WeakKeyDictionary[Any, Kept] = WeakKeyDictionary()


def thesaurus(session: Session) -> Thesaurus:
    """The thesaurus of the session's database, kept in the process.

    A change of the topics that was noted shows at once, another within a second.
    """
    engine = session.get_bind()
    kept = _kept.get(engine)
    moment, sequence = time.monotonic(), index.seen(session.connection())
    if kept and kept.sequence == sequence and moment - kept.compared < CHECKED_EVERY:
        return kept.thesaurus
    stamp = stamp_of(session)
    if kept and kept.stamp == stamp:
        kept.compared, kept.sequence = moment, sequence
        return kept.thesaurus
    made = read(session)
    _kept[engine] = Kept(made, stamp, moment, sequence)
    return made


def read(
    session: Session, concepts: Iterable[Concept] | None = None, away: Iterable[tuple[str, str, str]] = ()
) -> Thesaurus:
    """The thesaurus of the session's database as it is, or as it would be with other concepts, and more taken away."""
    rows = session.execute(select(Topic.slug, Topic.merged_into_id).where(Topic.merged_into_id.is_not(None)))
    former = {row.slug: row.merged_into_id for row in rows}
    known = list(stored(session))
    slugs = {one.id: one.slug for one in known}
    into = {slug: slugs[id] for slug, id in former.items()}
    return Thesaurus(
        known if concepts is None else concepts, further(taken_away(session) | set(away), into), SHIPPED, former
    )


def further(away: set[tuple[str, str, str]], into: dict[str, str]) -> Further:
    """`further_labels` without those `away` (slug, language, folded); those of merged topics by where they went."""

    def labels(language: str) -> dict[str, list[str]]:
        found = further_labels(language)
        for slug, other in into.items():
            found[other] = [*found.get(other, ()), *found.pop(slug, ())]
        for slug in {slug for slug, spoken, _label in away if spoken == language} & found.keys():
            found[slug] = [label for label in found[slug] if (slug, language, fold(label)) not in away]
        return found

    return labels


def taken_away(session: Session) -> set[tuple[str, str, str]]:
    """The labels that are none any more: slug of the topic, language, folded."""
    query = select(Topic.slug, TopicLabel.locale, TopicLabel.label).join(TopicLabel, TopicLabel.topic_id == Topic.id)
    return {(row[0], row[1], fold(row[2])) for row in session.execute(query.where(TopicLabel.position == AWAY))}


def topics_by_word(session: Session) -> Callable[[str], str | None]:
    """From a topic's slug or any of its labels to its slug."""
    known = thesaurus(session)
    return lambda word: known.by_slug[word].slug if word in known.by_slug else known.by_word.get(fold(word))


def forget(session: Session) -> None:
    """Let the next question read the topics again."""
    _kept.pop(session.get_bind(), None)


def stamp_of(session: Session) -> tuple[Any, ...]:
    """Values that differ once a topic or a label was added, removed or rewritten."""
    return tuple(value for asked in STAMPS for value in session.execute(asked).one())


def stored(session: Session) -> Iterator[Concept]:
    """The concepts in the database."""
    labels: dict[int, dict[str, list[str]]] = {}
    query = select(TopicLabel.topic_id, TopicLabel.locale, TopicLabel.label).where(TopicLabel.position != AWAY)
    query = query.order_by(TopicLabel.position, TopicLabel.id)
    for row in session.execute(query):
        labels.setdefault(row.topic_id, {}).setdefault(row.locale, []).append(row.label)
    standing = select(*Topic.__table__.c).where(Topic.merged_into_id.is_(None))
    for row in session.execute(standing.order_by(Topic.id)):
        named = {locale: tuple(some) for locale, some in labels.get(row.id, {}).items()}
        yield Concept(row.id, row.slug, row.facet, row.kind, named, row.broader_id)


def shipped() -> Thesaurus:
    """The thesaurus of the file alone, for use without a database; ids are positions in it."""
    concepts = shipped_concepts()
    ids = {slug: number for number, slug in enumerate(concepts, 1)}
    every = (
        Concept(
            ids[slug],
            slug,
            concept["facet"],
            concept.get("kind", ""),
            {locale: tuple(labels[:STORED]) for locale, labels in concept["labels"].items()},
            ids[concept["broader"]] if concept["broader"] else None,
        )
        for slug, concept in concepts.items()
    )
    return Thesaurus(every, further_labels, SHIPPED)
