"""Changing rows so that it can be taken back: each step is written down with what stood there before.

A journal is a list of steps, in the order in which they were done, as JSON can hold them:

led       rows of `table` (by their `keys` before) whose `column` pointed to `start` point to `end`
changed   the row of `table` with `key`: some columns said `before` and say `after`
dropped   a whole `row` of `table`
added     the same
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, bindparam, delete, insert, update
from sqlalchemy.engine import Connection

from network.merging.moves import ALIKE, MOVES, How, Move, better
from network.merging.rows import (
    Key,
    Row,
    at,
    cascades,
    key_of,
    keys,
    once,
    plain,
    pointing,
    quietly,
    row_at,
    rows_where,
    table,
)

Step = dict[str, Any]
ROOT = "organization"


@dataclass
class Journal:
    """What is done to rows in one transaction; `met` gathers the organisations at the other ends of ties."""

    connection: Connection
    steps: list[Step] = field(default_factory=list)
    met: set[int] = field(default_factory=set)

    def lead(self, name: str, start: int, end: int) -> None:
        """Let all that points to one row of a table point to another; what would stand there twice is dropped."""
        for column in pointing(name):
            rule = MOVES.get(f"{column.table.name}.{column.name}", Move()) if name == ROOT else Move()
            self.lead_column(column, start, end, rule)

    def lead_column(self, column: Column[Any], start: int, end: int, rule: Move) -> None:
        of = table(column.table.name)
        if rule.how == How.FORGET:
            self.connection.execute(delete(of).where(column == start))
            return
        rows = rows_where(self.connection, of, column == start)
        self.note_ends(of.name, rows)
        stay = []
        twins = Twins(self.connection, column, end)
        for row in rows:
            twin = twins.of(row)
            if rule.how == How.DROP or (rule.other and row[rule.other] == end):
                self.drop(of.name, row)
            elif twin is None:
                stay.append(row)
            elif better(of.name, row, twin):
                self.replace(of.name, twin, row)
                stay.append(row)
            else:
                self.replace(of.name, row, twin)
        self.point(column, stay, start, end)

    def point(self, column: Column[Any], rows: Sequence[Row], start: int, end: int) -> None:
        """Let some rows point elsewhere."""
        of = table(column.table.name)
        if not rows:
            return
        found = [key_of(of, row) for row in rows]
        write(self.connection, column, found, end)
        said = {"did": "led", "table": of.name, "column": column.name, "start": start, "end": end}
        self.steps.append({**said, "keys": found})

    def replace(self, name: str, row: Row, twin: Row) -> None:
        """Drop a row for another that says the same; what pointed to it points to that."""
        if len(keys(table(name))) == 1 and isinstance(key_of(table(name), row)[0], int):
            self.lead(name, key_of(table(name), row)[0], key_of(table(name), twin)[0])
        self.drop(name, row)

    def drop(self, name: str, row: Row) -> None:
        """Take a row away with all that hangs on it."""
        of = table(name)
        key = key_of(of, row)
        for column in pointing(name):
            hanging = rows_where(self.connection, column.table, column == key[0])
            for one in hanging:
                if cascades(column):
                    self.drop(column.table.name, one)
                else:
                    self.change(column.table.name, key_of(column.table, one), {column.name: None})
        self.connection.execute(delete(of).where(at(of, key)))
        self.steps.append({"did": "dropped", "table": name, "row": plain(row)})

    def change(self, name: str, key: Key, values: Mapping[str, Any]) -> None:
        """Let some columns of a row say something else."""
        of = table(name)
        row = row_at(self.connection, of, key)
        if row is None:
            return
        before, after = plain({name: row[name] for name in values}), plain(values)
        if before == after:
            return
        self.connection.execute(update(of).where(at(of, key)).values(quietly(of, values)))
        self.steps.append({"did": "changed", "table": name, "key": key, "before": before, "after": after})

    def add(self, name: str, values: Mapping[str, Any]) -> None:
        """Add a row, said whole."""
        self.connection.execute(insert(table(name)).values(dict(values)))
        self.steps.append({"did": "added", "table": name, "row": plain(values)})

    def note_ends(self, name: str, rows: Iterable[Row]) -> None:
        if name == "link":
            self.met.update(id for row in rows for id in (row["from_id"], row["to_id"]))

    def dropped(self, name: str) -> list[Row]:
        """The rows of a table that were taken away."""
        return [step["row"] for step in self.steps if step["did"] == "dropped" and step["table"] == name]


class Twins:
    """The rows that point to the one that stays, by what no two rows may share."""

    def __init__(self, connection: Connection, column: Column[Any], end: int) -> None:
        name = column.table.name
        self.end, self.column = end, column.name
        self.sets = list(once(name, column.name))
        if name in ALIKE and pointing_home(column):
            self.sets.append((column.name, *ALIKE[name]))
        rows = rows_where(connection, table(name), column == end) if self.sets else []
        self.known = {(names, self.said(names, row)): row for row in reversed(rows) for names in self.sets}

    def said(self, names: tuple[str, ...], row: Row) -> tuple[Any, ...]:
        return tuple(self.end if name == self.column else row[name] for name in names)

    def of(self, row: Row) -> Row | None:
        """The row that says what another would, once it points there."""
        for names in self.sets:
            said = self.said(names, row)
            if None not in said and (names, said) in self.known:
                return self.known[names, said]
        return None


def pointing_home(column: Column[Any]) -> bool:
    """Whether a column says whose a row is."""
    return column.name == "organization_id"


def write(connection: Connection, column: Column[Any], found: Sequence[Key], value: int) -> None:
    """Let the rows with some keys point to a row."""
    of = table(column.table.name)
    names = keys(of)
    which = (of.c[name] == bindparam(f"key_{name}") for name in names)
    rows = [{f"key_{name}": part for name, part in zip(names, key, strict=True)} for key in found]
    connection.execute(update(of).where(*which).values(quietly(of, {column.name: value})), rows)
