"""What is done to persons and their roles; what is spent or too old is forgotten."""

from datetime import datetime, timedelta
from secrets import token_bytes

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from network.accounts.addresses import folded
from network.accounts.models import Invitation, Person, Recovery, Role, SignedIn, SignInLink
from network.accounts.queries import person_at
from network.clock import now
from network.extensions import touched
from network.hats import Hat

REMEMBERED = timedelta(days=1)  # a spent link can say for so long what became of it
INVITED = timedelta(days=7)
FORGOTTEN = timedelta(days=30)  # after which nobody is told any more that an invitation or a recovery was asked for


def person_for(session: Session, email: str, locale: str = "en") -> Person:
    """Whoever has an address, made when nobody has."""
    found = person_at(session, email)
    if found is not None:
        return found
    made = Person(email=folded(email), locale=locale, handle=token_bytes(32))
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:  # the same address signed in a moment ago, with another link
        found = person_at(session, email)
        if found is None:
            raise
        return found
    return made


def give_role(
    session: Session, person: Person, hat: Hat, organization_id: int | None = None, by: int | None = None
) -> Role:
    """Let somebody wear a hat; an admin is no longer a mere representative of the same organisation."""
    same = [role for role in person.roles if role.organization_id == organization_id]
    for role in same:
        if role.role == hat or (role.role == Hat.ADMIN and hat == Hat.REPRESENTATIVE):
            return role
    lesser = [one for one in same if one.role == Hat.REPRESENTATIVE and hat == Hat.ADMIN]
    role = lesser[0] if lesser else Role(organization_id=organization_id)
    role.role, role.given_by_id, role.given_at = hat, by, now()
    if not lesser:
        person.roles.append(role)
    session.flush()
    return role


def take_role(session: Session, role: Role) -> None:
    """Take a hat from whoever wears it."""
    person = role.person
    session.delete(role)
    session.flush()
    session.expire(person, ["roles"])


def invite(
    session: Session, email: str, hat: Hat, organization_id: int | None = None, by: int | None = None
) -> Invitation:
    """Keep a role for an address for seven days; asked again, the days begin anew."""
    where: list[ColumnElement[bool]] = [Invitation.email == folded(email), Invitation.role == hat]
    where += [Invitation.organization_id == organization_id, Invitation.accepted_at.is_(None)]
    invitation = session.scalars(select(Invitation).where(*where)).first()
    if invitation is None:
        invitation = Invitation(email=folded(email), role=hat, organization_id=organization_id)
        session.add(invitation)
    invitation.invited_by_id, invitation.created_at, invitation.expires_at = by, now(), now() + INVITED
    session.flush()
    return invitation


def accept(session: Session, invitation: Invitation, person: Person) -> Role:
    """Give the role that an invitation kept."""
    invitation.accepted_at = now()
    return give_role(session, person, Hat(invitation.role), invitation.organization_id, invitation.invited_by_id)


def forget(session: Session, at: datetime, longest: timedelta) -> int:
    """Forget links, sessions longer than `longest`, invitations and recoveries that have had their time; how many."""
    old = (
        delete(SignInLink).where(SignInLink.expires_at < at - REMEMBERED),
        delete(SignedIn).where(SignedIn.started_at < at - longest),
        delete(Invitation).where(Invitation.expires_at < at - FORGOTTEN),
        delete(Recovery).where(Recovery.asked_at < at - FORGOTTEN),
    )
    return sum(touched(session, one) for one in old)


def end_sessions(session: Session, person: Person) -> None:
    """Sign a person out everywhere."""
    session.execute(delete(SignedIn).where(SignedIn.person_id == person.id))
