"""Questions about persons, what they may do and where they are signed in."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from network.accounts.addresses import folded
from network.accounts.hats import CAREFUL
from network.accounts.models import Invitation, Passkey, Person, Recovery, Role, SignedIn, SignInLink
from network.directory.models import Organization
from network.hats import Hat


def person_at(session: Session, email: str) -> Person | None:
    """Who has an address."""
    return session.scalar(select(Person).where(Person.email == folded(email)))


def locale_of(session: Session, email: str, otherwise: str) -> str:
    """The language of whoever has an address, the other one for an address that is not known."""
    return session.scalar(select(Person.locale).where(Person.email == folded(email))) or otherwise


def careful(person: Person) -> bool:
    """Whether somebody has a hat that asks for a passkey."""
    return any(role.role in CAREFUL for role in person.roles)


def colleagues(session: Session, organization_id: int) -> Sequence[Role]:
    """Who acts for an organisation, the admins first, each with the person."""
    order = (Role.role != Hat.ADMIN, Role.role, Role.given_at, Role.id)
    query = select(Role).where(Role.organization_id == organization_id).options(joinedload(Role.person))
    return session.scalars(query.order_by(*order)).all()


def those_with(session: Session, hat: Hat, organization_ids: Sequence[int] | None = None) -> Sequence[Person]:
    """Who wears a hat: of any of some organisations, or of the whole when none are given."""
    query = select(Person).join(Role, Role.person_id == Person.id).where(Role.role == hat)
    if organization_ids is not None:
        query = query.where(Role.organization_id.in_(organization_ids))
    return session.scalars(query.order_by(Person.id)).unique().all()


def admins_of(session: Session, organization_id: int) -> Sequence[Person]:
    """The admins of an organisation."""
    return those_with(session, Hat.ADMIN, [organization_id])


def deciders_of(session: Session, organization_id: int, networks: Sequence[int]) -> Sequence[Person]:
    """Who decides on an organisation's people: its admins, else the coordinators of its networks, else the staff."""
    return (
        admins_of(session, organization_id)
        or those_with(session, Hat.COORDINATOR, [organization_id, *networks])
        or those_with(session, Hat.STAFF)
    )


def invitations_to(session: Session, email: str, at: datetime) -> Sequence[tuple[Invitation, Organization | None]]:
    """What an address is invited to and may still accept, each with its organisation."""
    query = (
        select(Invitation, Organization)
        .outerjoin(Organization, Organization.id == Invitation.organization_id)
        .where(Invitation.email == folded(email), Invitation.accepted_at.is_(None), Invitation.expires_at > at)
        .order_by(Invitation.id)
    )
    return [(invitation, organization) for invitation, organization in session.execute(query)]


def invitations_of(session: Session, organization_id: int, at: datetime) -> Sequence[Invitation]:
    """The invitations of an organisation that nobody has accepted yet."""
    waiting = (Invitation.accepted_at.is_(None), Invitation.expires_at > at)
    query = select(Invitation).where(Invitation.organization_id == organization_id, *waiting)
    return session.scalars(query.order_by(Invitation.id)).all()


def hats_of(session: Session, person: Person) -> Sequence[tuple[Role, Organization | None]]:
    """The roles of a person, each with its organisation."""
    query = (
        select(Role, Organization)
        .outerjoin(Organization, Organization.id == Role.organization_id)
        .where(Role.person_id == person.id)
        .order_by(Role.id)
    )
    return [(role, organization) for role, organization in session.execute(query)]


def sessions_of(session: Session, person: Person, since: datetime) -> Sequence[SignedIn]:
    """Where a person is signed in, in sessions begun since a time, the one used last first."""
    query = select(SignedIn).where(SignedIn.person_id == person.id, SignedIn.started_at > since)
    return session.scalars(query.order_by(SignedIn.seen_at.desc(), SignedIn.id.desc())).all()


def passkeys_of(session: Session, person: Person) -> Sequence[Passkey]:
    """The passkeys of a person, the oldest first."""
    return session.scalars(select(Passkey).where(Passkey.person_id == person.id).order_by(Passkey.id)).all()


def link_of(session: Session, token_hash: str) -> SignInLink | None:
    """The sign-in link with a token, whatever became of it."""
    return session.scalar(select(SignInLink).where(SignInLink.token_hash == token_hash))


def open_recoveries(session: Session, since: datetime) -> Sequence[tuple[Recovery, Person]]:
    """Who asked for recovery since a time and still waits for somebody to vouch, the oldest first."""
    query = (
        select(Recovery, Person)
        .join(Person, Person.id == Recovery.person_id)
        .where(Recovery.done_at.is_(None), Recovery.asked_at > since)
        .order_by(Recovery.id)
    )
    return [(recovery, person) for recovery, person in session.execute(query)]
