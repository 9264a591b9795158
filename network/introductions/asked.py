"""Whom it is time to ask what partnerships are worth, and what can be answered today; nothing here changes anything."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session

from network.accounts.models import Role
from network.accounts.present import hashed
from network.clock import now
from network.directory.models import Link, Organization
from network.directory.queries import SHOWN
from network.hats import Hat
from network.introductions.models import Party, ValueCheck
from network.introductions.partnerships import CURRENT, LASTING, REMEMBERED, TYPES
from network.introductions.value import SETTLED, begun

MOST = 200  # organisations in one tick
GOOD_FOR = timedelta(days=60)


def due(session: Session, today: date) -> Sequence[Organization]:
    """Current partners that were not asked in this round, and have an admin."""
    query = to_ask(today).where(answerable()).order_by(Organization.id)
    return session.scalars(query.limit(MOST)).all()


def without_admin(session: Session, today: date) -> Sequence[Organization]:
    """Current partners of whom nobody can be asked in this round, by name: they have no admin."""
    return session.scalars(to_ask(today).where(~answerable()).order_by(Organization.name, Organization.id)).all()


def answerable() -> ColumnElement[bool]:
    return exists().where(Role.organization_id == Organization.id, Role.role == Hat.ADMIN)


def to_ask(today: date) -> Select[Organization]:
    """The question for current partners that were not asked in this round."""
    before = today - SETTLED
    tied = exists().where(
        or_(Link.from_id == Organization.id, Link.to_id == Organization.id),
        Link.type.in_(TYPES),
        *SHOWN,
        Link.confirmed_on <= before,
    )
    since = now() - REMEMBERED
    helped = exists().where(
        Party.organization_id == Organization.id, Party.outcome.in_(LASTING), Party.outcome_at >= since
    )
    contributes = (Organization.category == "partner") & (Organization.created_at <= now() - SETTLED)
    asked = exists().where(ValueCheck.organization_id == Organization.id, ValueCheck.asked_on >= begun(today))
    return select(Organization).where(Organization.standing == CURRENT, or_(tied, helped, contributes), ~asked)


Asked = list[tuple[ValueCheck, Organization | None]]
"""Checks, each with the partner that it is about; None for our programmes."""


def asked_by(session: Session, token: str) -> Asked:
    """The checks that a mailed link opens today."""
    return standing(session, ValueCheck.token_hash == hashed(token)) if token else []


def asked_of(session: Session, organization: Organization) -> Asked:
    """The checks that the admins of an organisation may answer today, without a mail: those of its last round."""
    mine = ValueCheck.organization_id == organization.id
    last = select(func.max(ValueCheck.asked_on)).where(mine).scalar_subquery()
    return standing(session, mine, ValueCheck.asked_on == last)


def standing(session: Session, *which: ColumnElement[bool]) -> Asked:
    query = select(ValueCheck, Organization).outerjoin(Organization, Organization.id == ValueCheck.partner_id)
    stands = or_(ValueCheck.partner_id.is_(None), Organization.standing == CURRENT)
    query = query.where(*which, lately(), stands)
    rows = session.execute(query.order_by(ValueCheck.partner_id.is_(None), ValueCheck.id)).all()
    return [(check, partner) for check, partner in rows]


def asked_now(session: Session, ids: Collection[int]) -> set[int]:
    """Which of some organisations were asked lately and have answered nothing yet."""
    answered = func.count(ValueCheck.answered_at)
    mine = select(ValueCheck.organization_id).where(ValueCheck.organization_id.in_(ids), lately())
    return set(session.scalars(mine.group_by(ValueCheck.organization_id).having(answered == 0)))


def lately() -> ColumnElement[bool]:
    """Whether a check can be answered still."""
    return ValueCheck.asked_on >= now().date() - GOOD_FOR
