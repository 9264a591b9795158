"""How fast the matcher answers: made-up offers and seeks in memory, one core. Figures in build/bench-matching.json."""

import os
import random
import statistics
import sys
import time
from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from pathlib import Path
from typing import Any

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from bench.by_size import asking, told
from network.directory.thesaurus import shipped
from network.matching import packing
from network.matching.counting import Counted, counted, shipped_near
from network.matching.index import Index
from network.matching.ranking import ranked
from network.matching.values import Context, Item, Profile

WORDS, ASKED, TOP = 20_000, 100, 20
MEANT = (3, 4, 5, 7, 8, 10, 12, 12)  # how many meanings items have, and what they weigh, as those of the judged sets do
WEIGHTS = (0.2, 0.2, 0.2, 0.27, 0.27, 0.33, 0.4, 0.6)
TODAY = date(2026, 1, 1)


def shares(count: int, flat: float) -> list[float]:
    """How often each of so many things comes, added up: a few often, most seldom."""
    return list(accumulate(1 / (rank + flat) ** 0.9 for rank in range(count)))


class Maker:
    """Makes organisations with three offers and three seeks each: kinds, topics and words by Zipf's law."""

    def __init__(self, seed: int = 1) -> None:
        self.chance, self.limiting = random.Random(seed), random.Random(seed + 1)
        concepts = shipped().concepts.values()
        self.kinds = [one.id for one in concepts if one.facet == "kind"]
        self.topics = [one.id for one in concepts if one.facet != "kind"]
        self.by_kind, self.by_topic = shares(len(self.kinds), 4), shares(len(self.topics), 4)
        self.by_word = shares(WORDS, 3)
        self.concepts = [*self.kinds, *self.topics]
        self.chance.shuffle(self.concepts)
        self.by_meaning = shares(len(self.concepts), 100)

    def item(self, organization: int, number: int) -> Item:
        chance = self.chance
        kinds = dict.fromkeys(chance.choices(self.kinds, cum_weights=self.by_kind, k=chance.choice((1, 1, 2))))
        topics = chance.choices(self.topics, cum_weights=self.by_topic, k=chance.choice((0, 1, 2)))
        words = chance.choices(range(WORDS), cum_weights=self.by_word, k=7)
        meanings = chance.choices(self.concepts, cum_weights=self.by_meaning, k=chance.choice(MEANT))
        return Item(
            organization * 6 + number,
            organization,
            number < 3,
            tuple((kind, chance.choice((1.0, 0.8))) for kind in kinds),
            tuple(sorted(set(topics))),
            dict.fromkeys(words, 1.0),
            {one: chance.choice(WEIGHTS) for one in meanings},
            **self.limits(),
        )

    def limits(self) -> dict[str, Any]:
        """A quarter of what is offered and sought is for those who are near, a quarter for some countries."""
        chance = self.limiting
        reach = chance.choice(("here", "country", "online", ""))
        return {
            "reach_km": chance.choice((10, 20, 30, 50, 100, 500)) if reach == "here" else 0,
            "countries": tuple(chance.sample(("GB", "FR", "KE", "BR"), 2)) if reach == "country" else (),
            "languages": tuple(chance.sample(("en", "fr", "sw", "pt"), chance.choice((0, 1, 2)))),
        }

    def profile(self, organization: int) -> Profile:
        chance = self.chance
        place = (chance.uniform(-50, 60), chance.uniform(-180, 180))
        context = Context(organization, chance.choice(("GB", "FR", "KE", "BR")), *place, ("en",), frozenset([1]))
        themes = tuple(chance.choices(self.topics, cum_weights=self.by_topic, k=1))
        around = dict.fromkeys(chance.choices(range(WORDS), cum_weights=self.by_word, k=3), 1.0)
        return Profile(context, tuple(self.item(organization, number) for number in range(6)), themes, around)


def bytes_of(thing: Any, seen: set[int]) -> int:
    """What an object and all that it holds takes in memory; what is seen already counts no more."""
    if id(thing) in seen:
        return 0
    seen.add(id(thing))
    if isinstance(thing, np.ndarray):
        return thing.nbytes if thing.base is None else bytes_of(thing.base, seen)
    size = sys.getsizeof(thing)
    if isinstance(thing, dict):
        return size + sum(bytes_of(one, seen) for pair in thing.items() for one in pair)
    if isinstance(thing, list | tuple | set | frozenset):
        return size + sum(bytes_of(one, seen) for one in thing)
    return size + bytes_of(getattr(thing, "__dict__", None), seen)


def indexed(profiles: Sequence[Profile]) -> tuple[Index, float]:
    """An index of some profiles, and how many seconds it took to build."""
    counts: Counted = counted(profiles, shipped_near())
    packed = [(one.context.id, *packing.pack(one)) for one in profiles]
    contexts = [one.context for one in profiles]
    begun = time.perf_counter()
    index = Index(counts, packing.joined(packed), contexts)
    return index, time.perf_counter() - begun


def some(profiles: Sequence[Profile]) -> list[Profile]:
    """Up to a hundred of them, always the same, as the index keeps them."""
    return [packing.settled(one) for one in random.Random(2).sample(profiles, min(ASKED, len(profiles)))]


def measured(organizations: int) -> dict[str, float]:
    """Build, ask and change an index of so many organisations; milliseconds are medians of a hundred."""
    maker = Maker()
    profiles = [maker.profile(number) for number in range(1, organizations + 1)]
    asked = some(profiles)
    index, built = indexed(profiles)
    del profiles
    for one in asked[:10]:
        index.gains(one)
    top = [timed(lambda one=one: suggested(index, one)) for one in asked]
    seen: set[int] = set()
    size = sum(bytes_of(one, seen) for one in (index.items, index.rows, index.room))
    edits = [timed(lambda one=one: index.put(one)) for one in asked]
    return {
        "organizations": organizations,
        "top_ms": round(statistics.median(top) * 1000, 3),
        "top_p95_ms": round(statistics.quantiles(top, n=20)[-1] * 1000, 3),
        "edit_ms": round(statistics.median(edits) * 1000, 3),
        "index_megabytes": round(size / 1e6, 1),
        "build_seconds": round(built, 2),
    }


def suggested(index: Index, one: Profile) -> Sequence[Any]:
    """The top twenty of an organisation, both directions."""
    return ranked(index, one.context, index.gains(one, today=TODAY), {}, TODAY, {}, TOP)


def timed(question: Any) -> float:
    begun = time.perf_counter()
    question()
    return time.perf_counter() - begun


def main() -> None:
    told(asking(__doc__, [10_000, 100_000]).parse_args(), measured)


if __name__ == "__main__":
    main()
