"""Who is tied to whom, as columns of numbers, and the parts that no tie joins. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


class Ties(NamedTuple):
    """Who is tied to whom, by index, each pair once; a heavier tie draws more."""

    source: Indices
    target: Indices
    weight: Floats

    def at(self, keep: Indices, index: Indices) -> "Ties":
        """Some of the ties, with each organisation's index in another order."""
        return Ties(index[self.source[keep]], index[self.target[keep]], self.weight[keep])

    def degrees(self, count: int) -> Floats:
        return (np.bincount(self.source, minlength=count) + np.bincount(self.target, minlength=count)).astype(float)


def plain(source: Sequence[int], target: Sequence[int], weights: Sequence[float] | None = None) -> Ties:
    """Ties without direction: several between the same two are one, with the largest weight; none to oneself."""
    one, other = np.asarray(source, dtype=np.int64), np.asarray(target, dtype=np.int64)
    weight = np.ones(len(one)) if weights is None else np.asarray(weights, dtype=float)
    low, high = np.minimum(one, other), np.maximum(one, other)
    order = np.lexsort((-weight, high, low))
    low, high, weight = low[order], high[order], weight[order]
    first = np.ones(len(low), dtype=bool)
    first[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    first &= low != high
    return Ties(low[first], high[first], weight[first])


NONE = Ties(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))


def components(count: int, ties: Ties) -> Indices:
    """For each organisation, the least index that it is tied to over any number of ties."""
    label = np.arange(count)
    while True:
        least = np.minimum(label[ties.source], label[ties.target])
        found = label.copy()
        np.minimum.at(found, label[ties.source], least)
        np.minimum.at(found, label[ties.target], least)
        found = found[found]
        if (found == label).all():
            return label
        label = found


def members(labels: Indices) -> list[NDArray[np.int64]]:
    """The indices of each component, largest first, equal ones by their least index; lone ones not among them."""
    order = np.argsort(labels, kind="stable")
    _names, begin, many = np.unique(labels[order], return_index=True, return_counts=True)
    found = [order[at : at + some] for at, some in zip(begin, many, strict=True) if some > 1]
    return sorted(found, key=lambda one: -len(one))
