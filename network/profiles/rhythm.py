"""Simple meeting rhythms, every Tuesday or the first Saturday of a month, as RFC 5545 rules and back."""

import re

from network.text import lazy_gettext as _l

EVERY = {
    "week": _l("every week"),
    "1": _l("the first of the month"),
    "2": _l("the second of the month"),
    "3": _l("the third of the month"),
    "4": _l("the fourth of the month"),
    "-1": _l("the last of the month"),
}
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WEEKLY = re.compile(r"FREQ=WEEKLY;BYDAY=([A-Z]{2})")
MONTHLY = re.compile(r"FREQ=MONTHLY;BYDAY=(-1|[1-4])([A-Z]{2})")


def rule(every: str, weekday: str) -> str:
    """The rule of a rhythm: ("week", "TU") and ("-1", "SA") give rules; without a weekday there is none."""
    if every not in EVERY or weekday not in WEEKDAYS:
        return ""
    return f"FREQ=WEEKLY;BYDAY={weekday}" if every == "week" else f"FREQ=MONTHLY;BYDAY={every}{weekday}"


def rhythm(rule: str) -> tuple[str, str] | None:
    """The simple rhythm that a rule says; None when it says nothing, or more than that."""
    if found := WEEKLY.fullmatch(rule):
        return ("week", found[1]) if found[1] in WEEKDAYS else None
    if found := MONTHLY.fullmatch(rule):
        return (found[1], found[2]) if found[2] in WEEKDAYS else None
    return None
