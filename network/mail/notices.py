"""Mails that one may have fewer of: each as it happens, gathered once a week or a month, or none."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Protocol

from markupsafe import escape
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from network.clock import now
from network.locales import speaking
from network.mail import links
from network.mail.models import Message, Refusal
from network.mail.queue import post, wake_after
from network.mail.wording import Words, framed, worded

EACH, WEEKLY, MONTHLY, NEVER = FREQUENCIES = ("each", "weekly", "monthly", "never")
AT = time(6)  # when digests are due, UTC


class Reader(Protocol):
    """A person as far as mails go; `mails` is one of FREQUENCIES."""

    id: Any
    email: Any
    locale: Any
    mails: Any


@dataclass
class Readers:
    """What the features above tell: the person with an id."""

    find: Callable[[int], Reader | None] = lambda id: None


readers = Readers()


def notice(
    session: Session,
    to: Reader | str,
    kind: str,
    locale: str = "en",
    *,
    key: str | None = None,
    organization_id: int | None = None,
    reply_to: str = "",
    **facts: Any,
) -> Message | None:
    """Queue a mail that its reader may do without, as often as they chose; None when they want none.

    `to` is a person, who is written to in their own language, or the plain address of somebody without an account, who
    is written to in `locale` unless they asked for no more. All else is as in `post`.
    """
    more = {"key": key, "organization_id": organization_id, "reply_to": reply_to, **facts}
    if isinstance(to, str):
        return None if refused(session, to) else post(session, kind, to, locale, **more)
    if to.mails == NEVER:
        return None
    if to.mails == EACH:
        return post(session, kind, to.email, to.locale, unsubscribe=links.to_preferences(to.id), **more)
    if key and session.scalar(select(Message.id).where(Message.key == key)):
        return None
    with speaking(to.locale):
        words = worded(kind, facts)
    kept = Message(
        key=key,
        kind=kind,
        organization_id=organization_id,
        address=to.email,
        locale=to.locale,
        subject=words.subject,
        text=words.text,
        html=words.html,
        unsubscribe=links.to_preferences(to.id),
        state="kept",
        due_at=next_digest(to.mails, now()),
    )
    session.add(kept)
    return kept


def next_digest(frequency: str, after: datetime) -> datetime:
    """When the next digest is due: on Monday, or on the first of the month."""
    if frequency == WEEKLY:
        day = after.date() + timedelta(7 - after.weekday())
    else:
        day = (after.date().replace(day=1) + timedelta(32)).replace(day=1)
    return datetime.combine(day, AT)


def refused(session: Session, email: str) -> bool:
    """Whether an address asked for no more notices."""
    return refused_digest(session, links.digest(email))


def refused_digest(session: Session, digest: str) -> bool:
    """The same, of the digest of an address."""
    return session.get(Refusal, digest) is not None


def refuse(session: Session, digest: str) -> None:
    """Send no more notices to the address with a digest."""
    if not refused_digest(session, digest):
        session.add(Refusal(digest=digest))


def choose(session: Session, person: Reader, frequency: str) -> None:
    """Let a person have notices as often as they want; what is kept for a digest follows."""
    person.mails = frequency
    kept = (Message.address == person.email) & (Message.state == "kept")
    if frequency == NEVER:
        session.execute(delete(Message).where(kept))
    else:
        due = now() if frequency == EACH else next_digest(frequency, now())
        session.execute(update(Message).where(kept).values(due_at=due))


def send_digests(session: Session, at: datetime) -> int:
    """Make one message of all that is kept for each reader whose digest is due; gives how many."""
    kept = select(Message).where(Message.state == "kept", Message.due_at <= at).order_by(Message.id)
    by_address: dict[str, list[Message]] = {}
    for message in session.scalars(kept):
        by_address.setdefault(message.address, []).append(message)
    for messages in by_address.values():
        session.add(digest(messages))
        for message in messages:
            message.end("sent", at)
    if by_address:
        wake_after(session)
    return len(by_address)


def digest(messages: list[Message]) -> Message:
    """One message that says what several would have."""
    last = messages[-1]
    with speaking(last.locale):
        first = worded("digest", {"subjects": [one.subject for one in messages]})
        texts = [first.text, *(f"{one.subject}\n{'=' * len(one.subject)}\n\n{one.text}" for one in messages)]
        html = [first.html, *(f"<h2>{escape(one.subject)}</h2>\n{one.html}" for one in messages)]
        text, page = framed(Words(first.subject, "\n".join(texts), "".join(html)), last.unsubscribe)
    return Message(
        kind="digest",
        address=last.address,
        locale=last.locale,
        subject=first.subject,
        text=text,
        html=page,
        unsubscribe=last.unsubscribe,
    )
