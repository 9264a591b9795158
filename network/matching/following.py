"""An index that follows the database: what changed since it last looked, or all of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from network import index as search
from network.directory.models import Link
from network.index import Change
from network.matching import keeping
from network.matching.index import Index
from network.matching.models import MatchingProfile
from network.matching.packing import VERSION, unpack
from network.matching.values import Context, Profile

TOO_MANY = 5000  # changes after which the index is built anew
LATER = 20_000  # items that were put in since it was built, after which it is built anew


class Follower:
    """Keeps the index of this process as the session sees the database; one question at a time."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.index: Index | None = None
        self.sequence = -1
        self.epoch = -1
        self.ties: dict[int, set[int]] = {}
        self.remembered: dict[Any, Any] = {}

    @contextmanager
    def following(self, session: Session) -> Iterator[Index]:
        """The index as the session sees the database."""
        with self.lock:
            yield self.follow(session)

    def follow(self, session: Session) -> Index:
        """Bring the index up to date: what changed since, or all of it."""
        connection = session.connection()
        current = search.sequence(connection)
        if self.index is not None and current == self.sequence:
            return self.index
        self.remembered.clear()
        if self.index is None or self.epoch != keeping.epoch(session) or self.index.changed > LATER:
            return self.build(session, current)
        later = select(Change.noun_id).where(Change.sequence > self.sequence, Change.noun == "organization")
        changed = set(session.scalars(later.limit(TOO_MANY)))
        known = session.scalar(select(func.count()).where(Change.sequence == self.sequence))
        if not known or 0 in changed or len(changed) >= TOO_MANY:
            return self.build(session, current)
        self.change(session, self.index, changed)
        self.sequence = current
        return self.index

    def build(self, session: Session, current: int) -> Index:
        """Read everything anew."""
        connection = session.connection()
        near = keeping.near(session)
        self.epoch, counts = keeping.counts(session, near)
        packed = keeping.stored(connection)
        contexts = {context.id: context for context, _row in keeping.contexts(connection, None)}
        known = [contexts.get(int(id), Context(int(id))) for id in packed.organizations]
        self.index = Index(counts, packed, known)
        for context in known:
            if context.id not in contexts:
                self.index.remove(context.id)
        self.ties = self.tied(session, None)
        self.sequence = current
        return self.index

    def change(self, session: Session, index: Index, ids: Collection[int]) -> None:
        """Take in what some organisations say now."""
        profiles = {one.context.id: one for one in self.profiles(session, list(ids))}
        for id in ids:
            if id in profiles:
                index.put(profiles[id])
            else:
                index.remove(id)
        for id in ids:
            for other in self.ties.pop(id, ()):
                self.ties.get(other, set()).discard(id)
        for one, others in self.tied(session, list(ids)).items():
            self.ties.setdefault(one, set()).update(others)

    @staticmethod
    def tied(session: Session, ids: Sequence[int] | None) -> dict[int, set[int]]:
        """Who works with whom, both ways; memberships count as a network in common instead."""
        query = select(Link.from_id, Link.to_id).where(
            Link.confirmed_on.is_not(None), Link.ended_on.is_(None), Link.type != "member_of"
        )
        if ids is not None:
            query = query.where(or_(Link.from_id.in_(ids), Link.to_id.in_(ids)))
        found: defaultdict[int, set[int]] = defaultdict(set)
        for one, other in session.execute(query):
            found[one].add(other)
            found[other].add(one)
        return dict(found)

    @staticmethod
    def profiles(session: Session, ids: Sequence[int]) -> list[Profile]:
        """The profiles of those organisations that are matched and have any."""
        connection = session.connection()
        contexts = {context.id: context for context, _row in keeping.contexts(connection, ids)}
        model = MatchingProfile
        query = select(model.organization_id, model.items, model.words).where(model.organization_id.in_(ids))
        query = query.where(model.version == VERSION)
        return [
            unpack(contexts[row.organization_id], row.items, row.words)
            for row in session.execute(query)
            if row.organization_id in contexts
        ]

    def profile(self, session: Session, organization_id: int) -> Profile | None:
        """The profile of one organisation, nothing when it isn't matched."""
        return next(iter(self.profiles(session, [organization_id])), None)
