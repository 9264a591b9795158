"""What the marks of a map are coloured by, and the key that says so: the light theme, which is also the paper's."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from network.directory.categories import CATEGORIES
from network.directory.freshness import AGEING_DAYS, STALE_DAYS
from network.directory.vocabulary import STANDINGS
from network.maps.scene import Node, Scene, degrees
from network.places.countries import country_name
from network.text import gettext as _

INK, QUIET, CANVAS, SHEET, RULE, EDGE, TENT = "#1f2430", "#585d6d", "#faf6ee", "#fff", "#e2dac9", "#8d8674", "#b3321f"
SEA, LAND, COAST = "#eef1ee", "#f7f0e1", "#d9ceb6"
TOKENS = {"member": "#2f66a3", "partner": "#176b53", "club": "#b3321f", "affiliate": "#6f4e9c", "core": "#855800"}
"""The colours of the style sheet that categories name."""

OF_STANDING = {
    "desired": "#b3561f",
    "in_conversation": "#6f4e9c",
    "current": "#176b53",
    "paused": "#2f66a3",
    "ended": "#6f6a5f",
}
OF_FRESHNESS = {"fresh": "#176b53", "ageing": "#7c8a2c", "stale": "#c07a1e", "never": "#8d8674"}
OF_COUNTRIES = (
    *("#2f66a3", "#b3321f", "#176b53", "#b8860b", "#6f4e9c"),
    *("#1f8a99", "#c2577e", "#6b7a1f", "#8a5a3c", "#3b4a6b"),
)
OTHER = "#9c968a"
RAMP = ("#b9cfe4", "#86abd0", "#5585b8", "#2f609a", "#173a68")
DIVERGING = ("#b3561f", "#dd9a63", "#c4bba8", "#6fa0cb", "#2f66a3")  # seeks only ... offers only
HULLS = ("#855800", "#6f4e9c", "#1f8a99", "#c2577e", "#6b7a1f", "#2f66a3", "#b3561f", "#176b53")


@dataclass(frozen=True)
class Key:
    """One entry of the key of colours: what it stands for, its colour, and how many organisations have it."""

    label: str
    colour: str
    count: int


@dataclass(frozen=True)
class Colouring:
    """The colour of every organisation by its id, with the key in reading order."""

    of: dict[int, str]
    title: str
    key: tuple[Key, ...]


def coloured(scene: Scene, locale: str = "en") -> Colouring:
    """How a scene is coloured, by what its `colour` names; countries are called as the locale has it."""
    if scene.colour == "country":
        return by_country(scene, locale)
    return BY.get(scene.colour, by_category)(scene)


def keyed(title: str, chosen: dict[int, str], order: Sequence[tuple[str, str, str]]) -> Colouring:
    """Colours by what was chosen for each organisation; `order` lists (choice, label, colour)."""
    counts = Counter(chosen.values())
    colours = {choice: colour for choice, _label, colour in order}
    key = tuple(Key(label, colour, counts[choice]) for choice, label, colour in order if counts[choice])
    return Colouring({id: colours[choice] for id, choice in chosen.items()}, title, key)


def category_colour(category: str) -> str:
    known = CATEGORIES.get(category)
    return TOKENS.get(known.colour, OTHER) if known else OTHER


def by_category(scene: Scene) -> Colouring:
    order = [(key, str(one.plural), category_colour(key)) for key, one in CATEGORIES.items()]
    others = sorted({node.category for node in scene.nodes} - CATEGORIES.keys())
    order += [(key, key, OTHER) for key in others]
    return keyed(_("Categories"), {node.id: node.category for node in scene.nodes}, order)


def by_standing(scene: Scene) -> Colouring:
    order = [(term.key, str(term.label), OF_STANDING[term.key]) for term in STANDINGS]
    others = sorted({node.standing for node in scene.nodes} - set(STANDINGS.keys))
    order += [(key, key, OTHER) for key in others]
    return keyed(_("Standing"), {node.id: node.standing for node in scene.nodes}, order)


def state_of(node: Node, day: date | None) -> str:
    """How fresh an organisation's profile was on the day that the map shows."""
    if node.confirmed_on is None:
        return "never"
    days = (day - node.confirmed_on).days if day else 0
    return "stale" if days > STALE_DAYS else "ageing" if days > AGEING_DAYS else "fresh"


def by_freshness(scene: Scene) -> Colouring:
    labels = {
        "fresh": _("Lately"),
        "ageing": _("Months ago"),
        "stale": _("Over a year ago"),
        "never": _("Never"),
    }
    order = [(state, label, OF_FRESHNESS[state]) for state, label in labels.items()]
    return keyed(_("Last confirmed"), {n.id: state_of(n, scene.drawn_on) for n in scene.nodes}, order)


def by_country(scene: Scene, locale: str) -> Colouring:
    """The countries with most organisations have a colour each, the others share one."""
    counts = Counter(node.country for node in scene.nodes if node.country)
    first = sorted(counts, key=lambda code: (-counts[code], code))[: len(OF_COUNTRIES)]
    order = [(code, country_name(code, locale), colour) for code, colour in zip(first, OF_COUNTRIES, strict=False)]
    order.append(("", _("Elsewhere"), OTHER))
    chosen = {node.id: node.country if node.country in first else "" for node in scene.nodes}
    return keyed(_("Countries"), chosen, order)


def by_ties(scene: Scene) -> Colouring:
    """Five steps, each from twice as many ties as the one before."""
    labels = (_("No tie"), "1", "2\N{EN DASH}3", "4\N{EN DASH}7", _("8 or more"))
    order = [(str(step), label, RAMP[step]) for step, label in enumerate(labels)]
    tied = degrees(scene.nodes, scene.ties)
    return keyed(_("Ties"), {id: str(min(4, count.bit_length())) for id, count in tied.items()}, order)


def by_balance(scene: Scene) -> Colouring:
    labels = (_("Seeks only"), _("Seeks more"), _("As much of both"), _("Offers more"), _("Offers only"))
    order = [(str(step), label, DIVERGING[step]) for step, label in enumerate(labels)]
    chosen = {node.id: str(balance(node)) for node in scene.nodes}
    return keyed(_("Offers against seeks"), chosen, order)


def balance(node: Node) -> int:
    """From 0, who only seeks, to 4, who only offers; who does neither stands in the middle."""
    if node.offers and not node.seeks:
        return 4
    if node.seeks and not node.offers:
        return 0
    return 2 + (node.offers > node.seeks) - (node.offers < node.seeks)


BY = {
    "category": by_category,
    "standing": by_standing,
    "freshness": by_freshness,
    "ties": by_ties,
    "balance": by_balance,
}
