"""The topics that ship, in the database of a test: written once, then copied."""

import time
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, Table, func, insert, select, text
from sqlalchemy.orm import Session

from network.directory import thesaurus
from network.directory.models import Topic, TopicLabel, TopicRelation

TABLES = [model.__table__ for model in (Topic, TopicLabel, TopicRelation)]
Rows = dict[str, list[dict[str, Any]]]
known: WeakKeyDictionary[Engine, tuple[Rows, thesaurus.Thesaurus]] = WeakKeyDictionary()


def load_topics(session: Session) -> None:
    """Write the topics that ship into an empty database, as `thesaurus.load_topics` does."""
    engine = session.get_bind()
    assert isinstance(engine, Engine)
    if engine not in known:
        thesaurus.load_topics(session)
        rows = {table.name: [dict(row._mapping) for row in session.execute(select(table))] for table in TABLES}
        known[engine] = rows, thesaurus.thesaurus(session)
        return
    rows, made = known[engine]
    for table in TABLES:
        session.execute(insert(table), rows[table.name])
        count_on(session, table)
    thesaurus._kept[engine] = thesaurus.Kept(made, thesaurus.stamp_of(session), time.monotonic())


def count_on(session: Session, table: Table) -> None:
    """Let the numbers that PostgreSQL gives go on behind those that were copied."""
    if session.get_bind().dialect.name == "postgresql" and "id" in table.columns:
        last = session.scalar(select(func.max(table.columns.id)))
        session.execute(text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {last})"))
