"""What differs between two texts, in words that were added and words that were taken away."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

WORDS = re.compile(r"\s+|\w+|[^\w\s]")
MOST = 4_000_000  # pairs of words compared: about a second at worst, and far more than any page has
AROUND = 12  # words of what is the same that stand beside a difference
SAME, ADDED, REMOVED, LEFT_OUT = "same", "added", "removed", "left out"


@dataclass(frozen=True)
class Piece:
    """A stretch of text: in both, in the later one alone, in the earlier one alone; or left out of what is in both."""

    what: str
    text: str


@lru_cache(maxsize=256)
def difference(before: str, after: str) -> tuple[Piece, ...]:
    """The later text with what was taken away standing where it stood; long stretches without a difference are cut."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    start = shared(old, new)
    end = shared(old[start:][::-1], new[start:][::-1])
    pieces = [Piece(SAME, "".join(old[:start]))]
    pieces += between(old[start : len(old) - end], new[start : len(new) - end])
    pieces.append(Piece(SAME, "".join(old[len(old) - end :])))
    whole = [piece for piece in pieces if piece.text]
    return tuple(short for at, piece in enumerate(whole) for short in cut(piece, at == 0, at == len(whole) - 1))


def shared(some: Sequence[str], others: Sequence[str]) -> int:
    """How many words two texts begin with together."""
    count = 0
    for one, other in zip(some, others, strict=False):
        if one != other:
            break
        count += 1
    return count


def between(old: list[str], new: list[str]) -> list[Piece]:
    """The differences of what lies between the shared beginning and end."""
    if len(old) * len(new) > MOST:
        return [Piece(REMOVED, "".join(old)), Piece(ADDED, "".join(new))]
    pieces: list[Piece] = []
    gone = come = ""
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        text = "".join(old[a:b])
        if what == "equal" and (text.strip() or not (gone or come)):
            pieces += [Piece(REMOVED, gone), Piece(ADDED, come), Piece(SAME, text)]
            gone = come = ""
        elif what == "equal":  # a mere space between two changed words belongs to both
            gone, come = gone + text, come + text
        else:
            gone, come = gone + text, come + "".join(new[c:d])
    return [*pieces, Piece(REMOVED, gone), Piece(ADDED, come)]


def cut(piece: Piece, first: bool, last: bool) -> Iterator[Piece]:
    """A piece, or of one that is the same for long its ends alone."""
    words = WORDS.findall(piece.text)
    if piece.what != SAME or len(words) <= 4 * AROUND:
        yield piece
        return
    if not first:
        yield Piece(SAME, "".join(words[: 2 * AROUND]))
    yield Piece(LEFT_OUT, "…")
    if not last:
        yield Piece(SAME, "".join(words[-2 * AROUND :]))
