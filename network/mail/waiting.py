"""The mails that wait for a person: given up, or tried several times in vain."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from network import waiting
from network.clock import now
from network.mail.models import Message
from network.mail.queue import wake_after
from network.text import gettext as _
from network.text import lazy_gettext as _l
from network.waiting import HIGH, Act, Before, By, Refused, Row, Source, Stream, Waiting

SEVERAL = 3  # attempts, after which it is said


def streams() -> Sequence[Stream]:
    rows = Message.id, Message.organization_id, Message.created_at
    return [
        Stream(*rows, (Message.state == "failed",)),
        Stream(*rows, (Message.state == "waiting", Message.attempts >= SEVERAL)),
    ]


def tell(session: Session, ids: Sequence[int]) -> list[Waiting]:
    """The cards of some messages. To whom they are isn't said: of those given up nobody knows it any more."""
    found = []
    for one in session.scalars(select(Message).where(Message.id.in_(ids))):
        words = (
            _("A mail could not be sent: %(problem)s", problem=one.problem or _("the server doesn't say why"))
            if one.state == "failed"
            else _("A mail waits: the server takes it not yet")
        )
        kind = _("Its kind: %(kind)s", kind=one.kind.replace("_", " "))
        problem = one.problem if one.state == "waiting" else ""
        notes = tuple(filter(None, (kind, problem)))
        acts = ("again",) if one.state == "waiting" else ()
        found.append(Waiting("mail", one.id, one.created_at, words, acts=acts, notes=notes))
    return found


def again(session: Session, row: Row, by: By) -> Before:
    """Try to send a message now."""
    message = session.get(Message, row.id, with_for_update=True)
    if message is None or message.state != "waiting":
        raise Refused(_("It is being sent, or was sent, by now."))
    message.due_at = now()
    session.flush()
    wake_after(session)
    return {}


AGAIN = Act("again", _l("Try again now"), _l("Tried again"), again, several=True, first=True)


def init_app() -> None:
    """Let the desk collect them."""
    waiting.add(Source("mail", _l("Mails"), HIGH, streams, tell, waiting.by_key(AGAIN)))
