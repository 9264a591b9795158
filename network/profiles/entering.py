"""Entering contact persons, telling those whom somebody else entered, and what these may do about it."""

from secrets import token_urlsafe

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from network import mail
from network.accounts.addresses import folded
from network.accounts.models import Person
from network.accounts.present import hashed
from network.accounts.queries import locale_of
from network.clock import now
from network.directory.models import Organization
from network.profiles.contacts import NOBODY
from network.profiles.models import ContactPerson

FIELDS = ("name", "title", "email", "phone", "visible")


def address(path: str) -> str:
    """One of our pages as a mail names it."""
    return str(current_app.config["BASE_URL"]).rstrip("/") + path


def spoken_by(organization: Organization) -> str:
    """The first of an organisation's languages that we speak, else the network's own."""
    spoken = current_app.config["LOCALES"]
    for tag in organization.languages:
        for code in (tag.replace("-", "_"), tag.partition("-")[0]):
            if code in spoken:
                return str(code)
    return str(current_app.config["DEFAULT_LOCALE"])


def enter(session: Session, organization: Organization, by: Person | None, **fields: str) -> ContactPerson:
    """Add a contact person at the end; who enters herself agrees, anybody else is told by mail."""
    last = select(func.max(ContactPerson.position)).where(ContactPerson.organization_id == organization.id)
    contact = ContactPerson(
        organization_id=organization.id,
        entered_by_id=by.id if by else None,
        position=(session.scalar(last) or 0) + 1,
        **{name: fields.get(name, "") for name in FIELDS},
    )
    contact.email = folded(contact.email)
    session.add(contact)
    settle(session, organization, contact, by)
    session.flush()
    return contact


def change(session: Session, organization: Organization, contact: ContactPerson, by: Person | None, **fields: str):
    """Change a contact person; a new address is another person's until they say otherwise, so they are told."""
    before = contact.email
    for name in FIELDS:
        if name in fields and getattr(contact, name) != fields[name]:
            setattr(contact, name, folded(fields[name]) if name == "email" else fields[name])
    if contact.email != before:
        contact.agreed_at = contact.told_at = None
        contact.token_hash = ""
        settle(session, organization, contact, by)
    elif by and by.email == contact.email:
        contact.agreed_at = contact.agreed_at or now()
    session.flush()


def settle(session: Session, organization: Organization, contact: ContactPerson, by: Person | None) -> None:
    """Note that somebody entered herself, or tell the one whom somebody else entered."""
    if by and by.email == contact.email:
        contact.agreed_at = now()
        return
    token = token_urlsafe(32)
    contact.token_hash, contact.told_at = hashed(token), now()
    mail.post(
        session,
        "contact_entered",
        contact.email,
        locale_of(session, contact.email, spoken_by(organization)),
        organization_id=organization.id,
        organization=organization.name,
        name=contact.name,
        title=contact.title,
        email=contact.email,
        phone=contact.phone,
        visible=contact.visible,
        link=address(f"/contact?token={token}"),
    )


def agree(contact: ContactPerson, **fields: str) -> None:
    """What contact persons themselves say of themselves: they agree to it with that. The address stays."""
    for name in FIELDS:
        if name in fields and name != "email" and getattr(contact, name) != fields[name]:
            setattr(contact, name, fields[name])
    contact.agreed_at = now()


def withdraw(contact: ContactPerson) -> None:
    """Show somebody to nobody any more. The row stays, so that the same address is not entered again."""
    contact.visible, contact.agreed_at = NOBODY, now()


def take_out(session: Session, contact: ContactPerson) -> None:
    """Take a contact person out of a profile."""
    session.delete(contact)
    session.flush()


def move(contacts: list[ContactPerson], id: int, by: int) -> None:
    """Move one of some contact persons up (-1) or down (1) among them."""
    places = [contact.id for contact in contacts]
    here = places.index(id)
    there = min(max(here + by, 0), len(contacts) - 1)
    contacts.insert(there, contacts.pop(here))
    for position, contact in enumerate(contacts):
        if contact.position != position:
            contact.position = position
