"""Somebody says that they speak for an organisation: asking, objecting, deciding. Nothing is granted by itself."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any

from flask_babel import format_date
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from network import mail
from network.accounts.actions import give_role
from network.accounts.models import Person, Role
from network.accounts.present import hashed
from network.accounts.queries import admins_of, those_with
from network.clock import now
from network.directory.models import Link, Organization
from network.directory.queries import SHOWN
from network.hats import Hat
from network.profiles.entering import address, spoken_by
from network.profiles.models import Claim
from network.text import gettext as _

OBJECTIONS = timedelta(days=7)
GOOD_FOR = timedelta(days=7)  # a mailed link, from when it may first be used
OPEN = ("asked", "waiting")
MOST_OPEN = 5  # claims of one person that nobody has decided
MOST_MAILS = 3  # to one published address within OBJECTIONS
ADDRESS, STAFF = "address", "staff"


class Refused(Exception):
    """What can't be done with a claim: why, in a sentence."""


def masked(email: str) -> str:
    """An address that its owner recognises and nobody else can use: "h…@example.org"."""
    name, _at, host = email.rpartition("@")
    return f"{name[:1]}…@{host}"


def claimed(session: Session, organization_id: int) -> bool:
    """Whether somebody acts for an organisation already."""
    acts = Role.role.in_((Hat.ADMIN, Hat.REPRESENTATIVE))
    return session.scalar(select(Role.id).where(Role.organization_id == organization_id, acts).limit(1)) is not None


def deciders(session: Session, organization_id: int) -> list[Person]:
    """Who decides about claims of an organisation: the coordinators of its networks, and the staff."""
    member = (Link.from_id == organization_id, Link.type == "member_of")
    networks = [organization_id, *session.scalars(select(Link.to_id).where(*member, *SHOWN))]
    found = (*those_with(session, Hat.COORDINATOR, networks), *those_with(session, Hat.STAFF))
    return list({person.id: person for person in found}.values())


def open_claims(session: Session, organization_id: int) -> Sequence[tuple[Claim, Person]]:
    """The claims of an organisation that wait for a decision, each with who asks, the oldest first."""
    query = (
        select(Claim, Person)
        .join(Person, Person.id == Claim.person_id)
        .where(Claim.organization_id == organization_id, Claim.state.in_(OPEN))
        .order_by(Claim.id)
    )
    return [(claim, person) for claim, person in session.execute(query)]


def open_count(session: Session, organization_id: int) -> int:
    """How many claims of an organisation wait for a decision."""
    mine = (Claim.organization_id == organization_id, Claim.state.in_(OPEN))
    return session.scalar(select(func.count()).select_from(Claim).where(*mine)) or 0


def claim_of(session: Session, organization_id: int, id: int) -> Claim | None:
    """A claim by its number, if it is about the organisation."""
    claim = session.get(Claim, id)
    return claim if claim and claim.organization_id == organization_id else None


def own_claim(session: Session, organization_id: int, person_id: int) -> Claim | None:
    """What somebody asked for an organisation and nobody decided yet."""
    mine = (Claim.organization_id == organization_id, Claim.person_id == person_id, Claim.state.in_(OPEN))
    return session.scalars(select(Claim).where(*mine)).first()


def mailed_claim(session: Session, organization_id: int, token: str) -> Claim | None:
    """The open claim that a mailed link belongs to, for as long as the link is good."""
    same = (Claim.organization_id == organization_id, Claim.token_hash == hashed(token), Claim.state.in_(OPEN))
    claim = session.scalars(select(Claim).where(*same)).first() if token else None
    return claim if claim and now() <= good_until(claim) else None


def good_until(claim: Claim) -> datetime:
    """Until when the mailed link of a claim can be used."""
    return (claim.objections_until or claim.asked_at) + GOOD_FOR


def grantable(claim: Claim) -> bool:
    """Whether the time in which present admins may object is over, or there never was anybody to object."""
    return claim.objections_until is None or now() >= claim.objections_until


def ask(session: Session, organization: Organization, person: Person, way: str, reason: str) -> Claim:
    """Ask to act for an organisation: by a mail to its published address, or by a decision."""
    alone(session, organization.id)
    if own_claim(session, organization.id, person.id):
        raise Refused(_("You asked for this page already. It waits for an answer."))
    mine = select(func.count()).select_from(Claim).where(Claim.person_id == person.id, Claim.state.in_(OPEN))
    if (session.scalar(mine) or 0) >= MOST_OPEN:
        raise Refused(_("You asked for several pages that wait for an answer. Wait for those first."))
    token = token_urlsafe(32)
    claim = Claim(organization_id=organization.id, person_id=person.id, way=way, reason=reason, asked_at=now())
    if way == ADDRESS:
        lately = (Claim.organization_id == organization.id, Claim.asked_at > now() - OBJECTIONS, Claim.way == ADDRESS)
        if (session.scalar(select(func.count()).select_from(Claim).where(*lately)) or 0) >= MOST_MAILS:
            raise Refused(_("Several mails went to that address this week. Ask for a decision by the staff instead."))
        claim.token_hash = hashed(token)
    session.add(claim)
    session.flush()
    if claimed(session, organization.id):
        wait(session, claim, organization, person)
    if way == ADDRESS:
        link = f"{address_of(organization, 'claim')}?token={token}"
        write(session, claim, organization, person, "claim_address", organization.email, link=link)
    else:
        tell_deciders(session, claim, organization, person, "claim_asked")
    return claim


def alone(session: Session, organization_id: int) -> None:
    """Let nobody else decide about an organisation's people until this transaction is over."""
    session.execute(select(Organization.id).where(Organization.id == organization_id).with_for_update(key_share=True))


def wait(session: Session, claim: Claim, organization: Organization, person: Person) -> None:
    """Tell the present admins, who may object for seven days."""
    claim.state, claim.objections_until = "waiting", now() + OBJECTIONS
    for admin in admins_of(session, organization.id):
        link = address_of(organization, f"claims/{claim.id}/object")
        to = {"to": admin.email, "locale": admin.locale}
        write(session, claim, organization, person, "claim_asked", **to, link=link, present=True)


def write(
    session: Session,
    claim: Claim,
    organization: Organization,
    person: Person,
    kind: str,
    to: str,
    locale: str = "",
    **facts: Any,
) -> None:
    """Queue a mail about a claim."""
    mail.post(
        session,
        kind,
        to,
        locale or spoken_by(organization),
        organization_id=organization.id,
        claim=claim,
        organization=organization,
        asker=asker_words(person),
        **facts,
    )


def tell_deciders(
    session: Session, claim: Claim, organization: Organization, person: Person, kind: str, **facts: Any
) -> None:
    """Tell whoever decides, but for the asker, as often as they like to be told."""
    told: dict[str, Any] = {"claim": claim, "organization": organization, "asker": asker_words(person)}
    told["link"] = address_of(organization, "claims")
    for decider in deciders(session, organization.id):
        if decider.id != person.id:
            mail.notice(session, decider, kind, organization_id=organization.id, **told, **facts)


def asker_words(person: Person) -> str:
    """Who asks, for those who have to know: name and address."""
    return f"{person.name} ({person.email})" if person.name else person.email


def address_of(organization: Organization, page: str) -> str:
    return address(f"/organizations/{organization.slug}/{page}")


def present(session: Session, organization: Organization, claim: Claim) -> Person:
    """The asker of a claim that is still open, read anew once nobody else can decide it. Raises Refused."""
    alone(session, organization.id)
    session.refresh(claim)
    asker = session.get(Person, claim.person_id)
    if claim.state not in OPEN or asker is None:
        raise Refused(_("This was decided already."))
    return asker


def redeem(session: Session, organization: Organization, claim: Claim, person: Person) -> bool:
    """Make whoever holds the mailed link an admin: it shows that they read the published mailbox.

    False when somebody acts for the organisation by now and has to be told first. Raises Refused.
    """
    asker = present(session, organization, claim)
    if claim.objection:
        raise Refused(_("Somebody who looks after this page objected. The network's staff decide now."))
    if claimed(session, organization.id) and claim.objections_until is None:
        wait(session, claim, organization, asker)
        return False
    if not grantable(claim):
        day = format_date(claim.objections_until, "long")
        raise Refused(_("Those who look after this page may object until %(day)s. Come back after that.", day=day))
    grant(session, organization, claim, person, person.id)
    if person.id != asker.id:
        write(session, claim, organization, asker, "claim_decided", asker.email, asker.locale, words="", taken=True)
    return True


def grant(session: Session, organization: Organization, claim: Claim, person: Person, by: int) -> None:
    give_role(session, person, Hat.ADMIN, organization.id, by)
    end(claim, "granted", by)


def end(claim: Claim, state: str, by: int | None) -> None:
    """Close a claim: its link is spent."""
    claim.state, claim.decided_at, claim.decided_by_id, claim.token_hash = state, now(), by, ""


def decide(session: Session, organization: Organization, claim: Claim, by: Person, granted: bool, words: str) -> bool:
    """Grant or refuse a claim, and tell the asker. Raises Refused when it is too early, too late, or one's own.

    False when somebody acts for the organisation by now and has to be told first.
    """
    asker = present(session, organization, claim)
    if asker.id == by.id:
        raise Refused(_("Nobody decides about a claim of their own."))
    if granted and claimed(session, organization.id) and claim.objections_until is None:
        wait(session, claim, organization, asker)
        return False
    if granted and not grantable(claim):
        day = format_date(claim.objections_until, "long")
        raise Refused(_("Those who look after the page may object until %(day)s. Grant it after that.", day=day))
    if granted:
        grant(session, organization, claim, asker, by.id)
    else:
        end(claim, "refused", by.id)
    link = address_of(organization, "edit" if granted else "claim")
    facts = {"words": words, "link": link, "granted": granted}
    write(session, claim, organization, asker, "claim_decided", asker.email, asker.locale, **facts)
    return True


def object_to(session: Session, organization: Organization, claim: Claim, words: str) -> None:
    """Keep a present admin's objection, and put it before those who decide. Raises Refused after the seven days."""
    asker = present(session, organization, claim)
    if claim.objections_until is None or now() > claim.objections_until:
        raise Refused(_("The time for objections is over. Write to the network's staff."))
    claim.objection = f"{claim.objection}\n\n{words}".strip()
    tell_deciders(session, claim, organization, asker, "claim_objection", words=words)


def withdraw(session: Session, organization: Organization, claim: Claim) -> None:
    """Take back what one asked oneself."""
    asker = present(session, organization, claim)
    end(claim, "withdrawn", asker.id)


def end_waiting(session: Session) -> str:
    """Put claims before those who decide once nobody may object any more; forget mailed links that nobody used."""
    ready = forgotten = 0
    for claim in session.scalars(select(Claim).where(Claim.state.in_(OPEN)).order_by(Claim.id)).all():
        organization, asker = session.get(Organization, claim.organization_id), session.get(Person, claim.person_id)
        if organization is None or asker is None:
            continue
        if claim.state == "waiting" and grantable(claim):
            claim.state = "asked"
            tell_deciders(session, claim, organization, asker, "claim_asked")
            ready += 1
        elif claim.way == ADDRESS and not claim.objection and now() > good_until(claim):
            end(claim, "withdrawn", None)
            forgotten += 1
    return f"{ready} claims ready to be decided, {forgotten} links out of date"
