"""Rows of any table as JSON can hold them, and what the schema says of how they hang together."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Column, ColumnElement, Date, DateTime, Table, UniqueConstraint, and_, select
from sqlalchemy.engine import Connection

from network.extensions import db
from network.history.recording import encoded

Row = dict[str, Any]
Key = list[Any]
BORN = ("created_at", "proposed_at", "asked_at", "asked_on")
"""The columns that say since when a row is there, and are never written again."""


def table(name: str) -> Table:
    return db.metadata.tables[name]


def plain(row: Mapping[str, Any]) -> Row:
    """A row as JSON can hold it."""
    return {name: encoded(value) for name, value in row.items()}


def typed(of: Table, row: Mapping[str, Any]) -> Row:
    """The same as the database takes it."""
    return {name: of_type(of.c[name], value) for name, value in row.items()}


def of_type(column: Column[Any], value: Any) -> Any:
    if isinstance(value, str) and isinstance(column.type, DateTime):
        return datetime.fromisoformat(value)
    if isinstance(value, str) and isinstance(column.type, Date):
        return date.fromisoformat(value)
    return value


def keys(of: Table) -> list[str]:
    """The names of the columns of a primary key."""
    return [column.name for column in of.primary_key.columns]


def key_of(of: Table, row: Mapping[str, Any]) -> Key:
    return [row[name] for name in keys(of)]


def at(of: Table, key: Key) -> ColumnElement[bool]:
    """The condition that is true of the row with a key."""
    return and_(*(of.c[name] == value for name, value in zip(keys(of), key, strict=True)))


def quietly(of: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values to be written without what else is written with every change: when a row was changed last."""
    noted = {column.name: column for column in of.columns if column.onupdate is not None}
    return {**noted, **values}


def rows_where(connection: Connection, of: Table, *which: ColumnElement[bool]) -> list[Row]:
    """Some rows of a table, in the order of their keys."""
    query = select(*of.c).where(*which).order_by(*of.primary_key.columns)
    return [dict(row._mapping) for row in connection.execute(query)]


def row_at(connection: Connection, of: Table, key: Key) -> Row | None:
    return next(iter(rows_where(connection, of, at(of, key))), None)


@cache
def pointing(name: str) -> tuple[Column[Any], ...]:
    """The columns of all tables that point to a table's rows."""
    return tuple(
        column
        for one in db.metadata.sorted_tables
        for column in one.columns
        if any(key.column.table.name == name for key in column.foreign_keys)
    )


@cache
def once(name: str, column: str) -> tuple[tuple[str, ...], ...]:
    """The sets of columns, with this one among them, whose values no two rows of a table share."""
    of = table(name)
    sets = [keys(of)]
    sets += [[one.name for one in rule.columns] for rule in of.constraints if isinstance(rule, UniqueConstraint)]
    sets += [[one.name for one in index.columns] for index in of.indexes if index.unique]
    return tuple(tuple(names) for names in sets if column in names)


def foreign(of: Table) -> Iterator[tuple[Column[Any], Column[Any]]]:
    """The columns of a table that point elsewhere, each with where."""
    for column in of.columns:
        for key in column.foreign_keys:
            yield column, key.column


def cascades(column: Column[Any]) -> bool:
    """Whether a row goes with the one that its column points to."""
    return any(key.ondelete == "CASCADE" for key in column.foreign_keys)


def born(row: Mapping[str, Any]) -> datetime | None:
    """Since when a row is there, if it says so."""
    found = next((row[name] for name in BORN if row.get(name) is not None), None)
    if isinstance(found, date) and not isinstance(found, datetime):
        return datetime.combine(found, datetime.min.time())
    return found if isinstance(found, datetime) else None
