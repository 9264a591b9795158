"""The map on paper."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from network.maps.drawing import PAPERS
from network.maps.scene import COLOURS, SIZES, Group, Note
from network.maps.svg import VIEWS, drawn
from tests.maps.scenes import AWKWARD, awkward, node, scene, scenes, tie

SVG = "{http://www.w3.org/2000/svg}"
ON_EARTH = {"latitude": 53.8, "longitude": -1.5}


def read(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def words(svg: str) -> list[str]:
    return [element.text or "" for element in read(svg).iter(f"{SVG}text")]


def titles(svg: str) -> list[str]:
    return [element.text or "" for element in read(svg).iter(f"{SVG}title")][1:]


def test_a_drawing_says_what_it_is_to_who_cannot_see_it():
    root = read(drawn(scene(title="Our network", description="All of it")))
    assert root.get("role") == "img"
    assert [root[0].text, root.get("aria-labelledby")] == ["Our network", "map-title map-description"]
    assert root[1].text.splitlines() == [
        "All of it",
        "November 21, 2026 · 6 organisations · 5 ties",
        "Most ties: Organization 1 (5); Organization 2 (1); Organization 3 (1); Organization 4 (1); Organization 5 (1)",
    ]


@pytest.mark.parametrize("view", VIEWS)
def test_every_organization_is_a_mark_with_its_name(view):
    shown = scene([node(id, **ON_EARTH) for id in range(1, 8)])
    assert sorted(titles(drawn(shown, view))) == [f"Organization {id}: Club, Current" for id in range(1, 8)]


@pytest.mark.parametrize("view", VIEWS)
def test_no_text_breaks_out_of_the_drawing(view):
    svg = drawn(awkward(), view)
    root = read(svg)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        *("svg", "title", "desc", "g", "path", "rect", "circle", "text", "clipPath")
    }
    assert not re.search(r"href|url\((?!#)|<script|<style|\sstyle=|\son\w+=|<!|&#", svg)
    if view == "graph":
        named = "\n".join(titles(svg))
        assert AWKWARD[1] in named
        assert "نادي السلّم" in named


@given(scenes())
@settings(max_examples=40, deadline=None)
def test_any_scene_can_be_drawn_and_is_drawn_the_same_twice(shown):
    for view in VIEWS:
        svg = drawn(shown, view)
        read(svg)
        assert "nan" not in re.sub(r">[^<]*<", "><", svg)
        assert drawn(shown, view) == svg


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("size", SIZES)
def test_the_key_counts_everyone(colour, size):
    nodes = [node(id, country="GB" if id % 2 else "FR", offers=id, seeks=3, confirmed_on=None) for id in range(1, 15)]
    svg = drawn(scene(nodes, colour=colour, size=size))
    assert "14" in words(svg)


def test_a_country_beyond_the_first_ten_is_elsewhere():
    codes = "GB FR DE ES PT IT NL BE AT CH PL SE".split()
    nodes = [node(id, country=code) for id, code in enumerate(codes, 1)]
    told = words(drawn(scene(nodes, colour="country")))
    assert "Elsewhere" in told
    assert told[told.index("Elsewhere") + 1] == "2"


def test_standing_shows_without_colour():
    shown = scene(
        [node(1), node(2, standing="desired"), node(3, standing="paused"), node(4, standing="in_conversation")]
    )
    svg = drawn(shown)
    marks = {
        title.split(":")[0]: mark
        for title, mark in zip(titles(svg), re.findall(r"<g[^>]*><title>.*?</g>", svg), strict=False)
    }
    assert "stroke-dasharray" in marks["Organization 2"]
    assert "stroke-dasharray" in marks["Organization 4"]
    assert "stroke-dasharray" not in marks["Organization 1"] + marks["Organization 3"]


def test_a_type_of_link_is_a_style_of_line_and_directed_ones_have_arrows():
    types = ("member_of", "hosted_by", "works_with", "funds", "fiscal_sponsor_of")
    looks = set()
    for type in types:
        svg = drawn(scene([node(1), node(2)], [tie(1, 1, 2, type)]))
        line = re.search(r'<path d="M[^"]*" fill="none"([^>]*)/>', svg)
        looks.add(line[1])
    assert len(looks) == len(types)


@pytest.mark.parametrize("view", VIEWS)
def test_names_touch_neither_each_other_nor_a_mark(view, monkeypatch):
    from network.maps import svg as module

    placed = []
    monkeypatch.setattr(
        module, "place", lambda name, room, place=module.place: placed.append(place(name, room)) or placed[-1]
    )
    nodes = [
        node(id, name=f"The long name of organization {id}", latitude=50 + id % 7, longitude=id / 9)
        for id in range(1, 90)
    ]
    drawn(scene(nodes, positions={id: (id % 10 * 2.0, id // 10 * 1.6) for id in range(1, 90)}), view)
    boxes = [one.box for one in placed if one]
    assert len(boxes) > 15
    assert not any(one.meets(other) for at, one in enumerate(boxes) for other in boxes[:at])


def test_the_most_important_are_named_first():
    nodes = [node(1, name="The network", category="core_network"), *(node(id) for id in range(2, 600))]
    svg = drawn(scene(nodes, positions={id: (id % 25 * 0.8, id // 25 * 0.8) for id in range(1, 600)}))
    assert "The network" in words(svg)
    assert any("had no room" in word for word in words(svg))


def test_text_from_right_to_left_begins_at_the_right():
    root = read(drawn(scene(title="שלום לכולם")))
    title = next(element for element in root.iter(f"{SVG}text") if element.text == "שלום לכולם")
    assert (title.get("direction"), title.get("text-anchor")) == ("rtl", None)
    assert float(title.get("x")) > PAPERS["a4"].across / 2


@pytest.mark.parametrize(("paper", "size"), [("a4", ("297mm", "210mm")), ("a3", ("420mm", "297mm"))])
def test_a_sheet_has_its_size_in_print(paper, size):
    root = read(drawn(scene(), paper=paper))
    assert (root.get("width"), root.get("height")) == size


def test_who_has_no_place_is_counted_on_the_earth():
    svg = drawn(scene([node(1, **ON_EARTH), node(2), node(3)]), "geography")
    assert "2 have no place on it" in words(svg)


def test_a_group_is_outlined_and_named_unless_a_mark_bears_its_name():
    shown = scene(groups=(Group("a", "North", (1, 2, 3)), Group("b", "Organization 5", (4, 5))))
    svg = drawn(shown)
    assert words(svg).count("North") == 1
    assert words(svg).count("Organization 5") == 1
    assert "North" in titles(svg)


def test_notes_and_regions_stand_on_the_graph():
    notes = (Note(1, "Summer school", (0, 0), (5, 4)), Note(2, "Whom do we know?", (8, 1)))
    told = words(drawn(scene(notes=notes)))
    assert {"Summer school", "Whom do we know?"} <= set(told)


def test_a_large_network_is_drawn_in_seconds():
    nodes = [node(id, latitude=id % 120 - 60.0, longitude=id % 340 - 170.0) for id in range(1, 3001)]
    shown = scene(nodes, positions={id: (id % 60 * 1.5, id // 60 * 1.5) for id in range(1, 3001)})
    for view in VIEWS:
        assert drawn(shown, view).count("<title>") == 3000 + 0
