"""What waits for a person in the demonstration: claimed and suggested as people do it, each at its time."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.accounts.actions import person_for
from network.clock import now
from network.demo.past import Missing, done_at, since, stored
from network.demo.written import moment
from network.directory.tasks import settle_task
from network.mail.notices import NEVER
from network.profiles import claims, suggestions
from network.profiles.models import Claim, Suggestion

AROUND = ("organization", "days_ago", "note")


def load_waiting(session: Session, today: date) -> None:
    """Let some of it wait as of `today`, unless anybody claimed or suggested anything."""
    if session.scalars(select(Claim.id).limit(1)).first() or session.scalars(select(Suggestion.id).limit(1)).first():
        return
    said = since("waiting")
    for kind, load in (("claim", load_claim), ("suggestion", load_suggestion), ("task", load_task)):
        for written in said[kind]:
            on = moment(today - timedelta(days=written["days_ago"]), written["organization"])
            with suppress(Missing, claims.Refused, suggestions.Refused), done_at(session, on, hat="visitor"):
                load(session, written)


def load_claim(session: Session, written: dict[str, Any]) -> None:
    of = stored(session, written["organization"])
    person = person_for(session, written["email"])
    person.name, person.mails = written["name"], NEVER
    claims.ask(session, of, person, claims.STAFF, written["reason"])


def load_suggestion(session: Session, written: dict[str, Any]) -> None:
    of = stored(session, written["organization"])
    fields = {name: value for name, value in written.items() if name not in AROUND}
    suggestions.make(session, of, fields, written["note"], "", "en")


def load_task(session: Session, written: dict[str, Any]) -> None:
    """A task whose organisation is as the task says: nobody confirmed it meanwhile, or it is not met."""
    of = stored(session, written["organization"])
    if of.standing != "current" or (of.confirmed_on and of.confirmed_on > now().date()):
        raise Missing(of.slug)
    settle_task(session, of.id, written["key"], written.get("facts", {}))
