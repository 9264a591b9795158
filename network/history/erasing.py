"""Erasing for good: values out of the history, words out of every text, and no byte left of what was deleted."""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import JSON, ColumnElement, Engine, String, Table, Text, cast, delete, false, func, or_, select, update
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from network import index
from network.history.models import Edit, EditValue, PersonalValue
from network.logs import log

SHORTEST = 5  # letters: a shorter word stands in too many texts to say whom it means
SMALL = 64 * 2**20  # bytes: PostgreSQL writes tables up to this size anew, which locks them for a moment
STATISTICS = "pg_catalog.pg_statistic"  # where PostgreSQL keeps the commonest values of every column
TRIES = 3


def telling(words: Iterable[str]) -> tuple[str, ...]:
    """The words by which somebody is recognised in a text: an address, a telephone number, a name in full."""
    plain = {" ".join(word.split()) for word in words}
    return tuple(sorted(word for word in plain if len(word) >= SHORTEST and (" " in word or not word.isalpha())))


def mentions(column: Any, words: Collection[str]) -> ColumnElement[bool]:
    """Whether a column of text or JSON says any of some words, in small or capital letters."""
    text = cast(column, Text)
    spelled = {way for word in words for way in (word, json.dumps(word)[1:-1])}
    spelled |= {way for word in words for way in (word.lower(), json.dumps(word.lower())[1:-1])}
    found = [func.lower(text).contains(way.lower(), autoescape=True) for way in spelled]
    return or_(false(), *found, *(text.contains(way, autoescape=True) for way in spelled))


def without(value: Any, words: Collection[str]) -> Any:
    """The same value with every text in it emptied that says one of some words."""
    if isinstance(value, str):
        return "" if any(word.lower() in value.lower() for word in words) else value
    if isinstance(value, dict):
        return {name: without(one, words) for name, one in value.items()}
    if isinstance(value, list):
        return [without(one, words) for one in value]
    return value


def forget_things(session: Session, thing: str, ids: Collection[int]) -> None:
    """Take out of the history what was said about some things. That and when they were changed, and by whom, stays."""
    about = select(Edit.id).where(Edit.thing == thing, Edit.thing_id.in_(ids))
    session.execute(delete(PersonalValue).where(PersonalValue.edit_id.in_(about)))


def forget_words(session: Session, words: Collection[str], personal: bool) -> None:
    """Take every value out of the history that says one of some words; the personal ones, or the others."""
    values: Any = PersonalValue if personal else EditValue
    session.execute(delete(values).where(or_(mentions(values.before, words), mentions(values.after, words))))


def things_that_said(session: Session, thing: str, field: str, value: str) -> set[int]:
    """The things of a kind whose field, in any change that the history knows, said a value."""
    said = or_(mentions(PersonalValue.before, [value]), mentions(PersonalValue.after, [value]))
    query = select(Edit.thing_id).join(PersonalValue, PersonalValue.edit_id == Edit.id)
    return set(session.scalars(query.where(Edit.thing == thing, PersonalValue.field == field, said)))


def values_of(session: Session, thing: str, fields: Collection[str], ids: Collection[int] | None = None) -> set[str]:
    """The texts that some fields of things of a kind ever said, as far as the history knows."""
    query = select(PersonalValue.before, PersonalValue.after).join(Edit, PersonalValue.edit_id == Edit.id)
    query = query.where(Edit.thing == thing, PersonalValue.field.in_(fields))
    if ids is not None:
        query = query.where(Edit.thing_id.in_(ids))
    return {text for pair in session.execute(query) for text in pair if isinstance(text, str) and text}


def empty_texts(session: Session, table: Table, names: Sequence[str], words: Collection[str]) -> int:
    """Empty the columns named of a table wherever they say one of some words; how many rows that were."""
    (id,) = table.primary_key.columns
    columns = [table.c[name] for name in names]
    rows = session.execute(select(id, *columns).where(or_(*(mentions(column, words) for column in columns)))).all()
    for row in rows:
        emptied = {name: without(value, words) for name, value in zip(names, row[1:], strict=True)}
        session.execute(update(table).where(id == row[0]).values(emptied))
    return len(rows)


def leave_no_bytes(engine: Engine, tables: Iterable[Table]) -> None:
    """See to it that nothing of what was deleted and committed stays in the files of the database.

    SQLite: merges the text index and empties the write-ahead log (what is deleted is overwritten by `secure_delete`).
    PostgreSQL: writes the tables anew; of a large one it only gives the space free, which is overwritten in time.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        try:
            index.optimize(connection)
            truncate(connection) if connection.dialect.name == "sqlite" else rewrite(connection, tables)
        except DBAPIError as error:
            log.error("what was erased may still stand in the database's files: %s", type(error.orig).__name__)


def empty_log(engine: Engine) -> None:
    """Empty SQLite's write-ahead log, where one was left because somebody read for long."""
    if engine.dialect.name == "sqlite":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def truncate(connection: Any) -> None:
    """Bring the write-ahead log into the database and empty it; a long reader may keep us from it."""
    for _ in range(TRIES):
        busy, _pages, _moved = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
        if not busy:
            return
    log.warning("the write-ahead log could not be emptied: another program reads the database; it is tried again")


def rewrite(connection: Any, tables: Iterable[Table]) -> None:
    """Write tables anew, with what the planner remembers of them; one that others hold for long stays as it is."""
    connection.exec_driver_sql("SET lock_timeout = '5s'")
    quoted = connection.dialect.identifier_preparer.quote
    steps = [(quoted(table.name), table) for table in tables]
    for name, table in (*steps, (STATISTICS, None)):
        size = connection.exec_driver_sql("SELECT pg_total_relation_size(%s::regclass)", (name,)).scalar()
        full = "FULL, " if size <= SMALL else ""
        try:
            if table is not None and not connection.exec_driver_sql(f"SELECT EXISTS (SELECT FROM {name})").scalar():
                forget_statistics(connection, name, table)
            connection.exec_driver_sql(f"VACUUM ({full}ANALYZE) {name}")
        except OperationalError as error:
            log.warning("the table %s could not be written anew: %s", name, type(error.orig).__name__)
    connection.exec_driver_sql("RESET lock_timeout")


def forget_statistics(connection: Any, name: str, table: Table) -> None:
    """Let the planner forget the values of an empty table: ANALYZE keeps the last ones that it saw, a new type doesn't.

    The type given is the one that the column has. https://www.postgresql.org/docs/current/sql-altertable.html
    """
    texts = [column for column in table.columns if isinstance(column.type, String | JSON)]
    quoted = connection.dialect.identifier_preparer.quote
    same = [f"ALTER {quoted(one.name)} TYPE {one.type.compile(connection.dialect)}" for one in texts]
    if same:
        connection.exec_driver_sql(f"ALTER TABLE {name} {', '.join(same)}")
