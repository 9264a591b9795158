"""Chance that can be repeated: the same seed gives the same choices, as frequent as words and things are."""

from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import TypeVar

T = TypeVar("T")

ONSETS = "b br c ch d dr f fl g gl h j k kl l m n p pr r s sh st t tr v w z".split()
VOWELS = "a e i o u a e o ai ei ou".split()
ENDS = ["", "", "", "n", "r", "l", "s", "nd", "m", "th", "rt", "k"]
COINED = 12_000


class Chance(Random):
    """Random numbers with what a generator of organisations asks of them."""

    def likely(self, pool: Sequence[T]) -> T:
        """One of `pool`, as words occur: the k-th about as often as 1/k."""
        return pool[int((len(pool) + 1) ** self.random()) - 1]

    def rather(self, pool: Sequence[T]) -> T:
        """One of `pool`, the earlier ones rather than the later: the first of forty about every twelfth time."""
        return pool[int(len(pool) * self.random() ** 1.5)]

    def chance(self, probability: float) -> bool:
        return self.random() < probability

    def days(self, mean: float) -> int:
        """A number of days since something happened that keeps happening: most are recent, a few long ago."""
        return int(self.expovariate(1 / mean))

    def coin_names(self) -> list[str]:
        """Names that nobody has: "Brelovan", "Shaurith"."""
        return [
            "".join(self.choice(ONSETS) + self.choice(VOWELS) for _ in range(self.randint(1, 3))).capitalize()
            + self.choice(ONSETS)
            + self.choice(VOWELS)
            + self.choice(ENDS)
            for _ in range(COINED)
        ]

    def weighted(self, things: Sequence[T], weights: Sequence[float], number: int) -> list[T]:
        """So many of `things`, each as likely as its weight, and any of them more than once."""
        return self.choices(things, cum_weights=list(accumulate(weights)), k=number)
