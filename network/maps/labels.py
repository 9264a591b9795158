"""Names on a map: as many as fit without touching one another or a mark, the most important first."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import floor

from network.maps.drawing import Box, element, said

SERIF = "'Iowan Old Style', 'Palatino Linotype', 'URW Palladio L', P052, 'Noto Serif', Georgia, serif"
SANS = "system-ui, -apple-system, 'Segoe UI', Inter, 'Noto Sans', 'DejaVu Sans', sans-serif"
LEADING = 1.16
ASCENT, DESCENT = 0.86, 0.28
CELL = 24.0  # points
LONGEST = 56  # characters of a name on the sheet
NARROW, WIDE = frozenset("iljtfrI.,:;'|!()[]{} "), frozenset("mwMWQ@%&ÆŒ\N{EM DASH}\N{HORIZONTAL ELLIPSIS}")


@lru_cache(maxsize=20_000)
def width_of(text: str) -> float:
    """How wide a text is at most, in ems: no common face of the families above is wider."""
    return sum(map(character_width, text))


def character_width(character: str) -> float:
    if character in NARROW:
        return 0.42
    if character in WIDE:
        return 1.02
    if unicodedata.combining(character):
        return 0
    if unicodedata.east_asian_width(character) in "WF" or ord(character) > 0xFFFF:
        return 1.3
    return 0.76 if character.isupper() else 0.64


def runs_leftwards(text: str) -> bool:
    """Whether a text is read from right to left: its first letter says so."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def shortened(text: str, longest: int = LONGEST) -> str:
    """At most so many characters, cut between words where that loses little."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    kept = text[: longest - 1]
    return (kept.rpartition(" ")[0] if kept.rfind(" ") > longest * 0.6 else kept).rstrip() + "\N{HORIZONTAL ELLIPSIS}"


def broken(text: str, ems: float) -> list[str]:
    """A text in lines of at most so many ems; a word that is longer keeps a line of its own."""
    lines: list[str] = []
    for word in text.split():
        if lines and width_of(f"{lines[-1]} {word}") <= ems:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def in_two(text: str) -> list[str]:
    """A name in two lines, as equally long as its words allow; one line when it is short."""
    words = text.split()
    if len(words) < 2 or len(text) < 13:
        return [text]
    splits = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    return list(min(splits, key=lambda pair: (max(map(width_of, pair)), pair)))


@dataclass(frozen=True, slots=True)
class Name:
    """What should be written beside a mark. `away` is how far from the mark's middle the text begins."""

    text: str
    x: float
    y: float
    away: float
    size: float
    colour: str
    bold: bool = False
    far: bool = False  # whether it may also stand farther off, rather than nowhere


@dataclass(frozen=True, slots=True)
class Placed:
    """A text on the sheet: its lines, where they stand, and the box that they keep free."""

    lines: tuple[str, ...]
    x: float
    y: float
    anchor: str
    box: Box


class Room:
    """What is taken on the sheet, in a grid so that asking is quick."""

    def __init__(self, sheet: Box, taken: Iterable[Box] = ()) -> None:
        self.sheet = sheet
        self.cells: defaultdict[tuple[int, int], list[Box]] = defaultdict(list)
        for box in taken:
            self.take(box)

    def over(self, box: Box) -> Iterator[tuple[int, int]]:
        for column in range(floor(box.left / CELL), floor(box.right / CELL) + 1):
            for row in range(floor(box.top / CELL), floor(box.bottom / CELL) + 1):
                yield column, row

    def take(self, box: Box) -> None:
        for cell in self.over(box):
            self.cells[cell].append(box)

    def free(self, box: Box) -> bool:
        """Whether a box lies on the sheet and on nothing else."""
        return box.within(self.sheet) and not any(
            box.meets(other) for cell in self.over(box) for other in self.cells.get(cell, ())
        )


def place(name: Name, room: Room) -> Placed | None:
    """The best free place about a mark, which is then taken; None when there is none."""
    text = shortened(name.text)
    shapes = [(text,)] if len(text) <= 30 else []
    two = tuple(in_two(text))
    both = (*shapes, *([two] if len(two) > 1 or not shapes else []))
    for away in (1, 1.6, 2.4, 3.4) if name.far else (1,):
        for lines in both:
            for placed in candidates(name, lines, name.away * away):
                if room.free(placed.box):
                    room.take(placed.box)
                    return placed
    return None


BESIDE = (
    (1, 0),
    (-1, 0),
    (0, 1),
    (0, -1),
    (1, 1),
    (1, -1),
    (-1, 1),
    (-1, -1),
    (1, 0.55),
    (1, -0.55),
    (-1, 0.55),
    (-1, -0.55),
)
SHIFTS = (0.28, -0.28, 0.46, -0.46)


def candidates(name: Name, lines: tuple[str, ...], away: float) -> Iterator[Placed]:
    """Places about a mark, the usual one first: right, left, below, above, then askew, then above and below, moved."""
    width = max(map(width_of, lines)) * name.size * (1.06 if name.bold else 1)
    high = (LEADING * (len(lines) - 1) + ASCENT + DESCENT) * name.size
    for across, down in BESIDE:
        far = away * 0.72 if across and abs(down) == 1 else away
        x = name.x + across * far
        top = name.y - high / 2 + down * (high / 2 + (far if not across else far * 0.75))
        left = x if across > 0 else x - width if across < 0 else x - width / 2
        anchor = {1: "start", -1: "end", 0: "middle"}[across]
        yield Placed(lines, x, top + ASCENT * name.size, anchor, Box(left, top, left + width, top + high))
    for shift in SHIFTS:
        for top in (name.y + away * 0.92, name.y - away * 0.92 - high):
            x = name.x + shift * width
            box = Box(x - width / 2, top, x + width / 2, top + high)
            yield Placed(lines, x, top + ASCENT * name.size, "middle", box)


def written(placed: Placed, size: float, halo: str | None, **paint: object) -> str:
    """A placed text as SVG, each line its own; `halo` keeps it readable on whatever lies below."""
    return lines_of(placed.lines, placed.x, placed.y, size, placed.anchor, halo, **paint)


def lines_of(
    lines: Iterable[str],
    x: float,
    y: float,
    size: float,
    anchor: str = "start",
    halo: str | None = None,
    **paint: object,
) -> str:
    """Lines of text, each on its own base line from `y` downwards."""
    if halo:
        paint |= {"paint_order": "stroke", "stroke": halo, "stroke_width": size * 0.3, "stroke_linejoin": "round"}
    written = []
    for index, line in enumerate(lines):
        leftwards = runs_leftwards(line)
        turned = {"start": "end", "end": "start"}.get(anchor, anchor) if leftwards else anchor
        written.append(
            element(
                "text",
                said(line),
                x=x,
                y=y + index * size * LEADING,
                font_size=size,
                text_anchor=None if turned == "start" else turned,
                direction="rtl" if leftwards else None,
                **paint,
            )
        )
    return "".join(written)
