"""How things are said to the reader: places, ages, distances, languages, and the piece of a filter."""

from collections.abc import Collection
from datetime import date
from functools import lru_cache
from typing import Any

from babel.numbers import format_decimal
from flask import Flask, current_app
from markupsafe import Markup

from network.directory.categories import CATEGORIES
from network.directory.filter import Filter
from network.directory.freshness import Freshness, freshness, listing_freshness
from network.directory.prose import prose
from network.directory.queries import by_slug
from network.directory.spoken import language_options, speaks
from network.directory.vocabulary import AREAS, DELIVERIES, KINDS, LINK_TYPES, SIDES, STAGES
from network.extensions import db
from network.locales import chosen, reader
from network.places import countries
from network.places.area import Area
from network.places.distance import format_distance
from network.places.queries import region_names
from network.text import gettext as _
from network.web import Macros

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


def distance(kilometres: float) -> str:
    """A distance in the reader's units."""
    return format_distance(kilometres, reader())


def place_line(row: Any, locale: str | None = None) -> str:
    """Where an organisation is, in one line: "Leeds, United Kingdom", "Online"."""
    return place_said(row.town or row.region, row.country, row.online, locale or chosen())


@lru_cache(maxsize=4096)
def place_said(place: str, code: str, online: bool, locale: str) -> str:
    parts = [place, countries.country_name(code, locale) if code else ""]
    line = ", ".join(part for part in dict.fromkeys(parts) if part)
    if online:
        return f"{line} · {_('online')}" if line else _("Online")
    return line or _("Place not known yet")


def number(value: int) -> str:
    """A whole number as the reader writes it."""
    return number_said(value, chosen())


@lru_cache(maxsize=4096)
def number_said(value: int, locale: str) -> str:
    return format_decimal(value, locale=locale)


def age(confirmed_on: date | None, locale: str | None = None) -> Freshness:
    """How fresh a profile or listing is today."""
    return said_freshness(confirmed_on, date.today(), locale or chosen())


def listing_age(listing: Any) -> Freshness:
    """How fresh an offer or a seek is today."""
    return listing_freshness(listing.confirmed_on, listing.created_at, date.today())


@lru_cache(maxsize=4096)
def said_freshness(confirmed_on: date | None, today: date, locale: str) -> Freshness:
    return freshness(confirmed_on, today)


def area_words(text: str) -> str:
    """The area that an organisation serves, in words."""
    area = Area.parse(text)
    said = [_("everywhere")] if area.world else []
    said += [_("within %(distance)s", distance=distance(area.kilometres))] if area.kilometres else []
    regions = region_names(area.regions) if area.regions else {}
    said += [country(code) for code in area.countries] + [regions.get(code, code) for code in area.regions]
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
        return _("members of %(network)s", network=network_name(value))
    if field == "topic":
        return topic_name(value)
    return {"online": _("online"), "newcomers": _("open to newcomers")}.get(field, f"“{value}”")


def network_name(slug: str) -> str:
    """The name of a network, or what was typed for it."""
    row = by_slug(db.session, slug)
    return row.name if row else slug


def topic_name(slug: str) -> str:
    """A topic's name in the reader's language."""
    from network.directory.thesaurus import thesaurus

    topics = thesaurus(db.session)
    concept = topics.by_slug.get(slug)
    return topics.label(concept.id, chosen()) if concept else slug


def said(filter: Filter, path: str, silent: Collection[str] = ()) -> list[dict[str, str]]:
    """Every piece of a filter in words but for the `silent` fields, each with the address that undoes it."""
    return [
        {"field": field, "words": piece(field, value), "undo": filter.without(field, value).address(path)}
        for field, value in filter.pieces()
        if field not in silent
    ]


@lru_cache(maxsize=64)
def map_words(locale: str) -> Markup:
    """What every map is told in the language of `locale`: made once, from the template that says it."""
    words: Any = current_app.jinja_env.get_template("_map.html").module
    return Markup(words.words())


def init_app(app: Flask) -> None:
    """Let templates say these things."""
    app.jinja_env.filters.update(
        prose=prose, country=country, language=language, distance=distance, age=age, number=number
    )
    app.jinja_env.globals.update(
        listing_age=listing_age,
        listings=Macros(app, "directory/_listing.html"),
        CATEGORIES=CATEGORIES,
        KINDS=KINDS,
        AREAS=AREAS,
        DELIVERIES=DELIVERIES,
        STAGES=STAGES,
        SIDES=SIDES,
        LINK_TYPES=LINK_TYPES,
        INBOUND=INBOUND,
        language_options=language_options,
        map_words=map_words,
        speaks=speaks,
        place_line=place_line,
        area_words=area_words,
        topic_name=topic_name,
        said=said,
        SITE_NAME=app.config["SITE_NAME"],
    )
