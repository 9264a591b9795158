"""What was written, in order, so that every process knows when what it remembers is no longer true."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from secrets import randbelow
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy.engine import Connection, Transaction

LAST = "SELECT max(sequence) FROM change"
LOCK = "SELECT pg_advisory_xact_lock(7261650)"
GAP = 2**20
KEPT = 1024  # answers, and facet counts, that a process remembers of one state


@dataclass(eq=False)
class Memory:
    """What a process remembers of one state of the index."""

    sequence: int
    kept: dict[Any, Any] = field(default_factory=dict)
    codes: dict[str, tuple[str, Any]] | None = None  # what each facet character stands for
    words: dict[str, int] | None = None  # how many documents have each word

    def keep(self, key: Any, value: Any) -> Any:
        """Remember `value` and give it back; the oldest goes when there are too many."""
        if len(self.kept) >= KEPT:
            self.kept.pop(next(iter(self.kept)), None)
        self.kept[key] = value
        return value


memories: WeakKeyDictionary[Any, Memory] = WeakKeyDictionary()
seen: WeakKeyDictionary[Connection, tuple[Transaction | None, Memory]] = WeakKeyDictionary()


def sequence(connection: Connection) -> int:
    """A number that is another after every committed write, on every process; it only grows."""
    return connection.exec_driver_sql(LAST).scalar() or 0


def memory(connection: Connection) -> Memory:
    """What this process remembers of the state that the connection sees; looked up once in a transaction."""
    transaction = connection.get_transaction()
    during, known = seen.get(connection, (None, None))
    if known is not None and transaction is not None and during is transaction:
        return known
    current = sequence(connection)
    pool = connection.engine.pool
    known = memories.get(pool)
    if known is None or known.sequence != current:
        known = memories[pool] = Memory(current)
    seen[connection] = transaction, known
    return known


def forget() -> None:
    """Remember nothing any more."""
    memories.clear()
    seen.clear()


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
    seen.pop(connection, None)
    first = sequence(connection) + 1 + randbelow(GAP)
    rows = [(first + i, noun, id) for i, id in enumerate(ids)]
    if rows:
        marks = "?, ?, ?" if connection.dialect.name == "sqlite" else "%s, %s, %s"
        connection.exec_driver_sql(f"INSERT INTO change (sequence, noun, noun_id) VALUES ({marks})", rows)
