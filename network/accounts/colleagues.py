"""Who acts for an organisation: inviting, asking for that, joining, changing roles, leaving; and who is told."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.accounts import actions
from network.accounts.hats import NAMES
from network.accounts.models import Invitation, Person, Role
from network.accounts.pages import page
from network.accounts.queries import admins_of, deciders_of, locale_of, those_with
from network.clock import now
from network.directory.categories import CATEGORIES
from network.directory.models import Organization
from network.hats import Hat
from network.mail import post


class LastAdmin(Exception):
    """Nobody would be left who decides on an organisation's people."""


def inviting(wears: Hat, organization: Organization, has_admin: bool) -> tuple[Hat, ...]:
    """The roles that somebody in a hat may invite to: a coordinator only an organisation's first admin."""
    if wears == Hat.ADMIN:
        return (Hat.REPRESENTATIVE, Hat.ADMIN)
    if wears == Hat.STAFF:
        leads = (Hat.COORDINATOR,) if CATEGORIES[organization.category].gathers else ()
        return (Hat.REPRESENTATIVE, Hat.ADMIN, *leads)
    return (Hat.ADMIN,) if wears == Hat.COORDINATOR and not has_admin else ()


def invite(session: Session, organization: Organization, email: str, hat: Hat, by: Person, locale: str) -> Invitation:
    """Invite an address to a role, by mail."""
    invitation = actions.invite(session, email, hat, organization.id, by.id)
    mail_invitation(session, invitation.email, hat, organization, locale, by)
    return invitation


def mail_invitation(
    session: Session, email: str, hat: Hat, organization: Organization | None, locale: str, by: Person | None = None
) -> None:
    """Tell an address what it may do now; without `by` it may already, else once it has accepted."""
    post(
        session,
        "invitation",
        email,
        locale_of(session, email, locale),
        organization_id=organization.id if organization else None,
        organization=organization,
        role=NAMES[hat],
        by=by,
        accept=by is not None,
        link=page("/accounts/sign-in", next="/accounts/invitation" if by else ""),
    )


def ask_admins(
    session: Session, organization: Organization, networks: Sequence[int], email: str, hat: Hat, by: Person
) -> int:
    """Pass the wish for a colleague on to those who decide; how many were told."""
    link = page(f"/organizations/{organization.slug}/colleagues")
    told = [one for one in deciders_of(session, organization.id, networks) if one.id != by.id]
    for one in told:
        facts: dict[str, Any] = {
            "organization": organization,
            "email": email,
            "role": NAMES[hat],
            "by": by,
            "link": link,
        }
        post(session, "colleague_wanted", one.email, one.locale, organization_id=organization.id, **facts)
    return len(told)


def join(session: Session, invitation: Invitation, person: Person, organization: Organization | None) -> Role:
    """Accept an invitation; the admins that the organisation has are told."""
    had = list(admins_of(session, organization.id)) if organization else []
    role = actions.accept(session, invitation, person)
    if organization:
        tell(session, "colleague_joined", had, organization, person, NAMES[Hat(role.role)])
    return role


def tell(
    session: Session, kind: str, whom: Sequence[Person], organization: Organization, about: Person, role: str
) -> None:
    """Mail what changed among an organisation's people to some of them, but not to whom it is about."""
    link = page(f"/organizations/{organization.slug}/colleagues")
    for one in whom:
        if one.id != about.id:
            facts: dict[str, Any] = {"organization": organization, "person": about, "role": role, "link": link}
            post(session, kind, one.email, one.locale, organization_id=organization.id, **facts)


def role_of(session: Session, organization_id: int, id: int) -> Role | None:
    """A role in an organisation; its admins are held until the transaction ends, so that no two leave at once."""
    held = select(Role.id).where(Role.organization_id == organization_id, Role.role == Hat.ADMIN).with_for_update()
    session.execute(held).all()
    return session.scalar(select(Role).where(Role.id == id, Role.organization_id == organization_id))


def is_last_admin(session: Session, role: Role) -> bool:
    """Whether nobody would be left who decides, without this role."""
    others = (Role.organization_id == role.organization_id, Role.role == Hat.ADMIN, Role.id != role.id)
    return role.role == Hat.ADMIN and session.scalars(select(Role.id).where(*others)).first() is None


def remove(session: Session, organization: Organization, role: Role, by: Person) -> None:
    """Take a role from somebody, or leave; raises LastAdmin when no admin would remain."""
    if is_last_admin(session, role):
        raise LastAdmin
    person, name = role.person, NAMES[Hat(role.role)]
    actions.take_role(session, role)
    tell(session, "colleague_left", admins_of(session, organization.id), organization, person, name)
    if person.id != by.id:
        facts: dict[str, Any] = {
            "organization": organization,
            "role": name,
            "link": page(f"/organizations/{organization.slug}"),
        }
        post(session, "colleague_removed", person.email, person.locale, organization_id=organization.id, **facts)


def change(session: Session, organization: Organization, role: Role, hat: Hat, by: Person) -> None:
    """Make a representative an admin, or an admin a representative; raises LastAdmin when no admin would remain."""
    if hat != Hat.ADMIN and is_last_admin(session, role):
        raise LastAdmin
    if role.role == hat:
        return
    role.role, role.given_by_id, role.given_at = hat, by.id, now()
    session.flush()
    whom = [*admins_of(session, organization.id), role.person]
    about: dict[str, Any] = {"organization": organization, "person": role.person, "role": NAMES[hat]}
    link = page(f"/organizations/{organization.slug}/colleagues")
    for one in {one.id: one for one in whom if one.id != by.id}.values():
        post(session, "colleague_changed", one.email, one.locale, organization_id=organization.id, link=link, **about)


def staff(session: Session) -> Sequence[Person]:
    """Everybody of the staff."""
    return those_with(session, Hat.STAFF)
