"""The thesaurus of a network: what ships in `labels/`, and what staff added to it in the database."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from network.directory.concepts import Concept, Thesaurus, Understood
from network.directory.models import Topic, TopicLabel, TopicRelation
from network.places.folding import fold

__all__ = ["Concept", "Thesaurus", "Understood", "load_topics", "shipped", "thesaurus", "topics_by_word"]

FOLDER = Path(__file__).with_name("labels")  # concepts.json, and the labels of each language
STORED = 6  # labels of a language that stand in the database, the preferred ones; all others are read from the files
LANGUAGES = ("en", "es", "fr", "pt", "de", "ar")
CHECKED_EVERY = 1.0  # seconds between two looks at whether the topics changed


def shipped_concepts() -> dict[str, dict[str, Any]]:
    """The concepts that ship, by slug: facet, kind of help, broader one, how near others are, labels by language."""
    concepts: dict[str, dict[str, Any]] = json.loads((FOLDER / "concepts.json").read_text("utf-8"))
    for language in LANGUAGES:
        labels = shipped_labels(language)
        for slug, concept in concepts.items():
            concept.setdefault("labels", {})[language] = labels.get(slug, [])
    return concepts


def shipped_labels(language: str) -> dict[str, list[str]]:
    """The labels of a language that ship, by the concept's slug; none of a language that we don't have."""
    if language not in LANGUAGES:
        return {}
    labels: dict[str, list[str]] = json.loads((FOLDER / f"{language}.json").read_text("utf-8"))
    return labels


def further_labels(language: str) -> dict[str, list[str]]:
    """The labels of a language that ship and don't stand in the database, by the concept's slug."""
    return {slug: labels[STORED:] for slug, labels in shipped_labels(language).items()}


def load_topics(session: Session) -> int:
    """Write the shipped thesaurus into the database and return how many rows that changed.

    What is there already stays, with everything that staff added; running it again changes nothing.
    """
    shipped = shipped_concepts()
    changed = load_concepts(session, shipped)
    ids = {row.slug: row.id for row in session.execute(select(Topic.slug, Topic.id))}
    changed += load_labels(session, shipped, ids) + load_relations(session, shipped, ids)
    forget(session)
    return changed


def load_concepts(session: Session, shipped: dict[str, dict[str, Any]]) -> int:
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
        broader = topics[concept["broader"]].id if concept["broader"] else None
        wanted = (concept["facet"], concept.get("kind", ""), broader)
        if (row.facet, row.kind, row.broader_id) != wanted:
            values = dict(zip(("facet", "kind", "broader_id"), wanted, strict=True))
            session.execute(update(Topic).where(Topic.id == row.id).values(values))
            changed += slug in stored
    return changed


def load_labels(session: Session, shipped: dict[str, dict[str, Any]], ids: dict[str, int]) -> int:
    """The labels, ours first and in our order."""
    stored = {
        (row.topic_id, row.locale, row.label): row.position for row in session.execute(select(*TopicLabel.__table__.c))
    }
    new, moved = [], 0
    for slug, concept in shipped.items():
        for locale, labels in concept["labels"].items():
            for position, label in enumerate(labels[:STORED]):
                key = (ids[slug], locale, label)
                if key not in stored:
                    new.append({"topic_id": ids[slug], "locale": locale, "label": label, "position": position})
                elif stored[key] != position:
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


_kept: WeakKeyDictionary[Any, Kept] = WeakKeyDictionary()


def thesaurus(session: Session) -> Thesaurus:
    """The thesaurus of the session's database, kept in the process; a change of the topics shows within a second."""
    engine = session.get_bind()
    kept = _kept.get(engine)
    moment = time.monotonic()
    if kept and moment - kept.compared < CHECKED_EVERY:
        return kept.thesaurus
    stamp = stamp_of(session)
    if kept and kept.stamp == stamp:
        kept.compared = moment
        return kept.thesaurus
    made = Thesaurus(stored(session), further_labels)
    _kept[engine] = Kept(made, stamp, moment)
    return made


def topics_by_word(session: Session) -> Callable[[str], str | None]:
    """From a topic's slug or any of its labels to its slug."""
    known = thesaurus(session)
    words: dict[str, str] = {}
    labels = {language: known.labels(language) for language in known.languages}
    for concept in known.concepts.values():
        for language in concept.labels:
            for label in labels[language][concept.id]:
                words.setdefault(fold(label), concept.slug)
    words |= {fold(slug): slug for slug in known.by_slug}
    return lambda word: word if word in known.by_slug else words.get(fold(word))


def forget(session: Session) -> None:
    """Let the next question read the topics again."""
    _kept.pop(session.get_bind(), None)


def stamp_of(session: Session) -> tuple[Any, ...]:
    """Values that differ once a topic or a label was added, removed or rewritten."""
    labels = select(func.count(), func.max(TopicLabel.id), func.sum(func.length(TopicLabel.label)))
    topics = select(func.count(), func.max(Topic.id), func.sum(Topic.broader_id))
    return (*session.execute(labels).one(), *session.execute(topics).one())


def stored(session: Session) -> Iterator[Concept]:
    """The concepts in the database."""
    labels: dict[int, dict[str, list[str]]] = {}
    query = select(TopicLabel.topic_id, TopicLabel.locale, TopicLabel.label).order_by(
        TopicLabel.position, TopicLabel.id
    )
    for row in session.execute(query):
        labels.setdefault(row.topic_id, {}).setdefault(row.locale, []).append(row.label)
    for row in session.execute(select(*Topic.__table__.c).order_by(Topic.id)):
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
    return Thesaurus(every, further_labels)
