"""Pairs of organisations that are probably one: searched for little by little, and kept up with what is changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, insert, or_, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from network import index
from network.clock import now
from network.directory.comparing import entries
from network.directory.duplicate_blocks import Blocks
from network.directory.duplicates import Level, Piece, Score, compared
from network.directory.models import Alike, Apart, Comparing, Link, Organization
from network.extensions import db

MOST = 20_000  # organisations that are compared with all others in one go
RESTS = 60  # times as long as a search took, before the next: the whole network has to be read for each
BATCH = 500
UNSAID = frozenset({"mail", "phone"})  # what the sentences don't repeat isn't kept

Pair = tuple[int, int]


@dataclass(frozen=True)
class Due:
    """Which organisations are to be compared with all others, and how far the search has come with that.

    In the `first` round all are compared one after the other: then a pair is looked at with the greater number.
    """

    ids: frozenset[int]
    sequence: int
    beyond: int | None
    first: bool

    def judges(self, pair: Pair) -> bool:
        """Whether this search decides about a pair."""
        return max(pair) in self.ids if self.first else not self.ids.isdisjoint(pair)


@dataclass(frozen=True)
class Found:
    """What a search found: each pair with its evidence."""

    due: Due
    pairs: dict[Pair, Score] = field(default_factory=dict)


def search(session: Session) -> str:
    """Compare what was changed since the last time, or goes on with the first round; says what came of it.

    Reads for as long as it takes without keeping anybody from writing, then writes in a moment.
    """
    began = monotonic()
    with db.engine.connect().execution_options(read_only=True) as connection:
        state = connection.execute(select(*Comparing.__table__.c)).first()
        if state and state.rests_until > now():
            return "rests"
        due = due_now(connection, state)
        pairs = dict(alike(connection, due)) if due.ids else {}
        for pair in tied(connection, pairs):
            pairs.pop(pair, None)
    if state and not due.ids and (due.sequence, due.beyond) == (state.sequence, state.beyond):
        return "nothing to compare"
    took = timedelta(seconds=monotonic() - began)
    return keep(session, Found(due, pairs), now() + RESTS * took)


def due_now(connection: Connection, state: Any) -> Due:
    """What comes next: the first round as far as it has not come, then what was written since."""
    written = index.written_since(connection, "organization", state.sequence, MOST) if state else None
    if state is None or written is None:
        return first_round(connection, index.sequence(connection), 0)
    if state.beyond is not None:
        return first_round(connection, state.sequence, state.beyond)
    return Due(frozenset(id for _number, id in written), written[-1][0] if written else state.sequence, None, False)


def first_round(connection: Connection, sequence: int, beyond: int) -> Due:
    query = select(Organization.id).where(Organization.id > beyond).order_by(Organization.id).limit(MOST)
    ids = connection.scalars(query).all()
    return Due(frozenset(ids), sequence, ids[-1] if len(ids) == MOST else None, True)


def alike(connection: Connection, due: Due) -> Iterator[tuple[Pair, Score]]:
    """The pairs that are probably one, each with the evidence."""
    ended = set(connection.scalars(select(Organization.id).where(Organization.standing == "ended")))
    blocks = Blocks(entry for entry in entries(connection) if entry.id not in ended)
    for mine in blocks.known:
        if mine.entry.id in due.ids:
            for at in blocks.near(mine):
                other = blocks.known[at]
                pair = ordered(mine.entry.id, other.entry.id)
                looked_at = due.first and other.entry.id > mine.entry.id
                if other is mine or looked_at:
                    continue
                first, second = (mine, other) if mine.entry.id == pair[0] else (other, mine)
                scored = compared(first, second, blocks.crowds)
                if scored.level is Level.PROBABLE:
                    yield pair, scored


def tied(connection: Connection, pairs: Iterable[Pair]) -> set[Pair]:
    """Those of some pairs that are tied: who is tied to another is known to be another."""
    ids, found = sorted({id for pair in pairs for id in pair}), set[Pair]()
    for start in range(0, len(ids), BATCH):
        ends = select(Link.from_id, Link.to_id).where(Link.from_id.in_(ids[start : start + BATCH]))
        found.update(ordered(*row) for row in connection.execute(ends))
    return found


def ordered(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def keep(session: Session, found: Found, rests_until: datetime) -> str:
    """Let the pairs stand that were found; those that this search judged and did not find are alike no more."""
    known = {(row.one_id, row.other_id): row for row in session.execute(select(*Alike.__table__.c))}
    gone = [row.id for pair, row in known.items() if found.due.judges(pair) and pair not in found.pairs]
    for start in range(0, len(gone), BATCH):
        session.execute(delete(Alike).where(Alike.id.in_(gone[start : start + BATCH])))
    there = present(session, {id for pair in found.pairs for id in pair})
    rows = [
        {"one_id": pair[0], "other_id": pair[1], "evidence": packed(score), "found_at": now()}
        for pair, score in sorted(found.pairs.items())
        if pair not in known and there.issuperset(pair)
    ]
    if rows:
        session.execute(insert(Alike), rows)
    state = session.get(Comparing, 1) or Comparing(id=1)
    state.sequence, state.beyond, state.rests_until = found.due.sequence, found.due.beyond, rests_until
    session.add(state)
    session.flush()
    return f"{len(found.due.ids)} compared, {len(rows)} pairs found, {len(gone)} alike no more"


def present(session: Session, ids: set[int]) -> set[int]:
    """Those of some organisations that are still there."""
    wanted, found = sorted(ids), set[int]()
    for start in range(0, len(wanted), BATCH):
        found.update(session.scalars(select(Organization.id).where(Organization.id.in_(wanted[start : start + BATCH]))))
    return found


def packed(score: Score) -> list[list[Any]]:
    """Evidence as JSON can hold it."""
    blank = ("", "")
    return [[one.key, one.weight, *(blank if one.key in UNSAID else (one.one, one.other))] for one in score.pieces]


def unpacked(evidence: list[list[Any]]) -> Score:
    return Score(tuple(Piece(*piece) for piece in evidence))


def said_apart(one: Any, other: Any) -> ColumnElement[bool]:
    """Whether somebody said of two organisations that they are two, as a condition on two columns."""
    both = and_(Apart.one_id == one, Apart.other_id == other), and_(Apart.one_id == other, Apart.other_id == one)
    return exists().where(or_(*both))


def say_apart(session: Session, one: int, other: int) -> Apart:
    """Never ask again whether two organisations are one."""
    first, second = ordered(one, other)
    known = session.scalars(select(Apart).where(Apart.one_id == first, Apart.other_id == second)).first()
    made = known or Apart(one_id=first, other_id=second)
    session.add(made)
    session.flush()
    return made
