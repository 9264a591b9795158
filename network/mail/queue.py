"""Putting messages into the queue: written in the recipient's language, kept with whatever else is committed."""

from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from network.clock import now
from network.extensions import touched
from network.locales import speaking
from network.mail import links, outbox
from network.mail.models import Message
from network.mail.wording import framed, worded

SIGNING_IN = ("sign_in", "invitation", "recovery")
"""How the kinds begin that nobody can have fewer of: whoever asked for them is waiting."""


def post(
    session: Session,
    kind: str,
    to: str,
    locale: str = "en",
    *,
    key: str | None = None,
    organization_id: int | None = None,
    unsubscribe: str = "",
    reply_to: str = "",
    due_at: datetime | None = None,
    **facts: Any,
) -> Message | None:
    """Queue a mail that is necessary: `templates/mail/<kind>.md` has its subject in the first line, its text below.

    It is sent once the caller's transaction is committed, not before `due_at`. With a `key` that was used before
    nothing is queued, and the answer is None; the key outlives the mail, so no address stands in it. Unless it is about
    signing in, a mail says where one gets fewer of them: at `unsubscribe`, or for this address alone.

    In the template `_()` and `ngettext()` translate, `{{ button(_("Open it"), url) }}` is the one thing to press, and
    `{{ words | quoted }}` is what somebody wrote.
    """
    if key and session.scalar(select(Message.id).where(Message.key == key)):
        return None
    if not unsubscribe and not kind.startswith(SIGNING_IN):
        unsubscribe = links.to_refusal(to)
    with speaking(locale):
        words = worded(kind, facts)
        text, html = framed(words, unsubscribe)
    message = Message(
        key=key,
        kind=kind,
        organization_id=organization_id,
        address=to,
        locale=locale,
        subject=words.subject,
        text=text,
        html=html,
        unsubscribe=unsubscribe,
        reply_to=reply_to,
        due_at=due_at or now(),
    )
    session.add(message)
    wake_after(session)
    return message


def wake_after(session: Session) -> None:
    """See to it that the postman looks once the session's transaction is over."""
    session.info["postman"] = current_app.extensions["postman"]


def forget(session: Session, address: str) -> int:
    """Take away what waits for an address or waits to be answered to it, and what the outbox holds; gives how many."""
    email = address.lower()
    found = delete(Message).where((func.lower(Message.address) == email) | (func.lower(Message.reply_to) == email))
    return touched(session, found) + outbox.forget(address)
