"""How a text that names a place may be read: which words are the name, and which say where that is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from network.places.folding import fold

LONGEST_TEXT, MOST_WORDS, LONGEST_CONTEXT = 200, 12, 3
SEPARATORS = re.compile(r"[,;/|()\[\]\n\t،、，]+|\s[-–—]\s")
NEAR = tuple(
    f" {phrase} "
    for phrase in (
        "near", "nearby", "in", "at", "around", "close to", "next to", "outside", "bei", "nahe", "in der nahe von",
        "um", "pres de", "pres d", "autour de", "a cote de", "cerca de", "alrededor de", "en", "perto de", "em", "قرب",
    )
)  # fmt: skip
HERE = frozenset({"me", "here", "mir", "hier", "moi", "ici", "mi", "aqui", "mim"})
NUMBER = r"([-+]?\d{1,3}(?:[.,]\d{1,15})?)\s*°?\s*"
POINT = re.compile(rf"(?:geo:)?\s*{NUMBER}([NSns]?)(?:\s*[;,]\s*|\s+){NUMBER}([EWOewo]?)")


@dataclass(frozen=True)
class Reading:
    """A folded name, what it should lie in (nearest first), and whether words of the text were left out."""

    name: str
    inside: tuple[str, ...] = ()
    part: bool = False


def clipped(text: str) -> str:
    """As much of `text` as can be a place, without what no database takes."""
    return text[:LONGEST_TEXT].encode("utf-8", "ignore").decode().replace("\0", " ").strip()


def point(text: str) -> tuple[float, float] | None:
    """Latitude and longitude when `text` is a pair of coordinates in degrees: "53.8,-1.55", "53.8° N 1.55° W"."""
    match = POINT.fullmatch(text.replace("\N{MINUS SIGN}", "-").strip())
    if not match:
        return None
    latitude, longitude = (float(match[group].replace(",", ".")) for group in (1, 3))
    if "." not in text and not (match[2] or match[4]) and "," not in match[1] + match[3]:
        return None  # two whole numbers are rather a house or postal code
    latitude = -abs(latitude) if match[2].upper() == "S" else latitude
    longitude = -abs(longitude) if match[4].upper() in ("W", "O") and match[4] else longitude
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def readings(text: str) -> list[Reading]:
    """The readings of `text` that leave nothing out but postal codes, likeliest first."""
    parts = [part for part in map(fold, SEPARATORS.split(text)) if part]
    whole = fold(text)
    found = [Reading(whole)]
    for pieces in (parts, [part for part in map(without_numbers, parts) if part]):
        if len(pieces) > 1:
            found.append(Reading(pieces[0], tuple(pieces[1:])))
            found.append(Reading(pieces[-1], tuple(pieces[:-1])))
        found += spaced(" ".join(pieces).split())
    return unique(found)


def loose_readings(text: str) -> list[Reading]:
    """The readings of `text` that leave words out: what follows "near", later parts of an address, the last words."""
    found: list[Reading] = []
    padded = f" {fold(text)} "
    for phrase in NEAR:
        before, said, after = padded.rpartition(phrase)
        if said:
            tail = without_numbers(after)
            found += spaced((before if tail in HERE else tail).split())
    found.sort(key=lambda reading: len(reading.name) + sum(map(len, reading.inside)))
    parts = [part for part in map(without_numbers, map(fold, SEPARATORS.split(text))) if part]
    found += [Reading(parts[at], tuple(parts[at + 1 :])) for at in range(len(parts))]
    words = without_numbers(padded).split()[:MOST_WORDS]
    for length in range(min(LONGEST_CONTEXT, len(words) - 1), 0, -1):
        found += [Reading(" ".join(words[-length:])), Reading(" ".join(words[:length]))]
    return unique([Reading(reading.name, reading.inside, part=True) for reading in found])


def spaced(words: list[str]) -> Iterator[Reading]:
    """Words without a comma: all of them the name, or the last few saying where it is."""
    words = words[:MOST_WORDS]
    if words:
        yield Reading(" ".join(words))
    for length in range(1, min(LONGEST_CONTEXT, len(words) - 1) + 1):
        yield Reading(" ".join(words[:-length]), (" ".join(words[-length:]),))


def without_numbers(words: str) -> str:
    """The words that hold no digit: what is left of "75011 Paris" or "Leeds LS1 4AP"."""
    return " ".join(word for word in words.split() if not any(character.isdigit() for character in word))


def unique(found: list[Reading]) -> list[Reading]:
    return [reading for reading in dict.fromkeys(found) if reading.name]
