"""Keys that a name and its misspellings share, so that few candidates need comparing."""

from collections.abc import Iterable, Iterator
from zlib import crc32

from rapidfuzz.distance import OSA

SHORTEST = 4
LONGEST = 40
SOUNDS = str.maketrans({**dict.fromkeys("aeiouyh ", None), "c": "k", "q": "k", "x": "s", "z": "s", "w": "v"})


def sounds(name: str) -> str:
    """What is heard of a folded name: its consonants, those that sound alike made one. "philadelphia" → "fldlf"."""
    return name.replace("ph", "f").translate(SOUNDS)


def single(heard: str) -> str:
    """Sounds without doubled ones."""
    return "".join(sound for place, sound in enumerate(heard) if place == 0 or heard[place - 1] != sound)


def number(kind: str, text: str) -> int:
    return crc32(f"{kind}{text}".encode()) & 0x7FFFFFFF


def shortened(text: str) -> Iterator[str]:
    """`text`, and `text` without any one of its letters."""
    yield text
    yield from {text[:at] + text[at + 1 :] for at in range(len(text))}


def keys(name: str) -> set[int]:
    """The keys under which a folded name is kept: by sound, or letter by letter when it has few consonants."""
    if not SHORTEST <= len(name) <= LONGEST:
        return set()
    heard = sounds(name)
    if len(single(heard)) >= SHORTEST:
        return {number("s", single(part)) for part in shortened(heard)}
    return {number("n", part) for part in shortened(name.replace(" ", ""))}


def keys_to_ask(name: str) -> set[int]:
    """The keys under which the name that was meant may be kept, when `name` is misspelt."""
    if not SHORTEST <= len(name) <= LONGEST:
        return set()
    heard = {single(part) for part in shortened(sounds(name))}
    by_sound = {number("s", part) for part in heard if len(part) > 1}
    return by_sound | {number("n", part) for part in shortened(name.replace(" ", ""))}


def allowed(name: str) -> int:
    """How many letters may be wrong."""
    return 1 if len(name) < 7 else 2 if len(name) < 10 else 3


def nearest(name: str, candidates: Iterable[str], limit: int = 40) -> list[tuple[str, int]]:
    """The candidates within the allowed number of wrong letters, nearest first, with that number."""
    most = allowed(name)
    found = [
        (candidate, wrong)
        for candidate in candidates
        if abs(len(candidate) - len(name)) <= most
        and (wrong := OSA.distance(name, candidate, score_cutoff=most)) <= most
    ]
    return sorted(found, key=lambda pair: (pair[1], pair[0][0] != name[0], pair[0]))[:limit]
