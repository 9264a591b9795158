"""What was written, in order, so that every process knows when what it remembers is no longer true."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from secrets import randbelow
from typing import Any
from weakref import WeakKeyDictionary, ref

from sqlalchemy import delete, func, select
from sqlalchemy.engine import Connection

from network.index.models import Change

LAST = "SELECT max(sequence) FROM change"
LOCK = "SELECT pg_advisory_xact_lock(7261650)"
GAP = 2**20
Words = dict[int, tuple[str, "array[int]"]]  # by length: the words, a line each, and how many documents have each


class Shelf(dict[Any, Any]):
    """A few things remembered by key; the oldest goes when there are too many."""

    def __init__(self, most: int) -> None:
        self.most = most

    def keep(self, key: Any, value: Any) -> Any:
        """Remember `value` and give it back."""
        if len(self) >= self.most:
            self.pop(next(iter(self)), None)
        self[key] = value
        return value


@dataclass(eq=False)
class Memory:
    """What a process remembers of one state of the index."""

    sequence: int
    answers: Shelf = field(default_factory=lambda: Shelf(1024))
    counts: Shelf = field(default_factory=lambda: Shelf(1024))  # totals, facets and first rows, for any place
    rings: Shelf = field(default_factory=lambda: Shelf(4096))  # how far one must look, by question and region
    shelves: dict[str, Shelf] = field(default_factory=dict)  # what others remember for as long
    codes: dict[str, tuple[str, Any]] | None = None  # what each facet character stands for
    words: Words | None = None


memories: WeakKeyDictionary[Any, Memory] = WeakKeyDictionary()
SEEN = "index"  # in the information of a connection: the transaction that last looked, and what it may remember


def sequence(connection: Connection) -> int:
    """A number that is another after every committed write, on every process; it only grows."""
    return connection.exec_driver_sql(LAST).scalar() or 0


def seen(connection: Connection) -> int:
    """The sequence of the state that the connection sees; looked up once in a transaction."""
    return memory(connection).sequence


def memory(connection: Connection) -> Memory:
    """What this process remembers of the state that the connection sees; looked up once in a transaction."""
    transaction = connection.get_transaction()
    during, before = connection.info.get(SEEN, (None, None))
    pool = connection.engine.pool
    known = memories.get(pool)
    looked = transaction is not None and during is not None and during() is transaction
    if looked and known is not None and before is known:
        return known
    current = sequence(connection)
    if known is None or known.sequence != current:
        known = memories[pool] = Memory(current)
    connection.info[SEEN] = transaction and ref(transaction), known
    return known


def shelf(connection: Connection, name: str, most: int) -> Shelf:
    """A place to remember up to `most` things read of the database, until anything is written that the index notes.

    Only what every write of is noted may stand there: organisations, their listings, links and topics.
    """
    shelves = memory(connection).shelves
    found = shelves.get(name)
    if found is None:
        found = shelves[name] = Shelf(most)
    return found


def forget() -> None:
    """Remember nothing any more."""
    memories.clear()


def await_turn(connection: Connection) -> None:
    """Let one transaction write at a time, so that sequence and commits have the same order (SQLite does so itself)."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(LOCK)


def note(connection: Connection, noun: str, ids: Iterable[int]) -> None:
    """Record that the things named were written or removed, within the caller's transaction.

    The first number of a call leaves a random gap, so that a number of a transaction that was taken back, and that this
    process may remember things by, never comes again.
    """
    await_turn(connection)
    connection.info.pop(SEEN, None)
    first = sequence(connection) + 1 + randbelow(GAP)
    rows = [(first + i, noun, id) for i, id in enumerate(ids)]
    if rows:
        marks = "?, ?, ?" if connection.dialect.name == "sqlite" else "%s, %s, %s"
        connection.exec_driver_sql(f"INSERT INTO change (sequence, noun, noun_id) VALUES ({marks})", rows)


def written_since(connection: Connection, noun: str, before: int, most: int) -> list[tuple[int, int]] | None:
    """What of a noun was written after a number, as (number, id) in order, `most` of them; None when forgotten."""
    changes = select(Change.sequence, Change.noun_id).where(Change.sequence > before, Change.noun == noun)
    found = [(row[0], row[1]) for row in connection.execute(changes.order_by(Change.sequence).limit(most))]
    forgotten = found and before and before < (connection.scalar(select(func.min(Change.sequence))) or 0)
    return None if forgotten else found


def forget_changes(connection: Connection, before: datetime) -> int:
    """Forget what was written before a time, which every process has followed by then; never the last of all."""
    old = delete(Change).where(Change.at < before, Change.sequence < sequence(connection))
    return connection.execute(old).rowcount
