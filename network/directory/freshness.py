"""How sure we are that a profile still holds: said in words, from the day somebody last confirmed it."""

from dataclasses import dataclass
from datetime import date

from flask_babel import format_timedelta

from network.text import gettext as _

AGEING_DAYS = 270
STALE_DAYS = 365


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


def ago(days: int) -> str:
    """A number of days in the past, in the reader's words: "3 weeks ago"."""
    return format_timedelta(-days * 86400, granularity="day", threshold=1.3, add_direction=True)
