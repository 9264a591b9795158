"""A place as the pages and other rooms see it."""

from dataclasses import dataclass
from functools import lru_cache

from flask import has_request_context

from network.locales import chosen
from network.places.countries import country_name
from network.places.folding import fold
from network.text import gettext as _


@dataclass(frozen=True, slots=True)
class Spot:
    """A town, a region, a country, or a bare point: degrees, people, and about how far a region or country reaches.

    A point is no place of the gazetteer: its id is 0 and its name that of a town nearby, or empty.
    """

    id: int
    kind: str  # town, region, country, point
    name: str
    region: str
    region_code: str
    country: str
    latitude: float
    longitude: float
    population: int = 0
    radius_km: float | None = None

    @property
    def label(self) -> str:
        """Its name in the reader's language, and what it lies in: "Leeds, England, United Kingdom"."""
        locale = chosen() if has_request_context() else "en"
        words = in_words(self.name, self.region, self.country, self.kind, locale)
        if self.kind != "point":
            return words
        if not self.name:
            return f"{self.latitude:.2f}, {self.longitude:.2f}"
        return _("near %(place)s", place=words) if has_request_context() else f"near {words}"


@lru_cache(maxsize=8192)
def in_words(name: str, region: str, country: str, kind: str, locale: str) -> str:
    """The name of a place and of what it lies in, in a language."""
    land = country_name(country, locale) if country else ""
    if kind == "country":
        return land
    inside = region if kind != "region" and fold(name) not in fold(region) else ""
    return ", ".join(part for part in (name, inside, land) if part)


@dataclass(frozen=True)
class Found:
    """What a text was taken for.

    `how`: "name" when all of it was understood; "prefix" when it is only the beginning of a name; "typo" when it
    resembles one; "part" when some words were left out ("LS1 near Leeds", an unknown town in a known region); "point"
    for coordinates; "none". Only "name" and "point" are sure. `others` bear the same name elsewhere.
    """

    place: Spot | None
    others: tuple[Spot, ...] = ()
    how: str = "none"
    text: str = ""
