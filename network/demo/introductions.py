"""The introductions of the demonstration, asked for and answered as people do it, each step at its time."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.accounts.actions import give_role, person_for
from network.accounts.models import Person
from network.accounts.queries import person_at
from network.demo.past import Missing, done_at, since, stored, titled
from network.demo.persons import persons
from network.demo.written import moment
from network.directory.models import Organization
from network.hats import Hat
from network.introductions import actions, timing
from network.introductions.allowing import settle_inbox
from network.introductions.keeping import forget_links
from network.introductions.models import Introduction
from network.introductions.states import Refused
from network.mail.notices import NEVER


def load_introductions(session: Session, today: date) -> None:
    """Play every introduction up to `today`, unless there is any; one that can't be asked for any more is left out."""
    if session.scalars(select(Introduction.id).limit(1)).first():
        return
    said = since("introductions")
    for written in said["person"]:
        with suppress(Missing):
            load_speaker(session, written)
    for slug in said["introduces"]:
        with suppress(Missing):
            settle_inbox(session, stored(session, slug), open=True, introduces=True)
    for written in said["introduction"]:
        with suppress(Missing, Refused):
            play(session, written, today)


def load_speaker(session: Session, written: dict[str, str]) -> None:
    """Make an account for somebody who speaks for a party: an admin who wants no mail."""
    of = stored(session, written["organization"])
    if person_at(session, written["email"]) is None:
        person = person_for(session, written["email"], written.get("locale", "en"))
        person.name, person.mails = written["name"], NEVER
        give_role(session, person, Hat.ADMIN, of.id)


def speaker(session: Session, who: str) -> tuple[Person, Hat]:
    """Who speaks for an organisation of the demonstration, or has an address, and in which hat."""
    for one in (*persons(), *since("introductions")["person"]):
        if who in (one.get("organization"), one["email"]) and (person := person_at(session, one["email"])):
            return person, Hat(one.get("role", Hat.ADMIN))
    raise Missing(who)


def play(session: Session, written: dict[str, Any], today: date) -> None:
    """One introduction: asked for, then what everybody did, then what time did until today."""
    parties = [stored(session, slug) for slug in written["between"]]
    speakers = {one["who"]: speaker(session, one["who"]) for one in written.get("then", ())}
    with unaged(session, parties):
        introduction = asked(session, written, parties, today)
        for step in written.get("then", ()):
            at = moment(today - timedelta(days=step["days_ago"]), step["who"])
            pass_time(session, introduction, at)
            by, hat = speakers[step["who"]]
            said = (step.get("says", ""), step.get("words", ""))
            with done_at(session, at, by, hat):
                actions.act(session, introduction, step["does"], stored(session, step["who"]), by, *said)
        pass_time(session, introduction, datetime.combine(today, time.min))
        forget_links(introduction)


def asked(session: Session, written: dict[str, Any], parties: list[Organization], today: date) -> Introduction:
    """The introduction as it was asked for."""
    by, hat = speaker(session, written.get("proposed_by", written["between"][0]))
    about = titled(session, written["about"], "open") if "about" in written else None
    introducer = stored(session, written["introducer"]) if "introducer" in written else None
    at = moment(today - timedelta(days=written["asked_days_ago"]), written["words"])
    with done_at(session, at, by, hat):
        if len(parties) > 2:
            return actions.ask_all(session, parties, by, written["words"], hat)
        one, other = parties
        return actions.ask(session, one, other, by, written["words"], hat, about, introducer)


def pass_time(session: Session, introduction: Introduction, until: datetime) -> None:
    """Let the timer look at an introduction whenever it would have."""
    while introduction.due_at and introduction.due_at <= until:
        with done_at(session, introduction.due_at):
            timing.advance(session, introduction)


@contextmanager
def unaged(session: Session, organizations: list[Organization]) -> Iterator[None]:
    """Keep the times at which organisations were changed last from going back."""
    before = {one: one.changed_at for one in organizations}
    yield
    session.flush()
    for one, changed in before.items():
        one.changed_at = max(one.changed_at, changed)
