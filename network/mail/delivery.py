"""Sending what is due: each message once, whoever else is sending; later again when the server would not take it."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.errors import MessageError
from typing import Any
from urllib.parse import SplitResult, unquote

from flask import current_app
from sqlalchemy import select, update
from sqlalchemy.engine import Row

from network.clock import now
from network.config import MAIL_PORTS
from network.extensions import db
from network.mail import envelope, outbox
from network.mail.models import Message

TIMEOUT = 10  # seconds for each answer of the server
LEASE = timedelta(minutes=10)  # after which a message that somebody began to send is taken up again
DELAYS = [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=6)]
DELAYS += [timedelta(days=1)] * 3
MOST = 500  # messages in one go
EMPTY = {"address": "", "subject": "", "text": "", "html": "", "unsubscribe": "", "reply_to": ""}
NAMED = re.compile(r"\S+@\S+")

Outcome = tuple[str, str]
"""How an attempt ended, "sent", "later" or "failed", and what the server said."""


class Unreachable(Exception):
    """The server does not talk to us: there is no point in trying the next message."""


def send_due() -> tuple[int, int]:
    """Send what is due; gives how many messages were sent, and how many could not be, for now or for good."""
    sent = others = 0
    with post_office() as office:
        for _ in range(MOST):
            message = claim()
            if message is None:
                break
            try:
                outcome = office.take(message)
            except Unreachable as error:
                conclude(message, ("later", str(error)))
                return sent, others + 1
            conclude(message, outcome)
            sent, others = (sent + 1, others) if outcome[0] == "sent" else (sent, others + 1)
    return sent, others


def claim() -> Row | None:
    """A message that is due and now ours for LEASE; None when there is none."""
    due = (
        select(*Message.__table__.c)
        .where(Message.state.in_(("waiting", "sending")), Message.due_at <= now())
        .order_by(Message.kind.startswith("sign_in").desc(), Message.due_at, Message.id)
        .limit(1)
    )
    while True:
        with db.engine.connect().execution_options(read_only=True) as connection:
            found = connection.execute(due).first()
        if found is None:
            return None
        if changed(found, found.attempts, state="sending", attempts=found.attempts + 1, due_at=now() + LEASE):
            return found


def conclude(message: Row, outcome: Outcome) -> None:
    """Note how an attempt ended, unless somebody else took the message up meanwhile."""
    state, said = outcome
    ours: Any = {"problem": NAMED.sub("…", said)[:500]}
    if state == "later" and message.attempts < len(DELAYS):
        ours |= {"state": "waiting", "due_at": now() + DELAYS[message.attempts]}
    else:
        ours |= {
            "state": "sent" if state == "sent" else "failed",
            "sent_at": now() if state == "sent" else None,
            **EMPTY,
        }
    changed(message, message.attempts + 1, **ours)


def changed(message: Row, known: int, **values: Any) -> bool:
    """Change a message if nobody else attempted it meanwhile; the count of attempts is its version."""
    query = update(Message).where(Message.id == message.id, Message.attempts == known).values(**values)
    with db.engine.begin() as connection:
        return connection.execute(query).rowcount == 1


@contextmanager
def post_office() -> Iterator["Folder | Server"]:
    """Where messages are taken: the mail server, or the folder when there is none."""
    server: SplitResult | None = current_app.config["MAIL_SERVER"]
    if server is None:
        yield Folder()
        return
    office = Server(server)
    try:
        yield office
    finally:
        office.close()


class Folder:
    """Takes every message."""

    def take(self, message: Row) -> Outcome:
        name = f"{now():%Y%m%d-%H%M%S}-{message.id:06}-{message.kind}"
        try:
            outbox.put(name, envelope.letter(message, encoding="8bit"))
        except (ValueError, MessageError) as error:
            return "failed", f"the message cannot be written: {error}"
        except OSError as error:
            raise Unreachable(f"the outbox cannot be written: {error.strerror}") from error
        return "sent", ""


class Server:
    """A mail server, talked to once there is something to send, for as long as it answers."""

    def __init__(self, url: SplitResult) -> None:
        self.url = url
        self.connection: smtplib.SMTP | None = None

    def take(self, message: Row) -> Outcome:
        try:
            letter = envelope.letter(message)
        except (ValueError, MessageError) as error:
            return "failed", f"the message cannot be written: {error}"
        fresh = self.connection is None
        try:
            self.connected().send_message(letter)
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            return refusal(code, said)
        except smtplib.SMTPDataError as error:
            return refusal(error.smtp_code, error.smtp_error)
        except smtplib.SMTPNotSupportedError as error:
            return "failed", str(error)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            if not fresh and isinstance(error, smtplib.SMTPServerDisconnected):
                return self.take(message)  # it had enough of this connection
            raise Unreachable(f"{type(error).__name__}: {error}") from error
        return "sent", ""

    def connected(self) -> smtplib.SMTP:
        """The open connection; a new one when there is none."""
        if self.connection is None:
            self.connection = connect(self.url)
        return self.connection

    def close(self) -> None:
        """Say goodbye, if it still listens."""
        connection, self.connection = self.connection, None
        if connection is not None:
            try:
                connection.quit()
            except (OSError, smtplib.SMTPException):
                connection.close()


def refusal(code: int, said: bytes | str) -> Outcome:
    """What a server's no means: for good when its code begins with a 5, for now otherwise."""
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return "failed" if code >= 500 else "later", f"{code} {words}"


def connect(url: SplitResult) -> smtplib.SMTP:
    """A connection to the mail server, signed in; encrypted where the address or the server says so."""
    host, port = url.hostname or "", url.port or MAIL_PORTS[url.scheme]
    if url.scheme == "smtps":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=ssl.create_default_context())
    else:
        connection = smtplib.SMTP(host, port, timeout=TIMEOUT)
    try:
        connection.ehlo()
        if url.scheme == "smtp+starttls":
            connection.starttls(context=ssl.create_default_context())
        elif url.scheme == "smtp" and connection.has_extn("starttls"):
            connection.starttls(context=unverified())
        if url.username:
            connection.login(unquote(url.username), unquote(url.password or ""))
    except BaseException:
        connection.close()
        raise
    return connection


def unverified() -> ssl.SSLContext:
    """Encryption for `smtp://`, where none was asked for: better than none, though nobody says who the server is."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
