"""Questions about introductions; nothing here changes anything."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, selectinload

from network.accounts.present import hashed
from network.directory.models import Link, Organization
from network.directory.queries import SHOWN
from network.introductions.models import Introduction, Party, Step
from network.introductions.states import (
    ACCEPTED,
    ACTIVE,
    ASKED,
    CLOSED,
    HELPED,
    WAITING,
    Position,
    Side,
)
from network.matching.models import Shown

ENOUGH = 20  # below that no share is told
MOST = 200


def introduction_at(session: Session, id: int, lock: bool = False) -> Introduction | None:
    """An introduction with its parties and steps; locked, it is read anew and others wait for this transaction."""
    query = select(Introduction).where(Introduction.id == id)
    query = query.options(selectinload(Introduction.parties), selectinload(Introduction.steps))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).first()


def position_of(introduction: Introduction) -> Position:
    """Where an introduction stands, for the state machine."""
    ids = [party.organization_id for party in introduction.parties]
    question = None
    for said in introduction.steps:
        if said.action == "question":
            question = said.organization_id
        elif said.action in ("reply", "accept", "decline"):
            question = question if said.action != "reply" and said.organization_id != question else None
    return Position(
        tuple(Side(party.answer, party.outcome) for party in introduction.parties),
        introduction.changed_at,
        introduction.state,
        ids.index(introduction.asker_id) if introduction.asker_id in ids else None,
        introduction.reminders,
        ids.index(question) if question in ids else None,
    )


def organizations_of(session: Session, introductions: Iterable[Introduction]) -> dict[int, Organization]:
    """The parties, askers and introducers of introductions, by their ids."""
    ids = {party.organization_id for one in introductions for party in one.parties}
    ids |= {one.introducer_id for one in introductions if one.introducer_id}
    found = session.scalars(select(Organization).where(Organization.id.in_(ids))) if ids else ()
    return {one.id: one for one in found}


@dataclass(frozen=True)
class Heap:
    """The introductions of one organisation, sorted by what is to be done."""

    organization: Organization
    for_you: list[Introduction]
    for_them: list[Introduction]
    in_contact: list[Introduction]
    ended: list[Introduction]


def heaps(session: Session, ids: Collection[int]) -> list[Heap]:
    """The introductions of some organisations, those first that were changed last; by the organisations' names."""
    query = select(Introduction).join(Party, Party.introduction_id == Introduction.id)
    query = query.where(Party.organization_id.in_(ids)).options(
        selectinload(Introduction.parties), selectinload(Introduction.steps)
    )
    found: dict[int, list[Introduction]] = defaultdict(list)
    for one in session.scalars(query.order_by(Introduction.changed_at.desc(), Introduction.id.desc())).unique():
        for party in one.parties:
            found[party.organization_id].append(one)
    organizations = session.scalars(select(Organization).where(Organization.id.in_(ids)).order_by(Organization.name))
    return [heap(organization, found[organization.id]) for organization in organizations]


def heap(organization: Organization, introductions: list[Introduction]) -> Heap:
    sorted_out: dict[str, list[Introduction]] = defaultdict(list)
    for one in introductions:
        position = position_of(one)
        number = [party.organization_id for party in one.parties].index(organization.id)
        mine = position.sides[number].answer == WAITING or position.question not in (None, number)
        place = "mine" if mine else "theirs"
        sorted_out[place if one.state == ASKED else one.state if one.state == ACCEPTED else "ended"].append(one)
    return Heap(
        organization, sorted_out["mine"], sorted_out["theirs"], sorted_out[ACCEPTED], sorted_out["ended"][:MOST]
    )


def going_on(session: Session, networks: Collection[int] | None = None) -> list[Introduction]:
    """The introductions that have not ended, the longest waiting first; of the members of networks if some are told."""
    query = select(Introduction).where(Introduction.state.in_(ACTIVE)).options(selectinload(Introduction.parties))
    if networks is not None:
        member = select(Link.from_id).where(Link.to_id.in_(networks), Link.type == "member_of", *SHOWN)
        within = or_(Party.organization_id.in_(member), Party.organization_id.in_(networks))
        query = query.where(Introduction.id.in_(select(Party.introduction_id).where(within)))
    return list(session.scalars(query.order_by(Introduction.changed_at, Introduction.id).limit(MOST)))


def due(session: Session, at: datetime) -> Sequence[int]:
    """The introductions that the timer has to look at, the longest overdue first."""
    query = select(Introduction.id).where(Introduction.state.in_(ACTIVE), Introduction.due_at <= at)
    return session.scalars(query.order_by(Introduction.due_at, Introduction.id).limit(MOST)).all()


def party_of_token(session: Session, token: str) -> Party | None:
    """The party that a mail "how did it go?" was sent to, for as long as its introduction is not closed."""
    if not token:
        return None
    same = (Party.token_hash == hashed(token), Introduction.state == ACCEPTED)
    return session.scalars(select(Party).join(Introduction).where(*same)).first()


@dataclass(frozen=True)
class Numbers:
    """How many pairs were shown to each other as a suggestion, asked for, accepted, and helped."""

    shown: int
    asked: int
    accepted: int
    helped: int

    def share(self, part: str, of: str) -> int | None:
        """How many in a hundred; None where there are too few to say."""
        whole: int = getattr(self, of)
        return round(100 * getattr(self, part) / whole) if whole >= ENOUGH else None


def numbers(session: Session, since: datetime | None = None) -> Numbers:
    """What became of suggestions, all or those since a time."""
    shown = select(func.count()).select_from(Shown)
    asked = select(func.count()).select_from(Introduction)
    if since is not None:
        shown, asked = shown.where(Shown.first_on >= since.date()), asked.where(Introduction.asked_at >= since)
    helped = select(Party.introduction_id).where(Party.outcome.in_(HELPED))
    counts = (
        shown,
        asked,
        asked.where(Introduction.state.in_((ACCEPTED, CLOSED))),
        asked.where(Introduction.id.in_(helped)),
    )
    return Numbers(*(session.scalar(query) or 0 for query in counts))


def said_by(session: Session, person_id: int) -> list[dict[str, str]]:
    """What somebody asked, said and did in introductions, for them to take along."""
    wrote = select(Introduction.asked_at, Introduction.words).where(Introduction.person_id == person_id)
    found = [{"at": f"{at.isoformat()}Z", "did": "asked", "words": words} for at, words in session.execute(wrote)]
    did = select(Step.at, Step.action, Step.words).where(Step.person_id == person_id)
    steps = session.execute(did.where(Step.action.not_in(("asked", "proposed"))).order_by(Step.id))
    return found + [{"at": f"{at.isoformat()}Z", "did": action, "words": words} for at, action, words in steps]
