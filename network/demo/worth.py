"""What organisations of the demonstration said partnerships and programmes are worth, round by round."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.demo.past import Missing, done_at, since, stored
from network.demo.written import moment
from network.directory.models import Organization
from network.introductions import checking
from network.introductions.models import ValueCheck
from network.introductions.value import begun
from network.introductions.value_forms import FIELDS

LATER = timedelta(days=6)  # between a question and its answer


def load_worth(session: Session, today: date) -> None:
    """Ask in the rounds before the present one, and answer as written; unless anybody has answered anything."""
    if session.scalars(select(ValueCheck.id).where(ValueCheck.answered_at.is_not(None)).limit(1)).first():
        return
    for written in since("worth")["asked"]:
        on = round_before(today, written["rounds_ago"]) + timedelta(days=1)
        with suppress(Missing):
            ask(session, stored(session, written["organization"]), on, written.get("about", []))


def ask(session: Session, organization: Organization, on: date, about: list[dict[str, Any]]) -> None:
    """Ask an organisation on a day, and answer a little later."""
    with done_at(session, moment(on, organization.slug)):
        checking.ask(session, organization, on)
    with done_at(session, moment(on + LATER, organization.slug), hat="visitor"):
        answer(session, organization, on, about)
    checking.forget_organization(session, organization.id)


def round_before(today: date, rounds: int) -> date:
    """When the round began that was so many before the present one."""
    day = begun(today)
    for _round in range(rounds):
        day = begun(day - timedelta(days=1))
    return day


def answer(session: Session, organization: Organization, on: date, about: list[dict[str, Any]]) -> None:
    """Keep what is written of the partners, and of the programmes where no partner is named."""
    asked = select(ValueCheck).where(ValueCheck.organization_id == organization.id, ValueCheck.asked_on == on)
    checks = {one.partner_id: one for one in session.scalars(asked)}
    found = []
    for one in about:
        partner = stored(session, one["partner"]).id if "partner" in one else None
        if partner in checks:
            found.append((checks[partner], {name: one.get(name, "") for name in FIELDS}))
    if found:
        checking.answer(session, found)
