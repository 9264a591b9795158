"""Profiles as bytes for the database, and many of them at once as the arrays that an index is built of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from network.matching.limits import NUMBERS, WIDTH, distinct, numbers, restored
from network.matching.side import COLUMNS, FOREVER, LAST, NONE, PARTS, TIMES, TOPICS, Batch, signatures
from network.matching.values import INFERRED, STATED, Context, Item, Profile

VERSION = 2  # of the two records below: a profile that was packed with another is not read, and written anew
ITEM = np.dtype(
    [
        *(("id", "<i4"), ("flags", "u1"), ("kinds", "<u4", 2), ("topics", "<u2", 3), ("until", "<i4")),
        ("limits", "<u2", WIDTH),
    ]
)
WORD = np.dtype([("number", "<u4"), ("item", "u1"), ("times", "u1")])
OFFER, GUESSED, WHOLE = 1, 2, 4  # flags; WHOLE: not an item but what is true of the whole organisation
MOST = 250  # items of an organisation
AROUND = 255  # stands for the item of words of the whole organisation


def pack(profile: Profile) -> tuple[bytes, bytes]:
    """The items and the words of a profile."""
    items: list[tuple[Any, ...]] = [(0, WHOLE, (0, 0), filled(profile.themes), FOREVER, NUMBERS)]
    words = [(word, AROUND, sixteenths(times)) for word, times in profile.words.items()]
    for place, item in enumerate(profile.items[:MOST]):
        flags = (OFFER if item.offer else 0) | (GUESSED if item.origin == INFERRED else 0)
        kinds = [concept << 8 | round(weight * PARTS) for concept, weight in item.kinds[:2]] + [0, 0]
        until = item.until.toordinal() if item.until else FOREVER
        items.append((item.id, flags, tuple(kinds[:2]), filled(item.topics), until, numbers(item)))
        words += [(word, place, sixteenths(times)) for word, times in item.words.items()]
    return np.array(items, ITEM).tobytes(), np.array(words, WORD).tobytes()


def filled(topics: Sequence[int]) -> tuple[int, ...]:
    said = tuple(topic for topic in topics if topic <= LAST)[:TOPICS]
    return said + (NONE,) * (TOPICS - len(said))


def sixteenths(times: float) -> int:
    return min(255, max(1, round(times * TIMES)))


def unpack(context: Context, items: bytes, words: bytes) -> Profile:
    """The profile that was packed."""
    whole, *rows = np.frombuffer(items, ITEM)
    said: dict[int, dict[int, float]] = {}
    for number, item, times in np.frombuffer(words, WORD).tolist():
        said.setdefault(item, {})[number] = times / TIMES
    found = tuple(
        Item(
            id=int(row["id"]),
            organization=context.id,
            offer=bool(row["flags"] & OFFER),
            kinds=tuple((int(one) >> 8, (int(one) & 255) / PARTS) for one in row["kinds"] if one),
            topics=tuple(int(topic) for topic in row["topics"] if topic != NONE),
            words=said.get(place, {}),
            origin=INFERRED if row["flags"] & GUESSED else STATED,
            until=date.fromordinal(int(row["until"])) if row["until"] != FOREVER else None,
            **limited(row["limits"].tolist()),
        )
        for place, row in enumerate(rows)
    )
    themes = tuple(int(topic) for topic in whole["topics"] if topic != NONE)
    return Profile(context, found, themes, said.get(AROUND, {}))


def limited(said: list[int]) -> dict[str, Any]:
    """The fields of an item that limit it."""
    return dict(zip(("reach_km", "countries", "languages"), restored(said), strict=True))


def settled(profile: Profile) -> Profile:
    """A profile with its weights as they are kept, so that the definition and the index see the same."""
    return unpack(profile.context, *pack(profile))


@dataclass
class Packed:
    """Many profiles, one after the other: how many records each has, and all records joined."""

    organizations: NDArray[np.int32]
    items: NDArray[Any]
    of_items: NDArray[np.int32]  # the row of each record
    words: NDArray[Any]
    of_words: NDArray[np.int32]


def joined(profiles: Iterable[tuple[int, bytes, bytes]]) -> Packed:
    """Join packed profiles: (organisation, items, words) each."""
    known = list(profiles)
    organizations = np.array([one[0] for one in known], np.int32)
    counts = np.array([len(one[1]) // ITEM.itemsize for one in known], np.int32)
    told = np.array([len(one[2]) // WORD.itemsize for one in known], np.int32)
    rows = np.arange(len(known), dtype=np.int32)
    return Packed(
        organizations,
        np.frombuffer(b"".join(one[1] for one in known), ITEM),
        np.repeat(rows, counts),
        np.frombuffer(b"".join(one[2] for one in known), WORD),
        np.repeat(rows, told),
    )


@dataclass
class Sides:
    """What an index is built of: both sides, and by row the themes and the words of organisations."""

    offers: Batch
    seeks: Batch
    themes: NDArray[np.uint16]
    around: Batch


def sides(packed: Packed) -> Sides:
    """Sort joined profiles into the two sides."""
    items, rows = packed.items, packed.of_items
    whole = (items["flags"] & WHOLE) > 0
    is_offer = ~whole & ((items["flags"] & OFFER) > 0)
    is_seek = ~whole & ~is_offer
    first = np.flatnonzero(whole)  # the record of each organisation, which its items follow
    place = packed.words["item"]
    item_of_word = first[packed.of_words] + 1 + place.astype(np.int64)
    around = place == AROUND
    themes = items["topics"][whole]
    made = []
    for chosen in (is_offer, is_seek):
        slot_of = np.cumsum(chosen, dtype=np.int32) - 1
        mine = ~around
        mine[mine] = chosen[item_of_word[mine]]
        words = packed.words[mine]
        slots = slot_of[item_of_word[mine]]
        made.append(batch(items[chosen], rows[chosen], words, slots))
    spoken = packed.words[around]
    empty = Batch({}, np.empty(0, np.uint64), spoken["number"].copy(), packed.of_words[around], spoken["times"].copy())
    return Sides(made[0], made[1], themes, empty)


def batch(items: NDArray[Any], rows: NDArray[np.int32], words: NDArray[Any], slots: NDArray[np.int32]) -> Batch:
    """One side's columns; lengths are for the index to fill in."""
    columns: dict[str, NDArray[Any]] = {name: np.zeros(len(items), kind) for name, kind in COLUMNS.items()}
    columns["row"][:] = rows
    columns["id"][:] = items["id"]
    columns["until"][:] = items["until"]
    columns["alive"][:] = 1
    columns["inferred"][:] = (items["flags"] & GUESSED) > 0
    for number in range(TOPICS):
        columns[f"topic{number}"][:] = items["topics"][:, number]
    limits, columns["limits"][:] = distinct(items["limits"].astype(np.uint16))
    kinds = items["kinds"]
    keys = (
        signatures((kinds >> 8).astype(np.uint32), (kinds & 255).astype(np.uint8))
        if len(items)
        else np.empty(0, np.uint64)
    )
    return Batch(columns, keys, words["number"].copy(), slots, words["times"].copy(), limits)
