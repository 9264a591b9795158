"""Where is that? From what people type to places, in any script and spelling that the gazetteer knows."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from sqlalchemy import select

from network.extensions import db
from network.places.context import Known, contexts, fitting, narrowest
from network.places.countries import country_code, country_name
from network.places.folding import fold
from network.places.lookup import Candidate, Limits, beginning, named, named_any, resembling
from network.places.models import Place, PlaceName
from network.places.nearby import PointCheck, check_point, point_at, town_near
from network.places.ranks import DECADE, rank
from network.places.reading import Reading, clipped, loose_readings, point, readings
from network.places.spots import Found, Spot

__all__ = [
    "Found", "PointCheck", "Spot", "check_point", "country_spot", "find", "loaded", "region_named", "region_names",
    "suggest", "town_near",
]  # fmt: skip

OTHERS = 5
SHORTEST_PREFIX = 3
MOST_GUESSES = 4
LONG = 6
LIKELIER = 700
WELL_KNOWN = 3700  # the rank of a town of 5,000: for less nothing is left out of a text

Search = Callable[[str, Limits], list[Candidate]]


def find(text: str, country: str | None = None) -> Found:
    """The place that `text` most likely means, and up to five others that it may mean; never raises.

    Understands names in any script, "town, region", "town, country", a region or country alone, coordinates, and
    phrases around a name. With `country` (alpha-2) nothing outside of it is found.
    """
    text = clipped(text)
    if at := point(text):
        return Found(point_at(*at), (), "point", text)
    within = Limits(frozenset({country.upper()})) if country else Limits()
    whole = fold(text)
    if not whole:
        return Found(None, (), "none", text)
    if exact := named(whole, within):
        likelier = resembling(whole, within) if doubtful(exact[0]) else []
        if likelier and likelier[0].rank > exact[0].rank + LIKELIER and likelier[0].spot != exact[0].spot:
            return found([*likelier, *exact], "typo", text)
        return found(exact, "name", text)
    if (code := country_code(whole)) and (spot := country_spot(code)) and within.allow(spot):
        return Found(spot, (), "name", text)
    close, loose = readings(text), loose_readings(text)
    known = named_any({name for reading in (*close, *loose) for name in (reading.name, *reading.inside)})
    attempts: tuple[tuple[str, Sequence[Reading], Search | None], ...] = (
        ("name", close, None),
        ("guess", close, guessed),
        ("part", loose, None),
        ("part", loose, guessed),
    )
    for how, tried, search in attempts:
        for reading, match in matches(tried, known, within, search):
            begun = match[0].name.startswith(reading.name)
            return found(match, how if how != "guess" else "prefix" if begun else "typo", text)
    return Found(None, (), "none", text)


def matches(
    tried: Sequence[Reading], known: Known, within: Limits, search: Search | None
) -> Iterator[tuple[Reading, list[Candidate]]]:
    """The readings that mean a place, with all that they mean: by exact name, or by a search, which few get."""
    searched = 0
    for reading in tried:
        inside = contexts(reading, known)
        if inside is None or searched == MOST_GUESSES:
            continue
        candidates: Iterable[Candidate] = known.get(reading.name, ())
        if search:
            searched += 1
            candidates = search(reading.name, narrowest(inside, within))
        match = fitting(candidates, inside, within)
        if match and (not reading.part or reading.inside or match[0].rank >= WELL_KNOWN):
            yield reading, match


def doubtful(candidate: Candidate) -> bool:
    """Whether a name is only one of the other names of a place, some of which are others' misspellings themselves."""
    spot = candidate.spot
    return (
        candidate.rank < rank(spot.kind, spot.population) and len(candidate.name) >= LONG and candidate.name.isascii()
    )


def guessed(name: str, limits: Limits) -> list[Candidate]:
    """The places whose name begins so or resembles it, likeliest first.

    A letter or two are no beginning, save in scripts that write a word with them.
    """
    begun = beginning(name, limits) if len(name) >= SHORTEST_PREFIX or not name.isascii() else []
    return sorted((*begun, *resembling(name, limits)), key=lambda one: -one.rank)


def found(candidates: Sequence[Candidate], how: str, text: str) -> Found:
    """The likeliest candidate, and the others that may be meant as well: not those that are only called so by few."""
    first = candidates[0]
    likely = [one for one in candidates if one.name in fold(one.spot.name) or one.rank > first.rank - DECADE]
    spot, *rest = distinct([first, *likely])
    return Found(spot, tuple(rest[:OTHERS]), how, text)


def distinct(candidates: Iterable[Candidate]) -> list[Spot]:
    """The places, in order, without those that a reader couldn't tell from one before."""
    spots: dict[tuple[str, str, str], Spot] = {}
    for candidate in candidates:
        spot = candidate.spot
        spots.setdefault((spot.country, spot.region_code, fold(spot.name)), spot)
    return list(spots.values())


def suggest(text: str, limit: int = 8) -> list[Spot]:
    """Places for what has been typed so far, likeliest first; when nothing begins so, what `find` makes of it."""
    text = clipped(text)
    typed = fold(text)
    if not typed:
        return []
    name, comma, rest = text.partition(",")
    candidates = [*named(fold(name), Limits()), *beginning(fold(name), Limits())] if fold(name) else []
    if comma:
        candidates = [one for one in candidates if f" {fold(rest)}" in f" {fold(one.spot.label)}"]
    if spots := distinct(sorted(candidates, key=lambda one: -one.rank)):
        return spots[:limit]
    meant = find(text)
    return [spot for spot in (meant.place, *meant.others) if spot][:limit]


def region_named(name: str, country: str | None = None) -> Spot | None:
    """The region of that name, in that country (alpha-2) when it is given."""
    within = Limits(frozenset({country.upper()})) if country else Limits()
    return next((one.spot for one in named(fold(name), within) if one.spot.kind == "region"), None)


def region_names(codes: Iterable[str]) -> dict[str, str]:
    """The names of regions by their codes ("GB.ENG"); unknown ones are left out."""
    asked = select(Place.region_code, Place.name).where(Place.kind == "region", Place.region_code.in_(sorted(codes)))
    return {row.region_code: row.name for row in db.session.execute(asked)}


def country_spot(code: str) -> Spot | None:
    """A country (alpha-2) as a place; None when the gazetteer has no town in it."""
    same_name = named(fold(country_name(code)), Limits(frozenset({code.upper()})))
    return next((one.spot for one in same_name if one.spot.kind == "country"), None)


def loaded() -> bool:
    """Whether the gazetteer holds anything."""
    return db.session.execute(select(PlaceName.place_id).limit(1)).first() is not None
