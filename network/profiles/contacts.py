"""Whom to ask at an organisation, and who may see them: each contact person chooses for themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from network.directory.models import Organization
from network.directory.queries import PUBLIC
from network.hats import Hat, Identity, Subject, Worn
from network.logs import log
from network.profiles.models import ContactPerson
from network.text import lazy_gettext as _l

MOST = 20  # contact persons of an organisation
NOBODY = "nobody"  # withdrawn: the row stays so that the same address isn't entered again
VISIBLE = {
    "public": _l("Everyone, by a form: the address is never shown"),
    "members": _l("The people of all organisations in the network"),
    "network": _l("The organisation's own people, the coordinators of its networks, and staff"),
    "staff": _l("The organisation's own people, and staff"),
}
"""Who may see a contact person, from many to few, in words."""
WIDTH = {name: width for width, name in enumerate((NOBODY, "staff", "network", "members", "public"))}
UNTIL_AGREED = "network"  # as far as others may show somebody who has not agreed yet
EDITORS = {Hat.REPRESENTATIVE, Hat.ADMIN}
OF = ContactPerson.__table__.c
EVERYONE = select(*OF).where(OF.organization_id == bindparam("organization")).order_by(OF.position, OF.id)
ASKABLE = EVERYONE.where(OF.visible == "public", OF.agreed_at.is_not(None))
"""Prepared, since every profile page asks: all contact persons of an organisation, and those for everyone's eyes."""


class Sight(IntEnum):
    """What somebody may see of a contact person."""

    NOTHING = 0
    NAME = 1  # and what they do; one can write to them by a form
    WHOLE = 2  # the address and the telephone too


@dataclass(frozen=True)
class Seen:
    """A contact person as somebody sees them; address and telephone are empty where these are not shown."""

    id: int
    name: str
    title: str
    email: str = ""
    phone: str = ""


def shown_to(contact: Any) -> str:
    """Who may see a contact person today: what was chosen, no more than the network until they agreed themselves."""
    if contact.agreed_at is None and WIDTH[contact.visible] > WIDTH[UNTIL_AGREED]:
        return UNTIL_AGREED
    return str(contact.visible)


def visible_to(identity: Identity, subject: Subject, contact: Any) -> Sight:
    """How much of a contact person of an organisation somebody may see: the one rule that every page asks."""
    return max((through(worn, subject, contact) for worn in identity.worn), default=plainly(subject, contact))


def plainly(subject: Subject, contact: Any) -> Sight:
    """How much everyone may see."""
    return Sight.NAME if subject.public and shown_to(contact) == "public" else Sight.NOTHING


def through(worn: Worn, subject: Subject, contact: Any) -> Sight:
    """How much a hat lets its wearer see."""
    width = WIDTH[shown_to(contact)]
    if width == WIDTH[NOBODY]:
        return Sight.NOTHING
    mine = worn.organization_id is not None and (
        worn.organization_id == subject.id or worn.organization_id in subject.networks
    )
    allowed = {
        Hat.STAFF: True,
        Hat.COORDINATOR: mine and width >= WIDTH["network"],
        Hat.ADMIN: worn.organization_id == subject.id or (subject.public and width == WIDTH["members"]),
        Hat.REPRESENTATIVE: worn.organization_id == subject.id or (subject.public and width == WIDTH["members"]),
    }
    return Sight.WHOLE if allowed.get(worn.hat) else plainly(subject, contact)


def looked(identity: Identity, subject: Subject) -> None:
    """Write down that staff looked at the persons of an organisation, without whom they saw."""
    log.info("person %s saw contact persons of organization %s as staff", identity.person_id, subject.id)


def seen(session: Session, identity: Identity, subject: Subject) -> list[Seen]:
    """The contact persons of an organisation as somebody sees them, in their order.

    That staff look at them is written into the log, without whom they saw.
    """
    query = EVERYONE if identity.worn else ASKABLE
    rows = session.connection().execute(query, {"organization": subject.id}).all()
    if not rows:
        return []
    asker = in_the_network(session, identity, subject)
    found = [(row, visible_to(asker, subject, row)) for row in rows]
    others = Identity(asker.person_id, tuple(worn for worn in asker.worn if worn.hat != Hat.STAFF))
    if any(visible_to(others, subject, row) < sight for row, sight in found):
        looked(identity, subject)
    return [as_seen(row, sight) for row, sight in found if sight]


def as_seen(row: Any, sight: Sight) -> Seen:
    if sight == Sight.WHOLE:
        return Seen(row.id, row.name, row.title, row.email, row.phone)
    return Seen(row.id, row.name, row.title)


def in_the_network(session: Session, identity: Identity, subject: Subject) -> Identity:
    """The same, without the hats of organisations that are not in the network today, but for the one that is asked."""
    asked = {worn.organization_id for worn in identity.worn if worn.hat in EDITORS} - {None, subject.id}
    if not asked:
        return identity
    current = set(session.scalars(select(Organization.id).where(Organization.id.in_(asked), PUBLIC)))
    worn = tuple(one for one in identity.worn if one.organization_id not in asked - current or one.hat not in EDITORS)
    return Identity(identity.person_id, worn, identity.recent)


def contacts_of(session: Session, organization_id: int) -> Sequence[ContactPerson]:
    """Every contact person of an organisation, in their order."""
    query = select(ContactPerson).where(ContactPerson.organization_id == organization_id)
    return session.scalars(query.order_by(ContactPerson.position, ContactPerson.id)).all()


def edited_by(session: Session, identity: Identity, subject: Subject) -> list[ContactPerson]:
    """The contact persons that somebody who edits an organisation may see whole, and change."""
    whole = {one.id for one in seen(session, identity, subject) if one.email}
    return [contact for contact in contacts_of(session, subject.id) if contact.id in whole]
