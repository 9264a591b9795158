"""What the words after a name say about where it is: "CA", "Texas", "Deutschland", "Leeds"."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from network.places.countries import country_code
from network.places.distance import kilometres
from network.places.lookup import Candidate, Limits
from network.places.reading import Reading
from network.places.regions import abbreviated
from network.places.spots import Spot

Known = Mapping[str, Sequence[Candidate]]
NEARBY_KM = 80
MOST_TOWNS = 5
REGION_MEANT = 400  # "Richmond, CA" is rather in California than in Canada


@dataclass(frozen=True)
class Context:
    """Countries and regions in which a place has to lie, or towns that it has to be near."""

    limits: Limits
    towns: tuple[Spot, ...] = ()

    def preference(self, spot: Spot) -> int | None:
        """How much it speaks for a place; None when the place isn't there."""
        if spot.region_code in self.limits.regions:
            return REGION_MEANT
        if spot.country in self.limits.countries:
            return 0
        return 0 if any(close(spot, town) for town in self.towns) else None


def close(spot: Spot, town: Spot) -> bool:
    return (
        spot.kind == "town"
        and spot.id != town.id
        and kilometres(spot.latitude, spot.longitude, town.latitude, town.longitude) <= NEARBY_KM
    )


def context(words: str, known: Known) -> Context | None:
    """What `words` (folded) say, given the places that are `known` by name; None when they say nothing."""
    places = [candidate.spot for candidate in known.get(words, ())]
    code = country_code(words)
    countries = {spot.country for spot in places if spot.kind == "country"} | ({code} if code else set())
    regions = {spot.region_code for spot in places if spot.kind == "region"} | abbreviated(words)
    towns = tuple(spot for spot in places if spot.kind == "town")[:MOST_TOWNS]
    if not (countries or regions or towns):
        return None
    return Context(Limits(frozenset(countries), frozenset(regions)), towns)


def contexts(reading: Reading, known: Known) -> list[Context] | None:
    """The contexts of a reading, nearest first; None when one says nothing, unless words may be left out."""
    found = [context(words, known) for words in reading.inside]
    return None if None in found and not reading.part else [one for one in found if one]


def fitting(candidates: Iterable[Candidate], inside: Iterable[Context], within: Limits) -> list[Candidate]:
    """The candidates that lie in all of that, likeliest first."""
    found = [candidate for candidate in candidates if within.allow(candidate.spot)]
    for one in inside:
        weighed = [(candidate, one.preference(candidate.spot)) for candidate in found]
        found = [replace(candidate, rank=candidate.rank + more) for candidate, more in weighed if more is not None]
        found.sort(key=lambda candidate: -candidate.rank)
    return found


def narrowest(inside: Iterable[Context], within: Limits) -> Limits:
    """The limits that a search may use already: those of the nearest context that has any."""
    return next((one.limits for one in inside if one.limits and not one.towns), within)
