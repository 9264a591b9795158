"""The time, as it is stored."""

from datetime import UTC, datetime


def now() -> datetime:
    """This moment, in UTC and without a zone, as both engines store it."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)
