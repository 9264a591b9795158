"""What a tick does for the mail: digests, sending, and forgetting what is long over."""

from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from network.clock import now
from network.extensions import touched
from network.mail import outbox
from network.mail.delivery import send_due
from network.mail.models import Message
from network.mail.notices import send_digests

KEPT = timedelta(days=90)
LATELY = timedelta(days=7)


def send(session: Session) -> str:
    """Send what is due. The session has no part in it: nobody waits for the mail server in a transaction."""
    sent, others = send_due()
    return f"{sent} sent, {others} not" if others else f"{sent} sent"


def gather(session: Session) -> str:
    """Make the digests that are due."""
    return f"{send_digests(session, now())} made"


def prune(session: Session) -> str:
    """Forget the messages that were sent or given up long ago, in the queue and in the outbox."""
    before = now() - KEPT
    old = delete(Message).where(Message.state.in_(("sent", "failed", "dropped")), Message.created_at < before)
    rows = touched(session, old)
    files = [file for file in outbox.files() if file.name < f"{before:%Y%m%d-%H%M%S}"]
    for file in files:
        file.unlink(missing_ok=True)
    return f"{rows} forgotten" + (f", {len(files)} files" if files else "")


def drop_waiting(session: Session) -> None:
    """Send nothing of what waited when a backup was made: it was sent since, and its links are of another day."""
    waiting = select(Message).where(Message.state.in_(("waiting", "sending")))
    for message in session.scalars(waiting):
        message.end("dropped", now())


def problems(session: Session) -> list[str]:
    """The mails that could not be sent lately, in the operator's words."""
    failed = (
        select(Message.kind, func.count(), func.max(Message.created_at), func.max(Message.problem))
        .where(Message.state == "failed", Message.created_at >= now() - LATELY)
        .group_by(Message.kind)
        .order_by(Message.kind)
    )
    return [
        f"{count} mails of the kind {kind} could not be sent this week, the last of {last:%Y-%m-%d}: {said}"
        for kind, count, last, said in session.execute(failed)
    ]
