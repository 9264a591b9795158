"""What is stored about a person's address: finding it, giving it to them, erasing it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from network import mail
from network.accounts.addresses import folded
from network.accounts.models import Invitation, Person, Role, SignedIn
from network.accounts.present import hashed
from network.accounts.queries import admins_of, locale_of, person_at
from network.clock import now
from network.directory.models import Organization
from network.hats import Hat
from network.history.models import Edit
from network.mail.models import Message
from network.profiles.entering import address
from network.profiles.models import Claim, ContactPerson, OwnLink, Question, Suggestion

GOOD_FOR = timedelta(hours=24)
MORE: dict[str, Callable[[Session, int], Any]] = {}
"""What the features above store about a person with an id, as JSON can hold it, by its name in the export."""


@dataclass(frozen=True)
class Stored:
    """Everything that is stored about an address."""

    email: str
    contacts: Sequence[tuple[ContactPerson, Organization]] = ()
    person: Person | None = None
    roles: Sequence[tuple[Role, Organization | None]] = ()
    sessions: Sequence[SignedIn] = ()
    claims: Sequence[tuple[Claim, Organization]] = ()
    invitations: Sequence[Invitation] = ()
    suggestions: Sequence[tuple[Suggestion, Organization]] = ()
    questions: Sequence[tuple[Question, Organization]] = ()
    messages: int = 0
    edits: int = 0
    published: Sequence[Organization] = ()
    only_admin_of: Sequence[Organization] = field(default=())
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def anything(self) -> bool:
        """Whether there is something to see, to change or to erase."""
        return bool(
            self.contacts
            or self.person
            or self.invitations
            or self.suggestions
            or self.questions
            or self.messages
            or self.published
        )


def stored_about(session: Session, email: str) -> Stored:
    """Everything that is stored about an address."""
    email = folded(email)
    person = person_at(session, email)
    roles = with_organizations(session, Role, Role.person_id == person.id) if person else []
    admin_of = [one for role, one in roles if one and role.role == Hat.ADMIN]
    return Stored(
        email,
        contacts=with_organizations(session, ContactPerson, ContactPerson.email == email),
        person=person,
        roles=roles,
        sessions=session.scalars(select(SignedIn).where(SignedIn.person_id == person.id)).all() if person else (),
        claims=with_organizations(session, Claim, Claim.person_id == person.id) if person else (),
        invitations=session.scalars(select(Invitation).where(Invitation.email == email)).all(),
        suggestions=with_organizations(session, Suggestion, func.lower(Suggestion.email) == email),
        questions=with_organizations(session, Question, func.lower(Question.email) == email),
        messages=count(session, Message, func.lower(Message.address) == email),
        edits=count(session, Edit, Edit.person_id == person.id) if person else 0,
        published=session.scalars(select(Organization).where(func.lower(Organization.email) == email)).all(),
        only_admin_of=[one for one in admin_of if len(admins_of(session, one.id)) == 1],
        more={name: tell(session, person.id) for name, tell in MORE.items()} if person else {},
    )


def count(session: Session, model: Any, where: Any) -> int:
    """How many rows of a model there are."""
    return session.scalar(select(func.count()).select_from(model).where(where)) or 0


def with_organizations(session: Session, model: Any, where: Any) -> Sequence[tuple[Any, Any]]:
    """Rows of a model, each with its organisation."""
    query = select(model, Organization).outerjoin(Organization, Organization.id == model.organization_id).where(where)
    return [(row, organization) for row, organization in session.execute(query.order_by(model.id))]


def send_link(session: Session, email: str, locale: str) -> None:
    """Mail the way to everything that is stored about an address; or that there is nothing, and keep nothing then."""
    email, token = folded(email), token_urlsafe(32)
    session.execute(delete(OwnLink).where(or_(OwnLink.email == email, OwnLink.expires_at < now())))
    known = stored_about(session, email).anything
    if known:
        session.add(OwnLink(email=email, token_hash=hashed(token), expires_at=now() + GOOD_FOR))
    link = address(f"/contact?token={token}") if known else ""
    mail.post(session, "own_facts", email, locale_of(session, email, locale), link=link, address=email)


@dataclass(frozen=True)
class Opened:
    """What a mailed link opens: one contact entry, or everything about an address."""

    email: str
    contact: ContactPerson | None = None


def opened(session: Session, token: str) -> Opened | None:
    """What a token of a mailed link opens today."""
    if not token:
        return None
    contact = session.scalar(select(ContactPerson).where(ContactPerson.token_hash == hashed(token)))
    if contact:
        return Opened(contact.email, contact)
    alive = (OwnLink.token_hash == hashed(token), OwnLink.expires_at > now())
    email = session.scalar(select(OwnLink.email).where(*alive))
    return Opened(email) if email else None


def exported(stored: Stored) -> dict[str, Any]:
    """The same for the person to take away: plain names and values, times in UTC."""
    person = stored.person
    return {
        "address": stored.email,
        "account": person
        and {
            "name": person.name,
            "language": person.locale,
            "mails": person.mails,
            "since": said(person.created_at),
            "last_seen": said(person.seen_at),
            "roles": [
                {"role": role.role, "organization": one and one.name, "since": said(role.given_at)}
                for role, one in stored.roles
            ],
            "passkeys": [{"name": key.name, "since": said(key.created_at)} for key in person.passkeys],
            "sessions": [{"browser": one.browser, "since": said(one.started_at)} for one in stored.sessions],
            "claims": [
                {"organization": one.name, "reason": claim.reason, "at": said(claim.asked_at), "state": claim.state}
                for claim, one in stored.claims
            ],
            "changes": stored.edits,
        },
        "contact_person_at": [
            {"organization": one.name, **{name: getattr(row, name) for name in ("name", "title", "phone", "visible")}}
            for row, one in stored.contacts
        ],
        "invitations": [{"role": one.role, "at": said(one.created_at)} for one in stored.invitations],
        "suggestions": [
            {"organization": one.name, "reason": row.reason, "note": row.note, "fields": row.fields, "at": said(row.at)}
            for row, one in stored.suggestions
        ],
        "asked_about": [{"organization": one.name, "at": said(row.asked_at)} for row, one in stored.questions],
        "mails_waiting": stored.messages,
        "published_by": [one.name for one in stored.published],
        **stored.more,
    }


def said(at: datetime | None) -> str | None:
    return at.isoformat() + "Z" if at else None
