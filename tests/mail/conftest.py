"""A real mail server for the tests, and an application of its own that sends to it."""

import itertools
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy.orm import Session

from network import create_app
from network.extensions import db
from network.mail.models import Message

numbers = itertools.count(1)


class Letterbox:
    """What a mail server does with what it is given: it keeps it, or says the `answers` it was told to."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.written: list[bytes] = []
        self.answers: dict[str, list[str]] = {}  # to an address: what is said to each attempt in turn

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        told = self.answers.get(address)
        if told:
            return told.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:
        self.written.append(envelope.content)
        self.letters.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"

    def to(self) -> list[str]:
        return sorted(str(letter["To"]) for letter in self.letters)


@pytest.fixture
def letterbox() -> Letterbox:
    return Letterbox()


@pytest.fixture
def server(letterbox: Letterbox) -> Iterator[Controller]:
    """A mail server on a port of its own."""
    started = Controller(letterbox, hostname="127.0.0.1", port=free_port())
    started.start()
    yield started
    started.stop(no_assert=True)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextmanager
def deaf_server() -> Iterator[int]:
    """The port of a server that takes every call and never says a word."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen(16)
        yield one.getsockname()[1]


@pytest.fixture
def sending(app: Flask, database_url: str) -> Iterator[Callable[..., Flask]]:
    """A function that gives the application with settings of its own, over the same database."""
    made: list[Flask] = []

    def make(url: str, **settings: object) -> Flask:
        overrides = {"TESTING": True, "DATABASE_URL": database_url, "LOG_LEVEL": "WARNING", "MAIL_URL": url}
        made.append(create_app({**overrides, **settings}))
        return made[-1]

    yield make
    for one in made:
        one.extensions["postman"].retire()
        with one.app_context():
            db.engine.dispose()


@pytest.fixture
def message(session: Session) -> Callable[..., Message]:
    """A function that stores a message that is due."""

    def store(address: str = "", **fields: object) -> Message:
        words = {"subject": "Hello", "text": "Dear you,\n", "html": "<p>Dear you,</p>", "locale": "en", "kind": "told"}
        made = Message(address=address or f"person-{next(numbers)}@example.org", **{**words, **fields})
        session.add(made)
        session.commit()
        return made

    return store


def wait_until(true: Callable[[], object], seconds: float = 10) -> None:
    """Return once it is true; fail when it isn't in time."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.05)


def at_once(*doing: Callable[[], object]) -> None:
    """Do several things at the same time, in a thread each."""
    together = threading.Barrier(len(doing))

    def begin(one: Callable[[], object]) -> None:
        together.wait()
        one()

    threads = [threading.Thread(target=begin, args=(one,)) for one in doing]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
