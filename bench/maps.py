"""How long it takes to lay out a map, on one core, and to measure it: generated networks in memory.

Figures in build/bench-maps.json.
"""

import os
import random
import statistics
import sys
import time
from itertools import accumulate
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from bench.by_size import asking, told
from network.maps import measures
from network.maps.layout import laid_out
from network.maps.newcomers import placed_near
from network.maps.scene import Tie

TIES = 2.4  # for each organisation
LONE = 0.1  # the share without ties


def network(count: int, seed: int = 1) -> tuple[list[int], list[int]]:
    """Ties of a network: affiliates of very different sizes, each mostly around one place, and ties to those near."""
    chance = random.Random(seed)
    tied = int(count * (1 - LONE))
    hubs = max(2, count // 50)
    sizes = list(accumulate(1 / rank for rank in range(1, hubs + 1)))
    source, target = [], []
    for _tie in range(int(TIES * count)):
        one = chance.randrange(tied)
        if chance.random() < 0.6:
            hub = chance.choices(range(hubs), cum_weights=sizes)[0]
            other = hub * tied // hubs
            one = one if hub == 0 else int(chance.gauss(other, tied / hubs * 3)) % tied
        else:
            other = (one + chance.randrange(-40, 41)) % tied if chance.random() < 0.85 else chance.randrange(tied)
        if one != other:
            source.append(one)
            target.append(other)
    return source, target


def measured(count: int, rounds: int) -> dict[str, float]:
    """The median of laying out so many organisations; placing a hundredth that is new, and measuring, once each."""
    source, target = network(count)
    laid = []
    for _round in range(rounds):
        begun = time.perf_counter()
        positions = laid_out(count, source, target)
        laid.append(time.perf_counter() - begun)
    known = positions.copy()
    known[:: min(100, count)] = np.nan
    begun = time.perf_counter()
    placed_near(known, source, target)
    placed = time.perf_counter() - begun
    ties = [Tie(at, one, other, "") for at, (one, other) in enumerate(zip(source, target, strict=True))]
    begun = time.perf_counter()
    measures.measured(range(count), ties)
    return {
        "organizations": count,
        "ties": len(source),
        "layout_seconds": round(statistics.median(laid), 3),
        "newcomers": int(np.isnan(known[:, 0]).sum()),
        "newcomers_ms": round(placed * 1000, 1),
        "measures_seconds": round(time.perf_counter() - begun, 2),
    }


def main() -> None:
    parser = asking(__doc__, [150, 2_000, 10_000])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    laid_out(2, [0], [1])  # what is loaded once is not measured
    told(options, lambda size: measured(size, options.rounds))


if __name__ == "__main__":
    main()
