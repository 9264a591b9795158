"""Who can be introduced to whom now: open and full inboxes, blocks, pauses, and those who know both."""

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import combinations

from sqlalchemy import BindParameter, Select, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from network.clock import now
from network.directory.models import Link, Organization
from network.directory.queries import PUBLIC, SHOWN
from network.introductions.models import Block, Inbox, Introduction, Party
from network.introductions.states import ACTIVE, ASKED, PAUSE, PAUSES, WAITING

FULL = 3  # introductions that wait for an organisation's answer

# The questions about one organisation, built once: every page of matches asks them several times.
ID: BindParameter[int] = bindparam("id")
MINE, THEIRS = aliased(Party), aliased(Party)
OTHERS = (
    select(THEIRS.organization_id)
    .join(MINE, MINE.introduction_id == THEIRS.introduction_id)
    .where(MINE.organization_id == ID, THEIRS.organization_id != ID)
)
MEETING = OTHERS.join(Introduction, Introduction.id == THEIRS.introduction_id).where(Introduction.state.in_(ACTIVE))
LATELY = OTHERS.where(THEIRS.reason.in_(PAUSES), THEIRS.answered_at > bindparam("since"))
BLOCKS = select(Block.organization_id, Block.blocked_id).where(or_(Block.organization_id == ID, Block.blocked_id == ID))
CLOSED = select(Inbox.organization_id).where(Inbox.open.is_(False))
WITHOUT_ROOM = (
    select(Party.organization_id)
    .join(Introduction, Introduction.id == Party.introduction_id)
    .where(Introduction.state == ASKED, Party.answer == WAITING)
    .group_by(Party.organization_id)
    .having(func.count() >= FULL)
)


def inbox_of(session: Session, organization_id: int) -> Inbox:
    """What an organisation allows; until it says otherwise it can be asked, and introduces nobody."""
    found = session.get(Inbox, organization_id)
    return found or Inbox(organization_id=organization_id, open=True, introduces=False)


def closed(session: Session, ids: Collection[int] | None = None) -> set[int]:
    """The organisations that take no introductions, among some or among all."""
    return set(session.scalars(CLOSED if ids is None else CLOSED.where(Inbox.organization_id.in_(ids))))


def full(session: Session, ids: Collection[int] | None = None) -> set[int]:
    """The organisations for whose answer as many introductions wait as fit, among some or among all."""
    return set(session.scalars(WITHOUT_ROOM if ids is None else WITHOUT_ROOM.where(Party.organization_id.in_(ids))))


def blocked(session: Session, organization_id: int) -> set[int]:
    """Those whom an organisation blocked or who blocked it."""
    return {id for row in session.execute(BLOCKS, {"id": organization_id}) for id in row} - {organization_id}


def blocked_by(session: Session, organization_id: int) -> Sequence[Organization]:
    """Those whom an organisation itself blocked, by name."""
    query = select(Organization).join(Block, Block.blocked_id == Organization.id)
    return session.scalars(query.where(Block.organization_id == organization_id).order_by(Organization.name)).all()


def with_others(session: Session, organization_id: int) -> set[int]:
    """Those with whom an organisation has an introduction that has not ended."""
    return set(session.scalars(MEETING, {"id": organization_id}))


def between(session: Session, one: Organization, other: Organization) -> int:
    """The latest introduction between two that has not ended; 0 where there is none."""
    both = select(Introduction.id).where(Introduction.state.in_(ACTIVE))
    for id in (one.id, other.id):
        both = both.where(Introduction.id.in_(select(Party.introduction_id).where(Party.organization_id == id)))
    return session.scalar(both.order_by(Introduction.id.desc()).limit(1)) or 0


def paused(session: Session, organization_id: int, at: datetime) -> set[int]:
    """Those who had no room for an organisation lately, or no time: it can't ask them again yet."""
    return set(session.scalars(LATELY, {"id": organization_id, "since": at - PAUSE}))


def standing_aside(session: Session, organization_id: int) -> set[int]:
    """Those who must not be suggested to an organisation: it could not ask them for an introduction now."""
    aside = blocked(session, organization_id) | with_others(session, organization_id)
    aside |= paused(session, organization_id, now()) | closed(session) | full(session)
    return aside - {organization_id}


def in_the_way(session: Session, organizations: Sequence[Organization], asker: Organization | None) -> tuple[str, str]:
    """Why these can't be introduced to each other now, and whom it is about; two empty texts when they can."""
    ids = {one.id for one in organizations}
    if len(ids) != len(organizations) or len(ids) not in (2, 3):
        return "parties", ""
    if not all(one.public for one in organizations):
        return "not_public", ""
    if any(other.id in blocked(session, one.id) for one, other in combinations(organizations, 2)):
        return "impossible", ""
    if any(other.id in with_others(session, one.id) for one, other in combinations(organizations, 2)):
        return "twice", ""
    refusing, without_room = closed(session, ids), full(session, ids)
    for one in organizations:
        if asker is not None and one.id == asker.id:
            continue
        if one.id in refusing:
            return "closed_inbox", one.name
        if one.id in without_room:
            return "full", one.name
        if any(one.id in paused(session, other.id, now()) for other in organizations if other.id != one.id):
            return "paused", one.name
    return "", ""


def tied_to(organization_id: int) -> Select[tuple[int]]:
    """The question for whoever an organisation has a shown tie with."""
    out = select(Link.to_id).where(Link.from_id == organization_id, *SHOWN)
    return out.union(select(Link.from_id).where(Link.to_id == organization_id, *SHOWN))  # type: ignore[return-value]


def introducers(session: Session, one: Organization, other: Organization) -> Sequence[Organization]:
    """Who knows both and may be named as who introduces them, by name; nobody with a block between them."""
    away = blocked(session, one.id) | blocked(session, other.id)
    query = (
        select(Organization)
        .join(Inbox, Inbox.organization_id == Organization.id)
        .where(Inbox.introduces.is_(True), PUBLIC)
        .where(Organization.id.in_(tied_to(one.id)), Organization.id.in_(tied_to(other.id)))
        .where(Organization.id.not_in(away))
    )
    return session.scalars(query.order_by(Organization.name, Organization.id)).all()
