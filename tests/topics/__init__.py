"""The topics that ship, in the database of a test: written once, then copied; and what staff do to them."""

import time
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, Table, func, select, text
from sqlalchemy.orm import Session

from network.directory import thesaurus
from network.directory.models import Topic, TopicLabel, TopicRelation

TABLES = [model.__table__ for model in (Topic, TopicLabel, TopicRelation)]
known: WeakKeyDictionary[Engine, thesaurus.Thesaurus] = WeakKeyDictionary()


def load_topics(session: Session) -> None:
    """Write the topics that ship into an empty database, as `thesaurus.load_topics` does."""
    engine = session.get_bind()
    assert isinstance(engine, Engine)
    if engine not in known:
        thesaurus.load_topics(session)
        for table in TABLES:
            session.execute(text(f"CREATE TABLE written_{table.name} AS SELECT * FROM {table.name}"))
        known[engine] = thesaurus.thesaurus(session)
        return
    for table in TABLES:
        columns = ", ".join(column.name for column in table.columns)
        session.execute(text(f"INSERT INTO {table.name} ({columns}) SELECT {columns} FROM written_{table.name}"))
        count_on(session, table)
    thesaurus._kept[engine] = thesaurus.Kept(known[engine], thesaurus.stamp_of(session), time.monotonic())


def count_on(session: Session, table: Table) -> None:
    """Let the numbers that PostgreSQL gives go on behind those that were copied."""
    if session.get_bind().dialect.name == "postgresql" and "id" in table.columns:
        last = session.scalar(select(func.max(table.columns.id)))
        session.execute(text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {last})"))
