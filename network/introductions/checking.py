"""Asking twice a year what partnerships and our programmes are worth, and keeping what is answered."""

from collections.abc import Mapping, Sequence
from datetime import date
from secrets import token_urlsafe

from sqlalchemy import update
from sqlalchemy.orm import Session

from network import mail
from network.accounts.pages import page
from network.accounts.present import hashed
from network.accounts.queries import admins_of
from network.clock import now
from network.directory.models import Organization
from network.history import recording
from network.introductions.asked import GOOD_FOR, due
from network.introductions.models import ValueCheck
from network.introductions.openness import blocked
from network.introductions.partnerships import partnerships
from network.introductions.value import SETTLED, begun
from network.text import gettext as _

THING = "value_check"
ABOUT = 12  # partners that one is asked about at once: those about whom nobody asked for longest


def ask_everyone(session: Session) -> str:
    """Ask whom it is time to ask, once in a half-year; says in a line how many."""
    today = now().date()
    found = due(session, today)
    written = sum(ask(session, organization, today) for organization in found)
    return f"{written} mails to {len(found)} organisations"


def ask(session: Session, organization: Organization, today: date) -> int:
    """Ask the admins of an organisation about its partners and our programmes, on its page and in one mail each.

    Gives how many mails: admins who want none find the questions on the page alone.
    """
    token = token_urlsafe(32)
    mine = ValueCheck.organization_id == organization.id
    session.execute(update(ValueCheck).where(mine, ValueCheck.token_hash != "").values(token_hash=""))
    about = partners(session, organization, today)
    for partner in (*about, None):
        check = ValueCheck(organization_id=organization.id, partner_id=partner, asked_on=today)
        check.token_hash = hashed(token)
        session.add(check)
    session.flush()
    written = 0
    for person in admins_of(session, organization.id):
        key = f"value-{organization.id}-{begun(today)}-{person.id}"
        made = mail.notice(
            session,
            person,
            "value_check",
            key=key,
            organization_id=organization.id,
            name=organization.name,
            partners=len(about),
            until=today + GOOD_FOR,
            link=page("/introductions/value/answer", token=token),
        )
        written += made is not None
    return written


def partners(session: Session, organization: Organization, today: date) -> list[int]:
    """About whom an organisation is asked: settled partners that neither of the two blocked."""
    away = blocked(session, organization.id)
    asked: dict[int, date] = {}
    found = []
    for one in partnerships(session, organization.id, today):
        other = one.across(organization.id)
        if other not in away and min(tie.on for tie in one.ties) <= today - SETTLED:
            found.append(other)
            said = one.said(organization.id)
            asked[other] = said[0].asked_on if said else date.min
    return sorted(found, key=lambda id: (asked[id], id))[:ABOUT]


def answer(session: Session, checks: Sequence[tuple[ValueCheck, Mapping[str, str]]]) -> int:
    """Keep what was answered to the checks of one organisation; gives how many say anything new."""
    changed = 0
    for check, said in checks:
        if said == {name: getattr(check, name) for name in said}:
            continue
        for name, value in said.items():
            setattr(check, name, value)
        check.answered_at = now() if any(said.values()) else None
        changed += 1
    if changed:
        recording.happened(session, checks[0][0].organization_id, "answered", THING, checks[0][0].id)
    return changed


def forget_organization(session: Session, id: int) -> None:
    """The links of its mails open nothing any more; what it said, and what others said of it, goes with its rows."""
    session.execute(update(ValueCheck).where(ValueCheck.organization_id == id).values(token_hash=""))


def headline(action: str) -> str:
    """What the history of an organisation says of its answers."""
    return _("Somebody said what partnerships and programmes are worth")
