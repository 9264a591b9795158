"""Scenes to draw and to write: small functions with defaults, and names that formats stumble over."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from network.directory.categories import CATEGORIES
from network.directory.vocabulary import LINK_TYPES, STANDINGS
from network.maps.scene import COLOURS, SIZES, Group, Node, Note, Scene, Tie

DAY = date(2026, 11, 21)
AWKWARD = (
    '<script>alert("1")</script>',
    'Smith & Sons\' "Lab" <3',
    '=HYPERLINK("https://example.org")',
    "+1 for @all",
    "-minus; semicolon, comma",
    "نادي السلّم",
    "מועדון קוד",
    "👩🏽‍💻 Code 🎪",
    "한글 배움터",
    "a\u0000b\u0007c \ufffe]]>",
    "  spaces\tand\nlines  ",
    "\\backslash\\",
)


def node(id: int, **fields: Any) -> Node:
    return Node(
        **{"id": id, "slug": f"o-{id}", "name": f"Organization {id}", "category": "club", "standing": "current"}
        | fields
    )


def tie(id: int, source: int, target: int, type: str = "works_with", **fields: Any) -> Tie:
    return Tie(id, source, target, type, **fields)


def scene(nodes: Any = 6, ties: Any = None, **fields: Any) -> Scene:
    """Some organisations, each tied to the first, on a line."""
    made = tuple(node(id) for id in range(1, nodes + 1)) if isinstance(nodes, int) else tuple(nodes)
    tied = tuple(tie(one.id, one.id, made[0].id) for one in made[1:]) if ties is None else tuple(ties)
    known = {
        "positions": {one.id: (3.0 * at, 2.0 * (at % 3)) for at, one in enumerate(made)},
        "drawn_on": DAY,
        "total": len(made),
    }
    return Scene(made, tied, **known | fields)


def awkward(**fields: Any) -> Scene:
    """A scene of every name that a format may stumble over, in every place that holds text."""
    nodes = [node(id, name=name, town=name) for id, name in enumerate(AWKWARD, 1)]
    groups = (Group("g", AWKWARD[0], (1, 2, 3)), Group("h", AWKWARD[5], (4, 5), drawn=True))
    notes = (Note(1, AWKWARD[1], (0, 0), (4, 3)), Note(2, AWKWARD[6], (5, 5)))
    return scene(nodes, **{"groups": groups, "notes": notes, "title": AWKWARD[0], "description": AWKWARD[1]} | fields)


texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
numbers = st.floats(-50, 50, allow_nan=False).map(lambda value: round(value, 3))
days = st.none() | st.dates(date(1990, 1, 1), date(2030, 1, 1))


@st.composite
def scenes(draw: Any) -> Scene:
    """Any scene."""
    ids = draw(st.lists(st.integers(1, 99), unique=True, max_size=9).map(sorted))
    nodes = [
        Node(
            id=id,
            slug=f"o-{id}",
            name=draw(texts),
            category=draw(st.sampled_from([*CATEGORIES])),
            standing=draw(st.sampled_from(STANDINGS.keys)),
            country=draw(st.sampled_from(["", "GB", "FJ", "NZ"])),
            town=draw(texts),
            latitude=(place := draw(st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180)))) and place[0],
            longitude=place and place[1],
            precision="town",
            confirmed_on=draw(days),
            offers=draw(st.integers(0, 9)),
            seeks=draw(st.integers(0, 9)),
        )
        for id in ids
    ]
    ends = st.sampled_from(ids) if len(ids) > 1 else st.nothing()
    pairs = st.tuples(ends, ends, st.sampled_from(LINK_TYPES.keys)).filter(lambda tie: tie[0] != tie[1])
    ties = [
        Tie(number, *pair, started_on=draw(days), ended_on=draw(days), proposed=draw(st.booleans()))
        for number, pair in enumerate(draw(st.lists(pairs, unique=True, max_size=8)) if len(ids) > 1 else [], 1)
    ]
    members = draw(st.lists(st.sampled_from(ids), unique=True)) if ids else []
    return Scene(
        tuple(nodes),
        tuple(ties),
        positions={id: (draw(numbers), draw(numbers)) for id in ids},
        groups=(Group("g", draw(texts), tuple(members), draw(st.booleans())),),
        notes=(Note(1, draw(texts), (draw(numbers), 0.0), draw(st.none() | st.just((2.0, 1.5))), draw(st.booleans())),),
        pinned=frozenset(ids[:1]),
        title=draw(texts),
        description=draw(texts),
        drawn_on=draw(days),
        colour=draw(st.sampled_from(COLOURS)),
        size=draw(st.sampled_from(SIZES)),
        total=len(ids) + draw(st.integers(0, 5)),
    )
