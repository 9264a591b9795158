"""Asking organisations whether their profile is still right: which ones, whom, and how often."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from secrets import token_urlsafe

from flask import current_app
from sqlalchemy import ColumnElement, Date, Select, and_, delete, exists, func, literal, or_, select, update
from sqlalchemy.engine import Connection, Row
from sqlalchemy.orm import Session

from network import mail
from network.accounts.models import Person, Role
from network.accounts.present import hashed
from network.chapters.meetings import last_day
from network.clock import now
from network.directory.freshness import AGEING_DAYS, STALE_DAYS
from network.directory.models import Organization, Task
from network.directory.profile import Profile, profiles
from network.directory.tasks import STALE
from network.extensions import db
from network.hats import Hat
from network.mail.models import Message
from network.mail.notices import NEVER, refused
from network.profiles.models import Question

MOST = 200  # organisations in one tick, so that a large network does not write to everyone at once
LATER = timedelta(days=21)  # between the question and each reminder, and before staff are told
REMINDERS = 2
GOOD_FOR = timedelta(days=30)
KEPT = timedelta(days=180)  # once they were answered
SOONEST = timedelta(days=90)  # between questions about meetings that are over
KEY = "question-"
SPEAKERS = (Hat.ADMIN, Hat.REPRESENTATIVE)

ROUND = func.coalesce(Organization.confirmed_on, func.date(Organization.created_at, type_=Date), type_=Date)
SPOKEN_FOR = exists().where(Role.organization_id == Organization.id, Role.role.in_(SPEAKERS))
ASKED = (
    select(
        Question.organization_id,
        Question.round,
        func.max(Question.number).label("number"),
        func.max(Question.asked_at).label("at"),
        func.max(Question.answered_at).label("answered_at"),
    )
    .group_by(Question.organization_id, Question.round)
    .subquery()
)
THIS_ROUND = and_(ASKED.c.organization_id == Organization.id, ASKED.c.round == ROUND)
CURRENT = Organization.standing == "current"


@dataclass(frozen=True)
class Recipient:
    """Whom to ask: somebody who acts for the organisation, or its published address."""

    email: str
    locale: str
    person_id: int | None = None


def confirmed_before(day: date) -> ColumnElement[bool]:
    """Whether an organisation was last confirmed, or if never then entered, before a day."""
    midnight = datetime.combine(day, datetime.min.time())
    never = and_(Organization.confirmed_on.is_(None), Organization.created_at < midnight)
    return or_(Organization.confirmed_on < day, never)


def ageing(today: date) -> Select:
    """Organisations that nobody confirmed for long, somebody could be asked, and nobody was."""
    return (
        select(Organization.id, ROUND.label("round"), literal(0).label("number"))
        .outerjoin(ASKED, THIS_ROUND)
        .where(CURRENT, confirmed_before(today - timedelta(AGEING_DAYS)), ASKED.c.number.is_(None))
        .where(or_(Organization.email != "", SPOKEN_FOR))
    )


def unanswered(at: datetime) -> Select:
    """Organisations that were asked some weeks ago and did not answer, with the number of the next reminder."""
    return (
        select(Organization.id, ROUND.label("round"), (ASKED.c.number + 1).label("number"))
        .join(ASKED, THIS_ROUND)
        .where(CURRENT, ASKED.c.answered_at.is_(None), ASKED.c.number < REMINDERS, ASKED.c.at <= at - LATER)
    )


def silent(today: date, at: datetime) -> Select:
    """Organisations for staff to look at: no reminder helped, or there is nobody to ask."""
    no_answer = and_(ASKED.c.number >= REMINDERS, ASKED.c.at <= at - LATER)
    not_confirmed = and_(ASKED.c.answered_at.is_not(None), ASKED.c.at <= at - LATER * (REMINDERS + 1))
    nobody = and_(Organization.email == "", ~SPOKEN_FOR, confirmed_before(today - timedelta(STALE_DAYS)))
    known = exists().where(Task.organization_id == Organization.id, Task.key == STALE, Task.done_at.is_(None))
    quiet = or_(no_answer, not_confirmed, nobody)
    return select(Organization.id).outerjoin(ASKED, THIS_ROUND).where(CURRENT, quiet, ~known)


def over(connection: Connection, today: date, at: datetime) -> list[Row]:
    """Organisations whose dates of meeting have all passed, and that were not asked lately."""
    last = select(Question.organization_id, func.max(Question.asked_at).label("at")).group_by(Question.organization_id)
    earlier = last.subquery()
    query = (
        select(
            Organization.id,
            ROUND.label("round"),
            literal(0).label("number"),
            Organization.meets_rule,
            Organization.confirmed_on,
        )
        .outerjoin(earlier, earlier.c.organization_id == Organization.id)
        .outerjoin(ASKED, THIS_ROUND)
        .where(CURRENT, Organization.meets_rule.contains("UNTIL="), ASKED.c.number.is_(None))
        .where(or_(earlier.c.at.is_(None), earlier.c.at <= at - SOONEST), or_(Organization.email != "", SPOKEN_FOR))
    )
    return [row for row in connection.execute(query) if is_over(row.meets_rule, row.confirmed_on, today)]


def is_over(rule: str, confirmed_on: date | None, today: date) -> bool:
    """Whether the meetings ended, and nobody said since, or not for long, that it is right all the same."""
    ended = last_day(rule)
    if ended is None or ended >= today:
        return False
    return confirmed_on is None or confirmed_on <= ended or confirmed_on <= today - SOONEST


def ask_everyone(session: Session) -> str:
    """Ask whom it is time to ask, remind who did not answer, and tell staff where that did not help."""
    at = now()
    today = at.date()
    with db.engine.connect().execution_options(read_only=True) as connection:  # writers need not wait for it
        due = list(connection.execute(unanswered(at).limit(MOST)))
        due += over(connection, today, at)[: MOST - len(due)]
        due += connection.execute(ageing(today).limit(MOST - len(due))) if len(due) < MOST else []
        quiet = list(connection.scalars(silent(today, at).limit(MOST)))
    asked = {row.id: (row.round, row.number) for row in reversed(due)}
    written = sum(ask(session, profile, *asked[profile.row.id]) for profile in profiles(session, list(asked)))
    close_tasks(session, at)
    open_tasks(session, quiet)
    session.execute(delete(Question).where(Question.answered_at < at - KEPT))
    return f"{written} mails about {len(asked)} organisations, {len(quiet)} left to staff"


def ask(session: Session, profile: Profile, round: date, number: int) -> int:
    """Write to whoever speaks for an organisation; gives how many mails that makes.

    That there was nobody to write to is noted too, as a question that has no address.
    """
    recipients = reachable(session, profile)
    at = now()
    for one in recipients:
        token = token_urlsafe(32)
        question = Question(
            organization_id=profile.row.id,
            round=round,
            number=number,
            email=one.email,
            token_hash=hashed(token),
            asked_at=at,
            expires_at=at + GOOD_FOR,
        )
        session.add(question)
        write(session, profile, one, question, token)
    if not recipients:
        question = Question(organization_id=profile.row.id, round=round, number=number, email="")
        question.token_hash, question.asked_at, question.expires_at = hashed(token_urlsafe(32)), at, at
        session.add(question)
    return len(recipients)


def write(session: Session, profile: Profile, to: Recipient, question: Question, token: str) -> None:
    """Queue the question, or its reminder, with the profile as everyone sees it."""
    place = f"{current_app.config['BASE_URL'].rstrip('/')}/organizations/{profile.row.slug}"
    mail.post(
        session,
        "still_right_reminder" if question.number else "still_right",
        to.email,
        to.locale,
        key=KEY + question.token_hash,
        organization_id=profile.row.id,
        unsubscribe=mail.to_preferences(to.person_id) if to.person_id else "",
        profile=profile,
        last=question.number == REMINDERS,
        profile_url=place,
        confirm_url=f"{place}/confirm?token={token}",
        change_url=f"{place}/edit" if to.person_id else f"{place}/suggest?token={token}",
    )


def reachable(session: Session, profile: Profile) -> list[Recipient]:
    """Whom to ask: the organisation's own people, else its published address; nobody whose mails came back."""
    people = session.scalars(
        select(Person)
        .join(Role, Role.person_id == Person.id)
        .where(Role.organization_id == profile.row.id, Role.role.in_(SPEAKERS))
        .distinct()
    )
    returned = came_back(session, profile.row.id)
    found = [
        Recipient(person.email, person.locale, person.id)
        for person in people
        if person.mails != NEVER and person.email not in returned
    ]
    published = profile.row.email.strip()
    if not found and "@" in published and published not in returned and not refused(session, published):
        return [Recipient(published, language_of(profile.row.languages))]
    return found


def came_back(session: Session, organization_id: int) -> set[str]:
    """The addresses to which a question of this organisation could not be sent."""
    query = (
        select(Question.email)
        .join(Message, Message.key == literal(KEY) + Question.token_hash)
        .where(Question.organization_id == organization_id, Message.state == "failed")
    )
    return set(session.scalars(query))


def language_of(languages: Iterable[str]) -> str:
    """The language to write to an organisation in: the first of its own that we speak, else the network's."""
    spoken = current_app.config["LOCALES"]
    for code in languages:
        if (language := code.partition("-")[0]) in spoken:
            return language
    return str(current_app.config["DEFAULT_LOCALE"])


def open_tasks(session: Session, ids: list[int]) -> None:
    """Let staff look at organisations that nobody answered for."""
    done = {task.organization_id: task for task in tasks_of(session, ids)}
    for id in ids:
        if id in done:
            done[id].done_at, done[id].opened_at = None, now()
        else:
            session.add(Task(organization_id=id, key=STALE))


def close_tasks(session: Session, at: datetime) -> None:
    """Let staff look no more at what was confirmed since, in whatever way."""
    confirmed_since = exists().where(
        Organization.id == Task.organization_id,
        Organization.confirmed_on >= func.date(Task.opened_at, type_=Date),
    )
    query = update(Task).where(Task.key == STALE, Task.done_at.is_(None), confirmed_since)
    session.execute(query.values(done_at=at).execution_options(synchronize_session=False))


def tasks_of(session: Session, ids: list[int]) -> list[Task]:
    """The tasks that were opened for these organisations because nobody answered."""
    return list(session.scalars(select(Task).where(Task.organization_id.in_(ids), Task.key == STALE)))


def question_of(session: Session, token: str) -> Question | None:
    """The question that a mailed token belongs to, answered or not, for as long as the token is good."""
    if not token:
        return None
    return session.scalars(
        select(Question).where(Question.token_hash == hashed(token), Question.expires_at > now())
    ).first()
