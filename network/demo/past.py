"""Doing today what the demonstration says was done before: at its time, by whom it says, without a mail."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from network import clock
from network.accounts.models import Person
from network.directory.models import Listing, Organization
from network.directory.queries import organization_at
from network.history.recording import SAVE
from network.mail.models import Message

FOLDER = Path(__file__).parent / "since"


class Missing(Exception):
    """Something that is written of is not in the database, or not as it was written."""


@cache
def since(name: str) -> dict[str, Any]:
    """What `since/<name>.toml` says."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


@contextmanager
def done_at(session: Session, moment: datetime, by: Person | None = None, hat: str = "") -> Iterator[None]:
    """Let whatever is written meanwhile be a save of its own, of a person in a hat, at that moment."""
    session.info.pop(SAVE, None)
    session.info.update(person_id=by.id if by else None, hat=hat)
    try:
        with clock.set_to(moment):
            yield
            session.flush()
    finally:
        for name in (SAVE, "person_id", "hat"):
            session.info.pop(name, None)


@contextmanager
def without_mail(session: Session) -> Iterator[None]:
    """Take back whatever is queued meanwhile."""
    last = session.scalar(select(func.max(Message.id))) or 0
    yield
    session.flush()
    session.execute(delete(Message).where(Message.id > last).execution_options(synchronize_session=False))


def stored(session: Session, slug: str) -> Organization:
    """The organisation of the demonstration at an address."""
    found = organization_at(session, slug)
    if found is None:
        raise Missing(slug)
    return found


def titled(session: Session, title: str, *states: str) -> Listing:
    """The listing of the demonstration with a title, in one of some states where they are told."""
    found = session.scalars(select(Listing).where(Listing.title == title).order_by(Listing.id)).first()
    if found is None or (states and found.state not in states):
        raise Missing(title)
    return found
