"""The key of a map: what its colours, shapes, lines and sizes stand for, each with how many there are."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from babel.numbers import format_decimal

from network.directory.categories import CATEGORIES
from network.directory.vocabulary import LINK_TYPES, STANDINGS
from network.maps.colours import EDGE, INK, OF_STANDING, QUIET, TOKENS, Colouring, state_of
from network.maps.drawing import element, number
from network.maps.labels import SANS, lines_of, shortened, width_of
from network.maps.lines import ARROW, head, paint, stroke_of
from network.maps.marks import LOOKS, STALE, Look, mark, shape_of, sizes
from network.maps.scene import Scene
from network.text import gettext as _

SIZE = 7.2  # points of the text
LINE = 13.0
HEAD = 15.0
SAMPLE = 22.0  # points from the left edge to the words
GAP = 11.0
WIDTH = 146.0

COUNT = {"fill": QUIET, "font_family": SANS}
Sample = Callable[[float, float], str]


@dataclass(frozen=True)
class Entry:
    """A sample, drawn with its middle at a point, and what it stands for."""

    sample: Sample
    label: str
    count: int | None = None


@dataclass(frozen=True)
class Section:
    """Entries under a heading."""

    title: str
    entries: tuple[Entry, ...]

    @property
    def height(self) -> float:
        return HEAD + LINE * len(self.entries)


def sections(scene: Scene, colouring: Colouring, hulls: bool) -> list[Section]:
    """What the key of a scene says; nothing in it that isn't on the map."""
    found = [categories(scene), colours(scene, colouring), standings(scene), ties(scene, hulls), scale(scene)]
    return [section for section in found if section.entries]


def sampled(shape: str, colour: str, look: Look = LOOKS["current"], radius: float = 4.2) -> Sample:
    return lambda x, y: mark(shape, (x, y), radius, colour, look)


def categories(scene: Scene) -> Section:
    """The shapes; in their colours where these say the same."""
    counts = Counter(node.category for node in scene.nodes)
    entries = []
    for key, one in CATEGORIES.items():
        if counts[key]:
            colour = TOKENS[one.colour] if scene.colour == "category" else QUIET
            entries.append(Entry(sampled(shape_of(key), colour), str(one.plural), counts[key]))
    return Section(_("Organisations"), tuple(entries))


def colours(scene: Scene, colouring: Colouring) -> Section:
    if scene.colour in ("category", "standing"):
        return Section("", ())  # said by the shapes, or by the standings
    entries = [Entry(sampled("circle", key.colour), key.label, key.count) for key in colouring.key]
    return Section(colouring.title, tuple(entries))


def standings(scene: Scene) -> Section:
    """How standing and freshness are drawn, unless all are current and confirmed."""
    counts = Counter(node.standing for node in scene.nodes)
    ink = OF_STANDING.__getitem__ if scene.colour == "standing" else lambda standing: INK
    entries = [
        Entry(sampled("circle", ink(term.key), LOOKS[term.key]), str(term.label), counts[term.key])
        for term in STANDINGS
        if counts[term.key]
    ]
    stale = sum(node.standing == "current" and state_of(node, scene.drawn_on) == "stale" for node in scene.nodes)
    if stale:
        entries.append(Entry(sampled("circle", ink("current"), Look(strength=STALE)), _("Not confirmed lately"), stale))
    return Section(_("Standing"), tuple(entries) if len(entries) > 1 or counts["current"] < len(scene.nodes) else ())


def ties(scene: Scene, hulls: bool) -> Section:
    counts = Counter(tie.type for tie in scene.ties)
    entries = [
        Entry(tie_sample(term.key), str(term.label), counts[term.key]) for term in LINK_TYPES if counts[term.key]
    ]
    proposed = sum(tie.proposed for tie in scene.ties)
    if proposed:
        entries.append(Entry(tie_sample("works_with", 0.4), _("Not confirmed yet"), proposed))
    if hulls:
        entries.append(Entry(hull_sample, _("Belong together"), None))
    return Section(_("Ties"), tuple(entries))


def tie_sample(type: str, strength: float = 1) -> Sample:
    stroke = stroke_of(type)

    def drawn(x: float, y: float) -> str:
        end = x + 8 - (ARROW * 0.6 if stroke.arrow else 0)
        line = element("path", d=f"M{number(x - 8)} {number(y)}H{number(end)}", **paint(stroke))
        arrow = element("path", d=head((x, y), (x + 9, y)), fill=stroke.colour) if stroke.arrow else ""
        return element("g", line, arrow, opacity=None if strength == 1 else strength)

    return drawn


def hull_sample(x: float, y: float) -> str:
    return element(
        "rect",
        x=x - 8,
        y=y - 4,
        width=16,
        height=8,
        rx=4,
        fill=TOKENS["core"],
        fill_opacity=0.12,
        stroke=EDGE,
        stroke_width=0.5,
    )


def scale(scene: Scene) -> Section:
    """What the size of a mark says, with the smallest and the largest."""
    titles = {
        "ties": _("Larger: more ties"),
        "offers": _("Larger: more offers"),
        "seeks": _("Larger: more sought"),
    }
    values = sorted(sizes(scene).values())
    if scene.size not in titles or not values or values[0] == values[-1]:
        return Section("", ())
    low, high = values[0], values[-1]

    def drawn(x: float, y: float) -> str:
        small = element("circle", cx=x - 6, cy=y, r=1.7, fill=QUIET)
        return small + element("circle", cx=x + 4, cy=y, r=4.4, fill=QUIET)

    return Section(titles[scene.size], (Entry(drawn, f"{low}\N{EN DASH}{high}"),))


def column(section: Section, x: float, y: float, locale: str, width: float = WIDTH) -> str:
    """A section as SVG, its upper left corner at a point; numbers as the locale writes them."""
    title = lines_of([section.title], x, y + 8, SIZE, fill=INK, font_family=SANS, font_weight=600)
    rows = []
    for index, entry in enumerate(section.entries):
        middle = y + HEAD + LINE * index + LINE / 2
        rows.append(entry.sample(x + 9, middle))
        room = (width - SAMPLE - (24 if entry.count is not None else 0)) / SIZE
        label = fitted(entry.label, room)
        begin = x + SAMPLE
        rows.append(lines_of([label], begin, middle + SIZE * 0.36, SIZE, fill=INK, font_family=SANS))
        if entry.count is not None:
            rows.append(
                lines_of(
                    [format_decimal(entry.count, locale=locale)], x + width, middle + SIZE * 0.36, SIZE, "end", **COUNT
                )
            )
    return title + "".join(rows)


def fitted(text: str, ems: float) -> str:
    """A text of at most so many ems."""
    for longest in range(len(text), 3, -1):
        if width_of(short := shortened(text, longest)) <= ems:
            return short
    return text[:3]


def height_of(several: Sequence[Section]) -> float:
    """How high sections are one below the other."""
    return sum(section.height for section in several) + GAP * (len(several) - 1) if several else 0
