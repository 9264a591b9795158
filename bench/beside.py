"""The matcher beside the prototype that set its figures, asked in turn in one run: a ratio, whatever the machine.

python -m bench.beside FILE [--organizations 10000 100000]

FILE is a Python file with `stats(items)` and `Engine(organisations, relations, stats)`, which has `put(organisation,
offers, seeks)` and `mutual(organisation)`. Its items are dictionaries: kinds and topics as small numbers (`k`, `t`),
words (`w`) and tags (`g`). Figures in build/bench-beside.json.
"""

import importlib.util
import os
import statistics
from collections.abc import Collection, Sequence
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np

from bench.by_size import asking, told
from bench.matching import TOP, Maker, indexed, some, suggested, timed
from network.matching.counting import shipped_near
from network.matching.values import Item, Profile

NUMBERS, TOPICS = 254, 2  # as many different concepts it knows, and topics of one item
ROUNDS = 5


def loaded(file: Path) -> ModuleType:
    """A Python file as a module."""
    spec = importlib.util.spec_from_file_location("prototype", file)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{file} is no Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Prototype:
    """The prototype with the same organisations as the matcher: the last topics share a number."""

    def __init__(self, module: ModuleType, maker: Maker, profiles: Sequence[Profile]) -> None:
        kinds = len(maker.kinds)
        of_topics = {one: kinds + place % (NUMBERS - kinds) for place, one in enumerate(maker.topics)}
        self.numbers = {one: place for place, one in enumerate(maker.kinds)} | of_topics
        items = [[(one.offer, self.item(one)) for one in profile.items] for profile in profiles]
        counts = module.stats([item for several in items for _offer, item in several])
        self.engine = module.Engine(len(profiles), self.relations(of_topics.keys()), counts)
        for place, several in enumerate(items):
            offers, seeks = ([item for offer, item in several if offer is side] for side in (True, False))
            self.engine.put(place, offers, seeks)

    def item(self, item: Item) -> dict[str, Any]:
        """An item as the prototype reads it."""
        return {
            "k": {self.numbers[kind]: sure for kind, sure in item.kinds},
            "t": dict.fromkeys((self.numbers[one] for one in item.topics[:TOPICS]), 1.0),
            "w": set(item.words),
            "g": set(),
        }

    def relations(self, topics: Collection[int]) -> list[dict[int, float]]:
        """By number, the concepts that serve it, among kinds and among topics."""
        found = [{place: 1.0} for place in range(NUMBERS + 2)]
        near = shipped_near()
        for one, place in self.numbers.items():
            for other, value in near.get(one, {}).items():
                if other in self.numbers and (other in topics) == (one in topics):
                    to = self.numbers[other]
                    found[place][to] = max(value, found[place].get(to, 0.0))
        return found

    def top(self, place: int) -> Any:
        """The top twenty of the organisation in a place, both directions."""
        mutual = self.engine.mutual(place)[0]
        most = min(TOP, len(mutual) - 1)
        first = np.argpartition(-mutual, most)[:most]
        return first[np.argsort(-mutual[first], kind="stable")]


def measured(module: ModuleType, organizations: int) -> dict[str, float]:
    """Ask both the same questions in turn; milliseconds are medians, the ratio is that of these, of `ROUNDS` rounds."""
    maker = Maker()
    profiles = [maker.profile(number) for number in range(1, organizations + 1)]
    prototype, (index, _seconds) = Prototype(module, maker, profiles), indexed(profiles)
    asked = some(profiles)
    times: list[tuple[float, float]] = []
    for _round in range(ROUNDS + 1):  # the first one warms up
        for one in asked:
            ours = timed(partial(suggested, index, one))
            times.append((ours, timed(partial(prototype.top, one.context.id - 1))))
    both = [statistics.median(several) * 1000 for several in zip(*times[len(asked) :], strict=True)]
    return {
        "organizations": organizations,
        "top_ms": round(both[0], 3),
        "prototype_ms": round(both[1], 3),
        "ratio": round(both[0] / both[1], 3),
    }


def main() -> None:
    parser = asking(__doc__, [10_000, 100_000])
    parser.add_argument("file", type=Path, help="the prototype")
    options = parser.parse_args()
    told(options, partial(measured, loaded(options.file)))


if __name__ == "__main__":
    main()
