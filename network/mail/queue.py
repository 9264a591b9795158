"""Putting messages into the queue: written in the recipient's language, kept with whatever else is committed."""

from datetime import datetime
from typing import Any

from flask import render_template
from markdown_it import MarkdownIt
from sqlalchemy import select
from sqlalchemy.orm import Session

from network.clock import now
from network.locales import speaking
from network.mail.models import Message

SUBJECT = "Subject: "


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
    """Queue the message of `templates/mail/<kind>.md`, which says its subject in the first line and its text below.

    It is sent once the caller's transaction is committed, not before `due_at`. With a `key` that was used before
    nothing is queued, and the answer is None.
    """
    if key and session.scalar(select(Message.id).where(Message.key == key)):
        return None
    with speaking(locale):
        subject, text = written(kind, facts)
        html = render_template("mail/frame.html", body=MarkdownIt("js-default").render(text), subject=subject)
    message = Message(
        key=key,
        kind=kind,
        organization_id=organization_id,
        address=to,
        locale=locale,
        subject=subject,
        text=text,
        html=html,
        unsubscribe=unsubscribe,
        reply_to=reply_to,
        due_at=due_at or now(),
    )
    session.add(message)
    return message


def written(kind: str, facts: dict[str, Any]) -> tuple[str, str]:
    """The subject and the text of a kind of message, in the language of the moment."""
    first, _, rest = render_template(f"mail/{kind}.md", **facts).strip().partition("\n")
    return first.removeprefix(SUBJECT).strip(), rest.strip() + "\n"
