"""How things are said to the reader: places, ages, distances, languages, and the piece of a filter."""

from datetime import date
from functools import lru_cache
from typing import Any

from flask import Flask

from network.directory.categories import CATEGORIES
from network.directory.filter import Filter
from network.directory.freshness import Freshness, freshness
from network.directory.prose import prose
from network.directory.queries import topic_labels
from network.directory.vocabulary import AREAS, DELIVERIES, KINDS, LINK_TYPES, SIDES, STAGES
from network.extensions import db
from network.locales import chosen, reader
from network.places import countries
from network.places.area import Area
from network.places.distance import format_distance
from network.places.folding import fold
from network.text import gettext as _

SPOKEN = (
    "am ar bg bn ca cs cy da de el en es et eu fa fi fr ga gl ha he hi hr hu id ig it ja ko lt lv mr ms nl no pa pl pt "
    "ro ru sk sl sq sr sv sw ta te th tl tr uk ur vi yo zh zu"
).split()
INBOUND = {
    "member_of": lambda: _("Member"),
    "hosted_by": lambda: _("Hosts"),
    "works_with": lambda: _("Works with"),
    "funds": lambda: _("Funded by"),
    "fiscal_sponsor_of": lambda: _("Fiscally sponsored by"),
}


def country(code: str) -> str:
    """A country's name in the reader's language."""
    return countries.country_name(code, chosen()) if code else ""


def language(code: str) -> str:
    """A language's name in the reader's language."""
    return countries.language_name(code, chosen())


class Names(dict[str, str]):
    """The names of languages in one of them, each looked up once."""

    def __init__(self, locale: str) -> None:
        super().__init__()
        self.locale = locale

    def __missing__(self, code: str) -> str:
        self[code] = countries.language_name(code, self.locale)
        return self[code]


@lru_cache(maxsize=64)
def language_names(locale: str) -> Names:
    """The names of languages for readers of `locale`, by their BCP 47 code."""
    return Names(locale)


@lru_cache(maxsize=256)
def language_choices(locale: str, chosen: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """The languages to choose from, as (code, name) by name: those that many speak, and those already chosen."""
    named = ((code, countries.language_name(code, locale)) for code in {*SPOKEN, *chosen})
    return sorted(named, key=lambda one: fold(one[1]))


def distance(kilometres: float) -> str:
    """A distance in the reader's units."""
    return format_distance(kilometres, reader())


def place_line(row: Any) -> str:
    """Where an organisation is, in one line: "Leeds, United Kingdom", "Online"."""
    parts = [row.town or row.region, country(row.country)]
    line = ", ".join(part for part in dict.fromkeys(parts) if part)
    if row.online:
        return f"{line} · {_('online')}" if line else _("Online")
    return line or _("Place not known yet")


def age(confirmed_on: date | None) -> Freshness:
    """How fresh a profile or listing is today."""
    return said_freshness(confirmed_on, date.today(), chosen())


@lru_cache(maxsize=4096)
def said_freshness(confirmed_on: date | None, today: date, locale: str) -> Freshness:
    return freshness(confirmed_on, today)


def area_words(text: str) -> str:
    """The area that an organisation serves, in words."""
    area = Area.parse(text)
    said = [_("everywhere")] if area.world else []
    said += [_("within %(distance)s", distance=distance(area.kilometres))] if area.kilometres else []
    said += [country(code) for code in area.countries] + list(area.regions)
    return ", ".join(said)


def piece(field: str, value: Any) -> str:
    """One piece of a filter, in words."""
    if field in ("category", "kind"):
        return str(CATEGORIES[value].plural) if field == "category" else str(KINDS[value].label)
    if field == "side":
        return _("offered") if value == "offer" else _("sought")
    if field == "country":
        return _("in %(country)s", country=country(value))
    if field == "language":
        return _("in %(language)s", language=language(value))
    if field == "near":
        return _("near %(place)s", place=value)
    if field == "network":
        return _("members of %(network)s", network=value)
    if field == "topic":
        return topic_name(value)
    return {"online": _("online"), "newcomers": _("open to newcomers")}.get(field, f"“{value}”")


def topic_name(slug: str) -> str:
    """A topic's name in the reader's language."""
    from network.directory.thesaurus import thesaurus

    for topic in topic_labels(db.session, (slug,)):
        return thesaurus(db.session).label(topic.id, chosen())
    return slug


def said(filter: Filter, path: str) -> list[dict[str, str]]:
    """Every piece of a filter in words, each with the address that undoes it."""
    return [
        {"field": field, "words": piece(field, value), "undo": filter.without(field, value).address(path)}
        for field, value in filter.pieces()
    ]


def init_app(app: Flask) -> None:
    """Let templates say these things."""
    app.jinja_env.filters.update(prose=prose, country=country, language=language, distance=distance, age=age)
    app.jinja_env.globals.update(
        CATEGORIES=CATEGORIES,
        KINDS=KINDS,
        AREAS=AREAS,
        DELIVERIES=DELIVERIES,
        STAGES=STAGES,
        SIDES=SIDES,
        LINK_TYPES=LINK_TYPES,
        INBOUND=INBOUND,
        language_names=language_names,
        language_choices=language_choices,
        place_line=place_line,
        area_words=area_words,
        topic_name=topic_name,
        said=said,
        SITE_NAME=app.config["SITE_NAME"],
    )
