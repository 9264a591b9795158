"""The fields of a profile and what they hold, in the reader's words: for its history and for suggestions."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask_babel import format_date

from network.directory.categories import CATEGORIES
from network.directory.saying import area_words, country, number, topic_name
from network.directory.spoken import speaks
from network.directory.vocabulary import (
    AREAS,
    DELIVERIES,
    KINDS,
    LINK_TYPES,
    LISTING_STATES,
    PRECISIONS,
    REACHES,
    SIDES,
    STAGES,
    STANDINGS,
    Terms,
)
from network.text import gettext as _
from network.text import lazy_gettext as _l

NAMES = {
    "name": _l("Name"),
    "slug": _l("Address of the page"),
    "category": _l("Category"),
    "standing": _l("Standing"),
    "summary": _l("In one sentence"),
    "description": _l("Description"),
    "website": _l("Website"),
    "email": _l("E-mail"),
    "phone": _l("Phone"),
    "languages": _l("Languages"),
    "founded": _l("Since"),
    "coordinator": _l("Coordinated by"),
    "meets": _l("When it meets"),
    "meets_rule": _l("Meeting rhythm"),
    "meets_at": _l("Time of the meeting"),
    "newcomers": _l("Newcomers are welcome"),
    "online": _l("Meets online"),
    "address": _l("Street address"),
    "town": _l("Town"),
    "region": _l("Region"),
    "country": _l("Country"),
    "latitude": _l("Latitude"),
    "longitude": _l("Longitude"),
    "precision": _l("How exact the place is"),
    "area_served": _l("Area served"),
    "source": _l("Source"),
    "source_url": _l("Address of the source"),
    "topics": _l("Topics"),
    "side": _l("Offered or sought"),
    "title": _l("Title"),
    "detail": _l("Detail"),
    "kind": _l("Kind of help"),
    "area": _l("Service area"),
    "delivery": _l("How it is given"),
    "stage": _l("Stage"),
    "reach": _l("Reach"),
    "reach_km": _l("Reach in kilometres"),
    "reach_countries": _l("Reach in countries"),
    "in_return": _l("Wanted in return"),
    "until": _l("Stands until"),
    "state": _l("State"),
    "position": _l("Place in the list"),
    "type": _l("Tie"),
    "from_id": _l("From"),
    "to_id": _l("To"),
    "started_on": _l("Since"),
    "ended_on": _l("Until"),
    "proposed_by": _l("Proposed by"),
    "confirmed_by": _l("Confirmed by"),
    "confirmed_on": _l("Last confirmed"),
    "visible": _l("Who sees it"),
    "closed": _l("It has closed"),
    "reason": _l("Reason"),
}
CLOSED_LISTS: dict[str, Terms] = {
    "standing": STANDINGS,
    "side": SIDES,
    "kind": KINDS,
    "area": AREAS,
    "delivery": DELIVERIES,
    "stage": STAGES,
    "reach": REACHES,
    "state": LISTING_STATES,
    "precision": PRECISIONS,
    "type": LINK_TYPES,
}
DAYS = ("until", "started_on", "ended_on", "confirmed_on")
VISIBLE = {
    "public": _l("everyone, through a form"),
    "members": _l("members of the network"),
    "network": _l("the network's coordinator and staff"),
    "staff": _l("staff alone"),
}
SIDE_OF_TIE = {
    "from": _l("the organisation it goes out from"),
    "to": _l("the organisation it leads to"),
    "staff": _l("the network's staff"),
    "import": _l("a list"),
}
PROSE = ("summary", "description", "detail", "in_return", "meets", "address", "title", "name", "reason")
"""What is compared word by word."""


def field_name(name: str) -> str:
    """What a field is called."""
    return str(NAMES.get(name, name))


def value_words(name: str, value: Any) -> str:
    """What a field holds, as the reader reads it; empty when it says nothing."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name in CLOSED_LISTS:
        terms = CLOSED_LISTS[name]
        return str(terms[value].label) if value in terms else str(value)
    if name in SAID:
        return SAID[name](value)
    if name in DAYS:
        return format_date(date.fromisoformat(value), "long")
    return number(value) if isinstance(value, int) else str(value)


SAID: dict[str, Callable[[Any], str]] = {
    "category": lambda value: str(CATEGORIES[value].label) if value in CATEGORIES else str(value),
    "languages": lambda value: speaks(tuple(value)),
    "reach_countries": lambda value: ", ".join(country(code) for code in value),
    "country": country,
    "area_served": area_words,
    "topics": lambda value: ", ".join(topic_name(slug) for slug in value),
    "visible": lambda value: str(VISIBLE.get(value, value)),
    "proposed_by": lambda value: str(SIDE_OF_TIE.get(value, value)),
    "confirmed_by": lambda value: str(SIDE_OF_TIE.get(value, value)),
}
