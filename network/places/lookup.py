"""The statements that the gazetteer's tables answer, and what they give."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, or_, select

from network.extensions import db
from network.places import spelling
from network.places.models import Place, PlaceName, PlacePrefix, PlaceSound
from network.places.ranks import DECADE
from network.places.spots import Spot

LAST = "\U0010ffff"
MOST = 60
SPOT: tuple[Any, ...] = (
    Place.id, Place.kind, Place.name, Place.region, Place.region_code, Place.country,
    Place.latitude, Place.longitude, Place.population, Place.radius_km,
)  # fmt: skip
WRONG_LETTER = DECADE * 9 // 10
WRONG_BEGINNING = DECADE // 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a folded name may mean, and how likely it does."""

    spot: Spot
    name: str
    rank: int


@dataclass(frozen=True)
class Limits:
    """In which of these countries or regions a place has to lie; nothing means anywhere."""

    countries: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.countries or self.regions)

    def allow(self, spot: Spot) -> bool:
        return not self or spot.country in self.countries or spot.region_code in self.regions

    @property
    def condition(self) -> ColumnElement[bool]:
        return or_(Place.country.in_(sorted(self.countries)), Place.region_code.in_(sorted(self.regions)))


BY_NAME = (
    select(*SPOT, PlaceName.name.label("known_as"), PlaceName.rank.label("rank"))
    .join(Place, Place.id == PlaceName.place_id)
    .order_by(PlaceName.rank.desc(), Place.id)
)
NAMED = BY_NAME.where(PlaceName.name == bindparam("name")).limit(MOST)
NAMED_ANY = BY_NAME.where(PlaceName.name.in_(bindparam("names", expanding=True)))
BEGINNING = BY_NAME.where(and_(PlaceName.name >= bindparam("first"), PlaceName.name < bindparam("last")))
COMMON = (
    select(*SPOT, PlacePrefix.prefix.label("known_as"), PlacePrefix.rank.label("rank"))
    .join(Place, Place.id == PlacePrefix.place_id)
    .where(PlacePrefix.prefix == bindparam("prefix"))
    .order_by(PlacePrefix.rank.desc(), Place.id)
)
SOUNDING = select(PlaceSound.name).distinct().where(PlaceSound.key.in_(bindparam("keys", expanding=True)))


def spot_of(row: Sequence[Any]) -> Spot:
    return Spot(*row[:10])


def candidates(rows: Iterable[Any]) -> list[Candidate]:
    return [Candidate(spot_of(row), row[10], row[11]) for row in rows]


def limited(statement: Select[Any], limits: Limits) -> Select[Any]:
    return statement.where(limits.condition) if limits else statement


def named(name: str, limits: Limits) -> list[Candidate]:
    """The places of exactly that name, likeliest first."""
    return candidates(db.session.connection().execute(limited(NAMED, limits), {"name": name}))


def named_any(names: Collection[str]) -> dict[str, list[Candidate]]:
    """The places of exactly those names, likeliest first, under each name."""
    found: dict[str, list[Candidate]] = {}
    if names:
        for candidate in candidates(db.session.connection().execute(NAMED_ANY, {"names": sorted(names)})):
            found.setdefault(candidate.name, []).append(candidate)
    return found


def beginning(prefix: str, limits: Limits) -> list[Candidate]:
    """The likeliest places with a name that begins so."""
    if not limits and (common := candidates(db.session.connection().execute(COMMON, {"prefix": prefix}))):
        return common
    statement = limited(BEGINNING, limits).limit(MOST)
    return candidates(db.session.connection().execute(statement, {"first": prefix, "last": prefix + LAST}))


def resembling(name: str, limits: Limits) -> list[Candidate]:
    """The places whose name differs by a few letters; likelier ones first, where each wrong letter counts against."""
    keys = spelling.keys_to_ask(name)
    if not keys:
        return []
    sounding = db.session.connection().execute(SOUNDING, {"keys": sorted(keys)}).scalars()
    wrong = dict(spelling.nearest(name, sounding))
    if not wrong:
        return []
    found = candidates(db.session.connection().execute(limited(NAMED_ANY, limits), {"names": sorted(wrong)}))
    likely = [
        replace(one, rank=one.rank - WRONG_LETTER * wrong[one.name] - WRONG_BEGINNING * (one.name[0] != name[0]))
        for one in found
    ]
    return sorted(likely, key=lambda one: -one.rank)[:MOST]
