"""How sure we are that a profile still holds: said in words, from the day somebody last confirmed it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import format_timedelta

from network.text import gettext as _

AGEING_DAYS = 270
STALE_DAYS = 365
LISTING_STALE_DAYS = 182


@dataclass(frozen=True)
class Freshness:
    """`state` is fresh, ageing, stale or never; `words` says it to the reader."""

    state: str
    words: str

    @property
    def faded(self) -> bool:
        """Whether lists should show it faded."""
        return self.state in ("stale", "never")


def freshness(confirmed_on: date | None, today: date) -> Freshness:
    """How fresh something is that was last confirmed on a day, seen from `today`."""
    if confirmed_on is None:
        return Freshness("never", _("nobody has confirmed this yet"))
    days = (today - confirmed_on).days
    if days > STALE_DAYS:
        return Freshness("stale", _("nobody has confirmed this since %(year)s", year=confirmed_on.year))
    words = _("confirmed today") if days < 1 else _("confirmed %(ago)s", ago=ago(days))
    return Freshness("ageing" if days > AGEING_DAYS else "fresh", words)


def listing_freshness(confirmed_on: date | None, created_at: datetime | None, today: date) -> Freshness:
    """The same of one thing that is offered or sought: it fades sooner, and is fresh on the day it was written down.

    Only what has faded is said.
    """
    since = confirmed_on or (created_at.date() if created_at else today)
    days = (today - since).days
    if days <= LISTING_STALE_DAYS:
        return Freshness("fresh", "")
    time = format_timedelta(timedelta(days), granularity="month", threshold=1.3)
    return Freshness("stale", _("nobody has confirmed this for %(time)s", time=time))


def ago(days: int) -> str:
    """A number of days in the past, in the reader's words: "3 weeks ago"."""
    return format_timedelta(-days * 86400, granularity="day", threshold=1.3, add_direction=True)
