"""Going back along a journal: every row as it was, and what can't be put back said with why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from network.history.models import Edit
from network.merging.journal import Step, write
from network.merging.rows import (
    Key,
    Row,
    at,
    born,
    foreign,
    key_of,
    keys,
    plain,
    quietly,
    row_at,
    rows_where,
    table,
    typed,
)

CHANGED, REMOVED, TAKEN, ALONE = "changed", "removed", "taken", "alone"
"""Why something could not be put back: it was changed since, is no longer there, its place is taken, or what it belongs
to is no longer there."""


@dataclass
class Reversal:
    """Takes the steps of a journal back, the last one first. `left` says what stays, as (table, why).

    Rows that came after `since` are others, though they may have been given the number of one that went.
    """

    session: Session
    since: datetime
    last_edit: int
    left: list[list[str]] = field(default_factory=list)
    met: set[int] = field(default_factory=set)
    numbers: dict[tuple[str, int], int] = field(default_factory=dict)  # rows that came back under another number

    def __post_init__(self) -> None:
        self.connection = self.session.connection()
        self.ways: dict[str, Callable[[Step], None]] = {
            "led": self.lead_back,
            "changed": self.change_back,
            "dropped": self.bring_back,
            "added": self.take_away,
        }

    def back(self, steps: Sequence[Step]) -> None:
        for step in reversed(steps):
            self.ways[step["did"]](step)

    def leave(self, name: str, why: str) -> None:
        self.left.append([name, why])

    def lead_back(self, step: Step) -> None:
        """Let rows point again to what they pointed to, as far as they still point to what the merge said."""
        of = table(step["table"])
        column = of.c[step["column"]]
        (target,) = (there.table.name for here, there in foreign(of) if here is column)
        start, end = (self.number(target, step[name]) for name in ("start", "end"))
        here = {tuple(key_of(of, row)): row for row in rows_where(self.connection, of, column == end)}
        found = []
        for key in step["keys"]:
            now = tuple(end if name == column.name else part for name, part in zip(keys(of), key, strict=True))
            row = here.get(now)
            if row is None:
                self.leave(of.name, REMOVED if row_at(self.connection, of, list(now)) is None else CHANGED)
            elif self.later(row):
                self.leave(of.name, REMOVED)
            else:
                found.append(list(now))
                if of.name == "link":
                    self.met.update((row["from_id"], row["to_id"]))
        if found and not self.tried(partial(write, self.connection, column, found, start)):
            for one in found:
                if not self.tried(partial(write, self.connection, column, [one], start)):
                    self.leave(of.name, TAKEN)

    def change_back(self, step: Step) -> None:
        of = table(step["table"])
        row = row_at(self.connection, of, step["key"])
        if row is None or self.later(row):
            self.leave(of.name, REMOVED)
        elif plain({name: row[name] for name in step["after"]}) != step["after"]:
            self.leave(of.name, CHANGED)
        else:
            values = self.pointing_right(of, typed(of, step["before"]))
            if values is None or not self.tried(lambda: self.put(of, step["key"], values)):
                self.leave(of.name, ALONE if values is None else TAKEN)

    def put(self, of: Table, key: Key, values: Row | None) -> None:
        self.connection.execute(update(of).where(at(of, key)).values(quietly(of, values or {})))

    def bring_back(self, step: Step) -> None:
        """Put a row back that was dropped, under its own number if that is free."""
        of = table(step["table"])
        row = self.pointing_right(of, typed(of, step["row"]))
        if row is None:
            self.leave(of.name, ALONE)
            return
        key = key_of(of, row)
        numbered = keys(of) == ["id"]
        if numbered and row_at(self.connection, of, key) is not None:
            row.pop("id")
        if not self.tried(lambda: self.insert(of, row, key)):
            self.leave(of.name, TAKEN)
        elif of.name == "link":
            self.met.update((row["from_id"], row["to_id"]))

    def insert(self, of: Table, row: Row, key: Key) -> None:
        done = self.connection.execute(insert(of).values(row))
        if keys(of) == ["id"] and "id" not in row:
            new = (done.inserted_primary_key or key)[0]
            self.numbers[of.name, key[0]] = new
            same = (Edit.thing == of.name, Edit.thing_id == key[0], Edit.id <= self.last_edit)
            self.connection.execute(update(Edit).where(*same).values(thing_id=new))

    def take_away(self, step: Step) -> None:
        of = table(step["table"])
        row = row_at(self.connection, of, key_of(of, typed(of, step["row"])))
        if row is None or any(plain(row)[name] != value for name, value in step["row"].items()):
            self.leave(of.name, REMOVED if row is None else CHANGED)
        else:
            self.connection.execute(delete(of).where(at(of, key_of(of, row))))

    def number(self, name: str, id: int) -> int:
        """The number that a row has now."""
        return self.numbers.get((name, id), id)

    def later(self, row: Row) -> bool:
        """Whether a row came after the merge."""
        since = born(row)
        return since is not None and since > self.since

    def pointing_right(self, of: Table, row: Row) -> Row | None:
        """A row that points to nothing but what is there; None when it can't be without what is gone."""
        for column, there in foreign(of):
            value = row.get(column.name)
            if value is None:
                continue
            value = row[column.name] = self.number(there.table.name, value)
            if self.connection.scalar(select(there).where(there == value)) is None:
                if not column.nullable:
                    return None
                row[column.name] = None
        return row

    def tried(self, do: Callable[[], Any]) -> bool:
        """Whether something could be written; if not, nothing of it is."""
        try:
            with self.connection.begin_nested():
                do()
        except IntegrityError:
            return False
        return True
