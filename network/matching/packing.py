"""Profiles as bytes for the database, and many of them at once as the arrays that an index is built of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from network.directory.likeness import SHARES
from network.matching.items import (
    COLUMNS,
    FOREVER,
    MEANINGS,
    MEANT,
    NONE,
    PARTS,
    TIMES,
    Batch,
    about,
    filled,
    of_kind,
    of_meaning,
)
from network.matching.limits import NUMBERS, WIDTH, distinct, numbers, restored
from network.matching.postings import ranges
from network.matching.values import INFERRED, STATED, Context, Item, Profile

VERSION = 5  # of the two records below: a profile that was packed with another is not read, and written anew
ITEM = np.dtype(
    [
        *(("id", "<i4"), ("flags", "u1"), ("kinds", "<u4", 2), ("topics", "<u2", 3), ("until", "<i4")),
        *(("limits", "<u2", WIDTH), ("meanings", "<u4", MEANINGS)),
    ]
)
WORD = np.dtype([("number", "<u4"), ("item", "u1"), ("times", "u1")])
OFFER, GUESSED, WHOLE = 1, 2, 4  # flags; WHOLE: not an item but what is true of the whole organisation
MOST = 250  # items of an organisation
AROUND = 255  # stands for the item of words of the whole organisation


def pack(profile: Profile) -> tuple[bytes, bytes]:
    """The items and the words of a profile."""
    blank = (0,) * MEANINGS
    items: list[tuple[Any, ...]] = [(0, WHOLE, (0, 0), filled(profile.themes), FOREVER, NUMBERS, blank)]
    words = [(word, AROUND, sixteenths(times)) for word, times in profile.words.items()]
    for place, item in enumerate(profile.items[:MOST]):
        flags = (OFFER if item.offer else 0) | (GUESSED if item.origin == INFERRED else 0)
        kinds = [of_kind(*kind) for kind in item.kinds[:2]] + [0, 0]
        until = item.until.toordinal() if item.until else FOREVER
        meanings = (*(of_meaning(*one) for one in item.meanings.items()), *blank)[:MEANINGS]
        items.append((item.id, flags, tuple(kinds[:2]), filled(item.topics), until, numbers(item), meanings))
        words += [(word, place, sixteenths(times)) for word, times in item.words.items()]
    return np.array(items, ITEM).tobytes(), np.array(words, WORD).tobytes()


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
            meanings={one >> 8: (one & 255) / SHARES for one in row["meanings"].tolist() if one},
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


def spoken(packed: Packed) -> NDArray[np.bool_]:
    """Which of the words are of the whole organisation."""
    return packed.words["item"] == AROUND


def unpacked(packed: Packed) -> Batch:
    """What an index is built of, offers first; words and topics of an organisation are there for each of its offers.

    How long its words are is for the index to say.
    """
    whole = (packed.items["flags"] & WHOLE) > 0
    first = np.flatnonzero(whole)  # the record of each organisation, which its items follow
    items, rows = packed.items[~whole], packed.of_items[~whole]
    columns = {name: np.zeros((len(items), *several), kind) for name, (kind, *several) in COLUMNS.items()}
    columns["row"][:] = rows
    columns["id"][:] = items["id"]
    columns["until"][:] = items["until"]
    columns["offer"][:] = offer = (items["flags"] & OFFER) > 0
    columns["inferred"][:] = offer & ((items["flags"] & GUESSED) > 0)
    columns["kinds"][:] = items["kinds"]
    themes = np.where(offer[:, None], packed.items["topics"][first[rows]], NONE)
    columns["topics"][:] = np.concatenate((items["topics"], themes), axis=1)
    columns["about"][:] = about(columns["topics"])
    shares = (items["meanings"] & 255).astype(np.float32) / SHARES
    columns["weighed"][:, MEANT] = np.minimum(1, np.sqrt((shares**2).sum(axis=1)))
    limits, columns["limits"][:] = distinct(items["limits"].astype(np.uint16))
    around = spoken(packed)
    said, more, of_more = packed.words[~around], packed.words[around], packed.of_words[around]
    of_said = packed.of_words[~around]
    slots = (first - np.arange(len(first)))[of_said] + said["item"]
    offers = np.flatnonzero(offer)
    starts = np.searchsorted(of_more, np.arange(len(first) + 1))
    picked, of = ranges(starts[rows[offers]], starts[rows[offers] + 1])
    words = np.concatenate((said, more[picked]))
    order = np.argsort(~offer, kind="stable")
    place = np.empty(len(order), np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    columns = {name: column[order] for name, column in columns.items()}
    slots = place[np.concatenate((slots, offers[of]))]
    return Batch(columns, items["meanings"][order], words["number"].copy(), slots, words["times"].copy(), limits)
