"""Which organisations are worth comparing: those that share a key, of an address, of words in a place. Pure.

A block that too many share says nothing and is passed over, so that candidates stay few however long the list is.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from math import cos, floor, radians
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from network.directory.addressing import Addresses
from network.directory.duplicates import Crowds, Entry, Known, Level, Score, compared
from network.directory.naming import SHORTENED, SMALL, Name, may_be_short
from network.directory.resembling import spelt_short

MOST = 40  # organisations in a block
WINDOW = 0.25  # degrees of latitude: two points no further apart than that share a window of twice the size
PREFIX = 4  # letters of a word that a misspelling mostly leaves
DIGITS = 6  # at the end of a telephone number
BUFFER, AT_ONCE = 2_000_000, 10_000  # pairs that are sorted, and that are read, at once
WORDS = 5  # of a name, that are taken together two by two


def windows(latitude: float, longitude: float) -> Iterator[str]:
    """The four overlapping squares that a point lies in."""
    row = floor(latitude / WINDOW)
    for down in (row - 1, row):
        width = WINDOW / max(0.05, cos(radians(min(89.0, max(abs(down), abs(down + 2)) * WINDOW))))
        column = floor(longitude / width)
        yield f"{down},{column - 1}"
        yield f"{down},{column}"


def beginning(word: str) -> str:
    return spelt_short(word)[:PREFIX]


def initials(name: Name) -> set[str]:
    """What the name may be shortened to, and what it is when it is short already."""
    least, most = SHORTENED
    found = set(name.acronyms) | {word.said for word in name.words if may_be_short(word)}
    places = {at for at, word in enumerate(name.words) if word.kind == "place"}
    letters = list(zip(name.initials, name.whose, strict=True))
    for left_out in ({SMALL}, {SMALL} | places, set(), places):
        found.add("".join(letter for letter, whose in letters if whose not in left_out))
    return {one for one in found if least <= len(one) <= most}


def of_name(name: Name) -> tuple[list[str], list[str]]:
    """The keys of a name: those that say much wherever the organisation is, and those that say something in a place."""
    telling = [word for word in name.words if word.kind in ("word", "kind", "quality", "part")]
    whole = " ".join(sorted({word.meaning for word in telling}))
    strong = [f"n{whole}", *(f"i{one}" for one in initials(name))] if telling else []
    starts = sorted({beginning(word.meaning) for word in telling[:WORDS]})
    weak = [f"w{beginning(word.meaning)}" for word in telling if word.kind == "word"]
    weak += [f"t{first} {second}" for first, second in combinations(starts, 2)]
    weak.append("j" + "".join(word.said for word in telling).replace(" ", ""))
    return strong, weak


def blocks(known: Known) -> set[int]:
    """The keys of an organisation, as numbers of 32 bits: who shares one with it may be the same."""
    entry = known.entry
    keys = list(addresses(known.reached))
    places = list(windows(*entry.point)) if entry.point else []
    if entry.town:
        places.append(f"{entry.country} {known.place}")
    for name in known.names:
        strong, weak = of_name(name)
        keys += [f"{key}@{place}" for place in places for key in (*strong, *weak)]
        keys += [f"{key}@{wide}" for wide in {entry.country, ""} for key in strong]
    return {crc32(key.encode()) for key in keys}


def addresses(reached: Addresses) -> Iterator[str]:
    """The keys of how an organisation is reached."""
    if reached.site:
        yield f"s{reached.site}"
    yield from (f"h{host}" for host in reached.hosts)
    if reached.mailbox:
        yield f"m{reached.mailbox}"
    if len(reached.digits) >= DIGITS:
        yield f"p{reached.digits[-DIGITS:]}"


def crowds(everyone: Iterable[Addresses]) -> Crowds:
    """How many organisations state each address."""
    counts = Counter(address for one in everyone for address in {one.site, one.mailbox, *one.hosts} - {""})
    return Crowds({address: count for address, count in counts.items() if count > 1})


class Blocks:
    """Organisations, found by what they share. It holds some hundred bytes of each beside the organisation itself."""

    def __init__(self, everyone: Iterable[Entry]) -> None:
        self.known = [Known.of(entry) for entry in everyone]
        self.crowds = crowds(one.reached for one in self.known)
        found = [np.fromiter(blocks(one), np.uint32) for one in self.known]
        sizes = [len(one) for one in found]
        keys = np.concatenate(found) if found else np.empty(0, np.uint32)
        whose = np.repeat(np.arange(len(found), dtype=np.int32), sizes)
        order = np.argsort(keys, kind="stable")
        self.keys, self.whose = keys[order], whose[order]

    def near(self, known: Known) -> list[int]:
        """The places in `known` of those that share a block with an organisation, each once."""
        wanted = np.fromiter(blocks(known), np.uint32)
        first, last = np.searchsorted(self.keys, wanted), np.searchsorted(self.keys, wanted, "right")
        met = [self.whose[start:end] for start, end in zip(first, last, strict=True) if end - start <= MOST]
        return np.unique(np.concatenate(met)).tolist() if met else []

    def like(self, entry: Entry, level: Level = Level.POSSIBLE) -> list[tuple[Entry, Score]]:
        """Who may be the same as an organisation, the likeliest first, with the evidence."""
        mine = Known.of(entry)
        scored = [(self.known[at].entry, compared(mine, self.known[at], self.crowds)) for at in self.near(mine)]
        levels = (Level.PROBABLE,) if level is Level.PROBABLE else (Level.PROBABLE, Level.POSSIBLE)
        found = [pair for pair in scored if pair[1].level in levels and pair[0].id != entry.id]
        return sorted(found, key=lambda pair: (-pair[1].total, pair[0].id))

    def pairs(self) -> NDArray[np.int64]:
        """All pairs that share a block, each once, as two columns of places in `known`."""
        starts = np.flatnonzero(np.diff(self.keys, prepend=np.uint32(0)) != 0)
        if len(self.keys) and (not len(starts) or starts[0]):
            starts = np.concatenate(([0], starts))
        sizes = np.diff(np.append(starts, len(self.keys)))
        total, found, more, waiting = len(self.known), np.empty(0, np.int64), [], 0
        for size in range(2, MOST + 1):
            groups = starts[sizes == size]
            one, other = np.triu_indices(size, 1)
            for part in np.array_split(groups, 1 + len(groups) * len(one) // BUFFER):
                members = self.whose[part[:, None] + np.arange(size)].astype(np.int64)
                more.append(np.unique(members[:, one] * total + members[:, other]))
                waiting += len(more[-1])
                if waiting > BUFFER:
                    found, more, waiting = np.unique(np.concatenate((found, *more))), [], 0
        return np.stack(np.divmod(np.unique(np.concatenate((found, *more))), max(1, total)), axis=1)

    def probable(self) -> Iterator[tuple[Entry, Entry, Score]]:
        """All pairs that are probably one, with the evidence."""
        pairs = self.pairs()
        for start in range(0, len(pairs), AT_ONCE):
            for one, other in pairs[start : start + AT_ONCE].tolist():
                scored = compared(self.known[one], self.known[other], self.crowds)
                if scored.level is Level.PROBABLE:
                    yield self.known[one].entry, self.known[other].entry, scored


def probable_pairs(everyone: Sequence[Entry]) -> list[tuple[Entry, Entry, Score]]:
    """All pairs of a list that are probably one."""
    return list(Blocks(everyone).probable())
