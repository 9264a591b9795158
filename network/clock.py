"""The time, as it is stored."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_set: ContextVar[datetime | None] = ContextVar("set", default=None)


def now() -> datetime:
    """This moment, in UTC and without a zone, as both engines store it."""
    return _set.get() or datetime.now(UTC).replace(tzinfo=None, microsecond=0)


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Let whatever is done meanwhile be done at another moment: for what the demonstration tells of its past."""
    before = _set.set(moment)
    try:
        yield
    finally:
        _set.reset(before)
