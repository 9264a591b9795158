"""How many partnerships are one-sided, and were after each round of asking: read without what else is known of them."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from network.directory.models import Link
from network.directory.queries import SHOWN
from network.introductions.models import ValueCheck
from network.introductions.partnerships import (
    TYPES,
    Pair,
    among_current,
    concluded,
    lasting,
    pair_of,
)
from network.introductions.value import Check, Partnership, begun, one_sided

IN_ONE = 500  # ids in one question


def answers(session: Session, *which: ColumnElement[bool]) -> dict[Pair, Partnership]:
    """What both sides of each partnership said of it, the newest first; ties are left out."""
    query = (
        select(
            ValueCheck.organization_id,
            ValueCheck.partner_id,
            ValueCheck.asked_on,
            ValueCheck.got,
            ValueCheck.gave,
            ValueCheck.worth,
        )
        .where(ValueCheck.partner_id.is_not(None), ValueCheck.answered_at.is_not(None), *which)
        .order_by(ValueCheck.asked_on.desc(), ValueCheck.id.desc())
    )
    said: defaultdict[Pair, defaultdict[int, list[Check]]] = defaultdict(lambda: defaultdict(list))
    for one, other, on, got, gave, worth in session.execute(query):
        assert other is not None
        said[pair_of(one, other)][one].append(Check(on, got, gave, worth))
    return {two: Partnership(*two, (), dict(checks)) for two, checks in said.items()}


def uneven_by_round(session: Session, rounds: int, *which: ColumnElement[bool]) -> list[tuple[date, int]]:
    """How many partnerships that stand today were one-sided after each of the last rounds, the oldest first."""
    found = answers(session, *which)
    days = sorted({begun(one.asked_on) for two in found.values() for said in two.checks.values() for one in said})
    uneven = {day: {two for two, known in found.items() if one_sided(until(known, day))} for day in days[-rounds:]}
    standing = standing_ones(session, set().union(*uneven.values()))
    return [(day, len(pairs & standing)) for day, pairs in uneven.items()]


def until(known: Partnership, day: date) -> Partnership:
    """A partnership as it was known after the round that began on a day."""
    checks = {side: [one for one in said if begun(one.asked_on) <= day] for side, said in known.checks.items()}
    return Partnership(known.one, known.other, (), checks)


def standing_ones(session: Session, pairs: Collection[Pair]) -> set[Pair]:
    """Those of some pairs that are partnerships today: tied, or by what lately came of an introduction."""
    ids = sorted({id for two in pairs for id in two})
    tied: set[Pair] = set()
    for start in range(0, len(ids), IN_ONE):
        some = ids[start : start + IN_ONE]
        ends = or_(Link.from_id.in_(some), Link.to_id.in_(some))
        query = select(Link.from_id, Link.to_id).where(ends, Link.type.in_(TYPES), *SHOWN)
        tied |= {pair_of(one, other) for one, other in session.execute(query)}
    found = set(pairs) & tied
    if left := set(pairs) - found:
        outcomes = concluded(session, None)
        found |= {two for two in left if lasting(outcomes.get(two, ()), date.today())}
    return among_current(session, found)
