"""Doing something to topics so that it can be taken back: the journal of merges, and what comes with every change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from network.clock import now
from network.directory.models import Topic
from network.merging.journal import Journal
from network.merging.rows import keys, plain, rows_where, table
from network.topics.concerned import follow
from network.topics.models import TopicChange


@dataclass
class Doing:
    """Something that one of the staff does to a topic. `settled` are parts of topics that are decided with it."""

    session: Session
    topic: Topic
    person_id: int | None
    journal: Journal = field(init=False)
    settled: list[list[Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.session.flush()
        self.journal = Journal(self.session.connection())

    def add(self, name: str, **values: Any) -> int:
        """Add a row to a table, and give its number; 0 for a row that has none."""
        of = table(name)
        made = self.journal.connection.execute(insert(of).values(values).returning(*of.primary_key.columns)).one()
        key = dict(zip(keys(of), made, strict=True))
        self.journal.steps.append({"did": "added", "table": name, "row": plain(values | key)})
        return key.get("id", 0)

    def labels(self, topic_id: int, locale: str) -> list[dict[str, Any]]:
        """The rows of a topic's labels in a language, in their order, with those that were taken away."""
        of = table("topic_label")
        found = rows_where(self.journal.connection, of, of.c.topic_id == topic_id, of.c.locale == locale)
        return sorted(found, key=lambda row: (row["position"], row["id"]))

    def done(
        self, act: str, said: Mapping[str, Any], topics: Iterable[int], ids: set[int], nearness: bool = False
    ) -> TopicChange:
        """Note what was done, and let everything follow it."""
        made = TopicChange(topic_id=self.topic.id, act=act, said=dict(said), settled=self.settled, at=now())
        made.steps, made.person_id = self.journal.steps, self.person_id
        self.session.add(made)
        made.behind = follow(self.session, topics, ids, nearness)
        self.session.flush()
        return made


def locked(session: Session, *ids: int) -> dict[int, Topic]:
    """Topics as they are now; whoever else wants to change them waits for this transaction."""
    query = select(Topic).where(Topic.id.in_(ids)).order_by(Topic.id).with_for_update()
    return {one.id: one for one in session.scalars(query.execution_options(populate_existing=True))}


def standing(session: Session, slug: str, lock: bool = False) -> Topic | None:
    """The topic of a slug; None for one that is only an address by now."""
    query = select(Topic).where(Topic.slug == slug, Topic.merged_into_id.is_(None))
    return session.scalars(query.with_for_update() if lock else query).first()
