"""A map as a drawing for paper: SVG with title, key and date, that needs nothing from anywhere else."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from network.directory.categories import CATEGORIES
from network.directory.vocabulary import STANDINGS
from network.maps import frame, geography, legend, lines
from network.maps.colours import CANVAS, EDGE, HULLS, INK, LAND, QUIET, category_colour, coloured
from network.maps.drawing import PAPERS, Box, Paper, element, number, said
from network.maps.hulls import Line, curve, hull
from network.maps.labels import (
    LEADING,
    SANS,
    SERIF,
    Name,
    Placed,
    Room,
    broken,
    lines_of,
    place,
    shortened,
    width_of,
    written,
)
from network.maps.marks import look, mark, radii, shape_of, sizes
from network.maps.scene import Group, Node, Note, Point, Scene, degrees
from network.text import ngettext

SMALLEST, LARGEST = 1.0, 5.4  # points: the radius of a mark without ties
ACROSS = 0.42  # of a unit of the map: the same
WIDER = 1.7  # a drawing that is so much wider than high has its key below
ON_EARTH = {True: 2.7, False: 4.0}  # points at most, on the whole earth and on a part of it
MOST_GROUPS = 60
NOTE, NOTE_EMS = 8.0, 26.0
OnSheet = Callable[[Point], Point]
VIEWS = ("graph", "geography")


def drawn(scene: Scene, view: str = "graph", paper: str = "a4", locale: str = "en") -> str:
    """The map of a scene as an SVG file: its graph, or its organisations on the earth."""
    return Sheet(scene, view, PAPERS[paper], locale).svg()


@dataclass
class Sheet:
    """One map on one sheet of paper."""

    scene: Scene
    view: str
    paper: Paper
    locale: str = "en"
    smallest: float = SMALLEST  # points: the radius of a mark without ties

    def svg(self) -> str:
        scene, paper, locale = self.scene, self.paper, self.locale
        self.colouring = coloured(scene, locale)
        self.groups = tuple(group for group in scene.groups if len(group.members) > 1 and self.view == "graph")
        sections = legend.sections(scene, self.colouring, bool(self.groups))
        head, begins = frame.heading(scene, paper)
        below = self.view == "geography" or self.proportion() > WIDER
        self.box = frame.room_for_map(paper, begins, sections, below)
        canvas = self.geography() if self.view == "geography" else self.graph()
        return '<?xml version="1.0" encoding="UTF-8"?>\n' + element(
            "svg",
            element("title", said(frame.title_of(scene)), id="map-title"),
            element("desc", said(frame.description(scene, locale)), id="map-description"),
            frame.ground(paper),
            canvas,
            head,
            frame.key(sections, self.box, below, locale),
            frame.footing(scene, paper, locale, self.left_out()),
            xmlns="http://www.w3.org/2000/svg",
            role="img",
            aria_labelledby="map-title map-description",
            width=f"{number(paper.width)}mm",
            height=f"{number(paper.height)}mm",
            viewBox=f"0 0 {number(paper.across)} {number(paper.down)}",
            font_family=SANS,
        )

    def proportion(self) -> float:
        """How many times wider than high the drawing is."""
        points = list(self.scene.positions.values())
        if len(points) < 2:
            return 1
        wide = max(x for x, _y in points) - min(x for x, _y in points)
        return wide / max(1e-6, max(y for _x, y in points) - min(y for _x, y in points))

    def left_out(self) -> str:
        """What the map doesn't show, in one line; empty when it shows everything."""
        told = []
        if missing := len(self.scene.nodes) - len(self.at):
            told.append(ngettext("%(num)s has no place on it", "%(num)s have no place on it", missing))
        if unnamed := len(self.at) - self.named:
            told.append(ngettext("%(num)s name had no room", "%(num)s names had no room", unnamed))
        return " \N{MIDDLE DOT} ".join(told)

    def graph(self) -> str:
        positions = {
            node.id: self.scene.positions[node.id] for node in self.scene.nodes if node.id in self.scene.positions
        }
        corners = list(positions.values())
        for note in self.scene.notes:
            corners += [note.at] + ([(note.at[0] + note.size[0], note.at[1] + note.size[1])] if note.size else [])
        scale, on_sheet = fit(corners, self.box.grown(-14))
        self.at = {id: on_sheet(point) for id, point in positions.items()}
        self.radius = radii(self.scene, max(self.smallest, min(LARGEST, ACROSS * scale)))
        names = self.beside_marks()
        below = self.outlined(on_sheet, scale, names)
        hulls, titles = self.hulls(names)
        return (
            below
            + hulls
            + lines.drawn(self.scene.ties, self.at, self.radius)
            + self.marks()
            + titles
            + self.names(names)
        )

    def geography(self) -> str:
        points = geography.points_of(self.scene)
        chart = geography.chart(list(points.values()), self.box)
        box = self.box
        apart = (box.width * box.height / max(1, len(points))) ** 0.5
        self.radius = radii(self.scene, max(SMALLEST, min(ON_EARTH[chart.projection.whole], apart * 0.08)))
        self.at = geography.spread({id: chart.at(point) for id, point in points.items()}, self.radius)
        names = self.beside_marks()
        clip = element(
            "clipPath", element("rect", x=box.left, y=box.top, width=box.width, height=box.height, rx=5), id="map-frame"
        )
        inside = geography.ground(chart) + lines.drawn(self.scene.ties, self.at, self.radius, bend=0.1) + self.marks()
        return clip + element("g", inside, self.names(names), clip_path="url(#map-frame)")

    def beside_marks(self) -> Room:
        """The room that the marks leave to names."""
        boxes = ((*self.at[id], self.radius[id] * 1.2 + 0.6) for id in self.at)
        return Room(self.box, (Box(x - far, y - far, x + far, y + far) for x, y, far in boxes))

    def marks(self) -> str:
        """The marks, the largest first so that a small one is never hidden."""
        ordered = sorted(
            (node for node in self.scene.nodes if node.id in self.at), key=lambda one: -self.radius[one.id]
        )
        return "".join(
            mark(
                shape_of(node.category),
                self.at[node.id],
                self.radius[node.id],
                self.colouring.of[node.id],
                look(node, self.scene),
                element("title", said(self.told(node))),
            )
            for node in ordered
        )

    def told(self, node: Node) -> str:
        """An organisation in a line."""
        category = str(CATEGORIES[node.category].label) if node.category in CATEGORIES else node.category
        standing = str(STANDINGS[node.standing].label) if node.standing in STANDINGS else node.standing
        return ", ".join(filter(None, (f"{node.name}: {category}", standing, node.town, node.country)))

    def hulls(self, names: Room) -> tuple[str, str]:
        """The outlines of groups, and the names of those that no mark bears."""
        borne = {node.name for node in self.scene.nodes if node.id in self.at}
        reach = 4.6 * max(SMALLEST * 2, min(self.radius.values(), default=3))
        shapes, titles = [], []
        largest = sorted(self.groups, key=lambda one: (-len(one.members), one.key))[:MOST_GROUPS]
        for index, group in enumerate(largest):
            own = set(group.members)
            members = [self.at[id] for id in group.members if id in self.at]
            others = [point for id, point in self.at.items() if id not in own]
            outline = hull(members, others, reach, self.box)
            if outline:
                colour = HULLS[index % len(HULLS)]
                shapes.append(hull_drawn(group, outline, colour))
                if group.name and group.name not in borne:
                    titles.append(self.hull_title(group.name, outline, colour, names))
        return "".join(shapes), "".join(titles)

    def hull_title(self, text: str, outline: Sequence[Line], colour: str, names: Room) -> str:
        points = [point for line in outline for point in line]
        for x, y in (
            min(points, key=lambda one: one[1]),
            max(points, key=lambda one: one[1]),
            max(points),
            min(points),
        ):
            placed = place(Name(text, x, y, 3, 8.2, colour), names)
            if placed:
                return written(placed, 8.2, CANVAS, fill=colour, font_family=SERIF, font_style="italic")
        return ""

    def outlined(self, on_sheet: OnSheet, scale: float, names: Room) -> str:
        """Regions and notes that somebody drew."""
        return "".join(noted(note, on_sheet(note.at), scale, names) for note in self.scene.notes)

    def names(self, room: Room) -> str:
        """As many names as there is room for: networks first, then who has most ties."""
        tied, values = degrees(self.scene.nodes, self.scene.ties), sizes(self.scene)

        def rank(node: Node) -> tuple:
            return (not gathers(node), -tied[node.id], -values[node.id], node.id)

        drawn, self.named = [], 0
        for node in sorted((node for node in self.scene.nodes if node.id in self.at), key=rank):
            name = self.name(node, tied)
            placed = place(name, room)
            if placed:
                self.named += 1
                drawn.append(self.lettered(node, name, placed))
        return "".join(drawn)

    def name(self, node: Node, tied: Mapping[int, int]) -> Name:
        x, y = self.at[node.id]
        size = 8.2 if gathers(node) else 6.8 if tied[node.id] > 4 else 6
        return Name(node.name, x, y, self.radius[node.id] * 1.15 + 2, size, INK, gathers(node), gathers(node))

    def lettered(self, node: Node, name: Name, placed: Placed) -> str:
        paint: dict[str, object] = {"fill": INK if node.standing in ("current", "paused") else QUIET}
        if name.bold:
            paint = {"fill": self.dark(node), "font_family": SERIF, "font_weight": 600}
        elif node.standing in ("desired", "in_conversation"):
            paint["font_style"] = "italic"
        return written(placed, name.size, CANVAS if self.view == "graph" else LAND, **paint)

    def dark(self, node: Node) -> str:
        return category_colour(node.category) if self.scene.colour == "category" else INK


def gathers(node: Node) -> bool:
    return node.category in CATEGORIES and CATEGORIES[node.category].gathers


def hull_drawn(group: Group, outline: Sequence[Line], colour: str) -> str:
    """The soft outline of a group; dashed when somebody drew it."""
    return element(
        "path",
        element("title", said(group.name)),
        d=curve(outline),
        fill=colour,
        fill_opacity=0.09,
        fill_rule="evenodd",
        stroke=colour,
        stroke_opacity=0.45,
        stroke_width=0.7,
        stroke_dasharray="4 2.4" if group.drawn else None,
    )


def noted(note: Note, at: Point, scale: float, names: Room) -> str:
    """A note as it stands on the sheet, in its region when it has one."""
    (x, y), room, region = at, NOTE_EMS, ""
    if note.size:
        wide, high = note.size[0] * scale, note.size[1] * scale
        dashed = {"stroke": EDGE, "stroke_width": 0.6, "stroke_dasharray": "5 3"}
        region = element("rect", x=x, y=y, width=wide, height=high, rx=6, fill=EDGE, fill_opacity=0.06, **dashed)
        x, y, room = x + 6, y + 2, max(NOTE, (wide - 12) / NOTE)
    text = broken(shortened(note.text, 240), room)
    if not text:
        return region
    across = max(map(width_of, text)) * NOTE
    names.take(Box(x, y, x + across, y + LEADING * NOTE * len(text) + 3))
    paint = {"fill": QUIET, "font_family": SERIF, "font_style": "italic"}
    return region + lines_of(text, x, y + NOTE + 1, NOTE, halo=CANVAS, **paint)


def fit(points: Sequence[Point], box: Box) -> tuple[float, OnSheet]:
    """The scale at which points fill a box, and the function that puts a point on the sheet."""
    if not points:
        return 1.0, lambda point: ((box.left + box.right) / 2, (box.top + box.bottom) / 2)
    left, right = min(x for x, _y in points), max(x for x, _y in points)
    top, bottom = min(y for _x, y in points), max(y for _x, y in points)
    scale = min(box.width / max(right - left, 4), box.height / max(bottom - top, 3))
    middle, centre = ((left + right) / 2, (top + bottom) / 2), ((box.left + box.right) / 2, (box.top + box.bottom) / 2)
    return scale, lambda point: (centre[0] + (point[0] - middle[0]) * scale, centre[1] + (point[1] - middle[1]) * scale)
