"""What takes long to count, remembered by each process for ten minutes: pictures of the past, and unmet needs."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

from flask import Flask, current_app
from sqlalchemy.orm import Session

from network.extensions import db
from network.matching.matcher import matcher
from network.matching.suggestions import Gap

LASTS = 600.0  # seconds
T = TypeVar("T")
log = logging.getLogger(__name__)


@dataclass(eq=False)
class Memory:
    """What a process remembers of one database: by key until when (monotonic) and what; and who is counting gaps."""

    kept: dict[Any, tuple[float, Any]] = field(default_factory=dict)
    counting: threading.Lock = field(default_factory=threading.Lock)


memories: WeakKeyDictionary[Any, Memory] = WeakKeyDictionary()


def memory() -> Memory:
    return memories.setdefault(db.engine.pool, Memory())


def forget() -> None:
    """Remember nothing any more."""
    memories.clear()


def lately(key: tuple[Any, ...], make: Callable[[], T]) -> T:
    """What was made within ten minutes, or is made now."""
    kept = memory().kept
    until, found = kept.get(key, (0.0, None))
    if until < time.monotonic():
        found = make()
        kept[key] = time.monotonic() + LASTS, found
    return cast(T, found)


def gaps(session: Session) -> list[Gap] | None:
    """What is sought and hardly offered; None while it is counted for the first time.

    In a large network that takes seconds, so a thread does it, and readers get what was counted before.
    """
    here = memory()
    until, found = here.kept.get(("gaps",), (0.0, None))
    if until >= time.monotonic():
        return cast(list[Gap], found)
    if current_app.testing:
        return lately(("gaps",), lambda: matcher().gaps(session))
    if here.counting.acquire(blocking=False):
        app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
        threading.Thread(target=count, args=(app, here), name="gaps", daemon=True).start()
    return cast(list[Gap] | None, found)


def count(app: Flask, here: Memory) -> None:
    """Count the gaps, and remember them."""
    try:
        with app.app_context():
            here.kept["gaps",] = time.monotonic() + LASTS, matcher().gaps(db.session())
    except Exception:  # the next reader tries again
        log.exception("the gaps could not be counted")
    finally:
        here.counting.release()
