"""The reach and the languages of items as numbers, and `possible` of one item with many at once. Pure."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from network.matching.distances import great_circles
from network.matching.possible import base
from network.matching.values import STATED, Context, Item

COUNTRIES, LANGUAGES = 3, 4  # as many fit; a listing that says more is not limited
WIDTH = 1 + COUNTRIES + LANGUAGES  # kilometres first, then countries and languages
MOST, ONE = 65_535, np.array(1, np.uint16)
LETTERS = 3
KM, PLACES, SPOKEN = 0, slice(1, 1 + COUNTRIES), slice(1 + COUNTRIES, WIDTH)
NUMBERS = (0,) * WIDTH

Table = NDArray[np.uint16]


def coded(code: str) -> int:
    """A code of two or three letters as a number; 0 for what is none."""
    if not (2 <= len(code) <= LETTERS and code.isascii() and code.isalpha()):
        return 0
    found = 0
    for letter in code.lower():
        found = found * 27 + ord(letter) - 96
    return found


def spelled(number: int) -> str:
    """The code that a number stands for, in small letters."""
    found = ""
    while number:
        number, letter = divmod(number, 27)
        found = chr(96 + letter) + found
    return found


def several(codes: Sequence[str], most: int) -> tuple[int, ...]:
    """The numbers of some codes; all of them 0 when they don't fit."""
    found = tuple(coded(one) for one in codes)
    return (*found, *(0,) * (most - len(found))) if len(found) <= most and all(found) else (0,) * most


def numbers(item: Item) -> tuple[int, ...]:
    """What limits an item, as WIDTH numbers; 0 for what doesn't."""
    return limiting(item.reach_km, item.countries, item.languages) if item.origin == STATED else NUMBERS


@lru_cache(maxsize=10_000)
def limiting(km: int, countries: tuple[str, ...], languages: tuple[str, ...]) -> tuple[int, ...]:
    spoken = several(base(languages), LANGUAGES)
    return (km if 0 < km <= MOST else 0, *several(countries, COUNTRIES), *spoken)


def restored(said: Sequence[int]) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    """The kilometres, the countries and the languages that some numbers stand for."""
    countries = tuple(spelled(one).upper() for one in said[PLACES] if one)
    return said[KM], countries, tuple(spelled(one) for one in said[SPOKEN] if one)


def distinct(rows: Table) -> tuple[Table, NDArray[np.int32]]:
    """The different ones among some rows of WIDTH numbers, the row without limits first, and the place of each."""
    halves = np.ascontiguousarray(rows).view(np.uint64)  # comparing two large numbers is quicker than eight small ones
    places = np.zeros(len(rows), np.int32)
    limited = np.flatnonzero(halves.any(axis=1))
    limited = limited[np.lexsort((halves[limited, 1], halves[limited, 0]))]
    ordered = halves[limited]
    first = np.ones(len(limited), bool)
    first[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
    places[limited] = np.cumsum(first)
    return np.concatenate((np.zeros((1, WIDTH), np.uint16), rows[limited[first]])), places


class Limits:
    """The limits of a side's items, each kept once: an item has the place of its own, 0 without any."""

    def __init__(self, table: Table) -> None:
        self.columns = np.ascontiguousarray(
            table.T
        )  # one number of all, then the next: quick to ask one after the other
        self.places = {tuple(row): place for place, row in enumerate(table.tolist())}

    def place(self, item: Item) -> int:
        """The place of an item's limits, which may be new."""
        said = numbers(item)
        if said not in self.places:
            place = self.places[said] = len(self.places)
            if place >= self.columns.shape[1]:
                self.columns = np.concatenate((self.columns, np.zeros((WIDTH, 64 + place // 16), np.uint16)), axis=1)
            self.columns[:, place] = said
        return self.places[said]

    def of(self, places: NDArray[np.int32]) -> Table:
        """The limits in some places: WIDTH rows of numbers."""
        return self.columns.take(places, axis=1)


def beyond(km: Table, own: Context, reach: Table, points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether each is known to be further away than its reach, or than so many kilometres; 0 is no limit.

    The point of who asks is rounded like all others, so that both sides of a pair get the same answer.
    """
    if own.latitude is None or own.longitude is None:
        return np.zeros(len(reach), bool)
    least = np.minimum(reach - ONE, km - ONE)  # no limit becomes MOST, further than anything is
    here = float(np.float32(own.latitude)), float(np.float32(own.longitude))
    return great_circles(*here, points) - ONE > least
