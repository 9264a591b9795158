"""What stands around a map on its sheet: title, key, date and the tent's striped edge."""

from collections.abc import Sequence

from babel.dates import format_date

from network.maps import legend
from network.maps.colours import CANVAS, INK, QUIET, RULE, SHEET, TENT
from network.maps.drawing import Box, Paper, element, number
from network.maps.labels import SERIF, broken, lines_of, runs_leftwards, shortened, width_of
from network.maps.scene import Scene, degrees
from network.text import gettext as _
from network.text import ngettext

MARGIN = 30.0
TITLE, TEXT, SMALL = 21.0, 8.4, 7.0  # points
BESIDE = 22.0  # points between map and key
BELOW = 14.0
STRIPE = 13.0


def title_of(scene: Scene) -> str:
    return scene.title or _("Partner map")


def description(scene: Scene, locale: str) -> str:
    """What somebody reads who doesn't see the map: how much is on it, and who is tied to most."""
    tied = degrees(scene.nodes, scene.ties)
    most = sorted((node for node in scene.nodes if tied[node.id]), key=lambda one: (-tied[one.id], one.id))[:5]
    told = [scene.description, counted(scene, locale)]
    if most:
        told.append(_("Most ties: %(names)s", names="; ".join(f"{one.name} ({tied[one.id]})" for one in most)))
    return "\n".join(filter(None, told))


def counted(scene: Scene, locale: str) -> str:
    """How many organisations and ties are shown, and on which day."""
    there, ties = len(scene.nodes), len(scene.ties)
    parts = [format_date(scene.drawn_on, "long", locale=locale)] if scene.drawn_on else []
    if scene.total > there:
        parts.append(_("%(some)s of %(all)s organisations", some=there, all=scene.total))
    else:
        parts.append(ngettext("%(num)s organisation", "%(num)s organisations", there))
    parts.append(ngettext("%(num)s tie", "%(num)s ties", ties))
    return " \N{MIDDLE DOT} ".join(parts)


def heading(scene: Scene, paper: Paper) -> tuple[str, float]:
    """Title and description, and how far down they reach."""
    room = paper.across - 2 * MARGIN
    title, size = shortened(title_of(scene), 90), TITLE
    while width_of(title) * size > room and size > 13:
        size -= 1
    x, anchor = (paper.across - MARGIN, "end") if runs_leftwards(title) else (MARGIN, "start")
    drawn = lines_of([title], x, 50, size, anchor, fill=INK, font_family=SERIF, font_weight=600)
    told = broken(shortened(scene.description, 400), min(room, 560) / TEXT)[:3]
    drawn += lines_of(told, x, 65, TEXT, anchor, fill=QUIET)
    return drawn, 62 + len(told) * TEXT * 1.16 + (4 if told else 0)


def room_for_map(paper: Paper, begins: float, sections: Sequence[legend.Section], below: bool) -> Box:
    """What title and key leave of the sheet."""
    right, bottom = paper.across - MARGIN, paper.down - 34
    if below:
        bottom -= max((section.height for section in sections), default=0) + BELOW
    else:
        right -= legend.WIDTH + BESIDE
    return Box(MARGIN, begins + 6, right, bottom)


def key(sections: Sequence[legend.Section], box: Box, below: bool, locale: str) -> str:
    """The key: a row below the map, or a column beside it, drawn smaller where it would be too high."""
    if below:
        room = (box.width + 18) / max(5, len(sections))
        columns = (
            legend.column(one, box.left + at * room, box.bottom + BELOW, locale, room - 18)
            for at, one in enumerate(sections)
        )
        return "".join(columns)
    drawn, y = "", 0.0
    for section in sections:
        drawn += legend.column(section, 0, y, locale)
        y += section.height + legend.GAP
    smaller = min(1, box.height / max(1, y - legend.GAP))
    moved = f"translate({number(box.right + BESIDE)} {number(box.top)})"
    return element("g", drawn, transform=moved if smaller == 1 else f"{moved} scale({number(smaller)})")


def footing(scene: Scene, paper: Paper, locale: str, left_out: str) -> str:
    """The day and the numbers, and what the map doesn't show."""
    y, end = paper.down - 17, paper.across - MARGIN
    rule = element("path", d=f"M{number(MARGIN)} {number(y - 11)}H{number(end)}", stroke=RULE, stroke_width=0.6)
    told = lines_of([counted(scene, locale)], MARGIN, y, SMALL, fill=QUIET)
    return rule + told + (lines_of([left_out], end, y, SMALL, "end", fill=QUIET) if left_out else "")


def ground(paper: Paper) -> str:
    """The paper's colour, and the tent's striped edge along the top."""
    width, count = paper.across, round(paper.across / STRIPE / 2) * 2 + 1
    stripe = width / count
    rounded = f"a{number(stripe / 2)} 4.5 0 0 0 {number(stripe)} 0v-7z"
    scallops = [f"M{number(at * stripe)} 0v7{rounded}" for at in range(count)]
    whole = element("rect", width=width, height=paper.down, fill=CANVAS)
    light = element("path", d="".join(scallops[1::2]), fill=SHEET, stroke=RULE, stroke_width=0.5)
    return whole + light + element("path", d="".join(scallops[::2]), fill=TENT)
