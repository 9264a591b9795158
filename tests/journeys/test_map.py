"""The map beside the list: asked for only when wanted, honest about where things are, whole across the date line."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from network.places.distance import kilometres
from tests.journeys.browser import Person

LIGHT = 60_000  # bytes over the wire
OF_THE_MAP = ("leaflet", "topojson", "world-atlas", "chart.js", "/chapters/points")
RINGS = """async atlas => {
  const {whole, width, copies} = await import('/static/globe.js');
  const world = await (await fetch(`/static/vendor/world-atlas/${atlas}.json`)).json();
  const polygons = topojson.feature(world, world.objects.countries).features.flatMap(({geometry}) =>
    geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates).map(whole);
  const steps = ring => ring.slice(1).map(([x, y], i) => y === -90 ? 0 : Math.abs(x - ring[i][0]));
  const shown = copies(polygons, -180, 180);
  return {
    longest: Math.max(...polygons.flat().flatMap(steps)),
    widest: Math.max(...polygons.flat().map(ring => width(ring)[1] - width(ring)[0])),
    closed: polygons.flat().every(ring => ring[0][0] === ring.at(-1)[0] && ring[0][1] === ring.at(-1)[1]),
    across: polygons.filter(([ring]) => width(ring)[0] < -180.01 || width(ring)[1] > 180.01).length,
    uncovered: polygons.length > shown.length,
  }
}"""


def drawn(page: Page) -> Locator:
    """The map of the page, once its land is there."""
    chart = page.locator("[data-map]")
    chart.scroll_into_view_if_needed()
    expect(chart.locator(".land").first).to_be_attached()
    return chart


def globe(page: Page, function: str, *given: Any) -> Any:
    """What a function of globe.js gives."""
    return page.evaluate(
        "([name, given]) => import('/static/globe.js').then(m => m[name](...given))", [function, given]
    )


def test_nothing_of_the_map_is_asked_for_before_it_comes_near_the_window(person: Callable[..., Person]):
    visitor = person(width=375, height=667, own=True)
    asked: list[Any] = []
    visitor.page.on("requestfinished", lambda request: asked.append(request))
    page = visitor.open("/chapters/?near=Leeds")
    page.wait_for_load_state("networkidle")
    early = [request.url for request in asked if any(part in request.url for part in OF_THE_MAP)]
    assert early == []
    weight = sum(
        sizes["responseBodySize"] + sizes["responseHeadersSize"] for sizes in (request.sizes() for request in asked)
    )
    assert weight <= LIGHT, {urlsplit(request.url).path: request.sizes()["responseBodySize"] for request in asked}
    drawn(page)


def test_a_pin_opens_by_keyboard_and_gives_the_keyboard_back(person: Callable[..., Person]):
    visitor = person()
    page = visitor.open("/chapters/?near=Harrogate")
    chart = drawn(page)
    chart.focus()
    visitor.tab_to("Skip the map", 1)
    pin = chart.locator(".pin").first
    pin.focus()
    page.keyboard.press("Enter")
    link = chart.locator(".map-card a")
    expect(link).to_be_focused()
    expect(chart.locator(".map-card")).to_contain_text("mi")
    page.keyboard.press("Escape")
    expect(link).to_have_count(0)
    expect(pin).to_be_focused()
    page.keyboard.press("Enter")
    address = link.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")


def test_a_link_leads_past_the_map(person: Callable[..., Person]):
    visitor = person()
    page = visitor.open("/chapters/?near=Leeds")
    chart = drawn(page)
    chart.get_by_role("link", name="Skip the map").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert not chart.evaluate("chart => chart.contains(document.activeElement)")


def test_a_cluster_opens_by_keyboard_and_keeps_it_on_the_map(person: Callable[..., Person]):
    page = person(reduced_motion="reduce").open("/chapters/")
    chart = drawn(page)
    clusters = chart.locator(".cluster")
    before = clusters.count() + chart.locator(".pin").count()
    assert before > 1
    clusters.first.focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert chart.evaluate("chart => chart.contains(document.activeElement)")


def test_what_the_list_points_at_lights_up_on_the_map(person: Callable[..., Person]):
    page = person().open("/chapters/?near=Leeds")
    chart = drawn(page)
    item = page.locator("li[data-slug]").first
    item.hover()
    expect(chart.locator(".lit")).to_have_count(1)
    item.get_by_role("link").focus()
    expect(chart.locator(".lit")).to_have_count(1)


def test_a_new_search_draws_a_new_map(person: Callable[..., Person]):
    page = person().open("/chapters/?near=Leeds")
    drawn(page)
    page.locator("#near").fill("Nairobi")
    page.get_by_role("button", name="Find").click()
    expect(page.locator("#nearest")).to_contain_text("Near Nairobi")
    chart = drawn(page)
    expect(chart.locator(".map-label.town").first).to_contain_text("Nairobi")


def test_a_map_that_cannot_be_drawn_says_so_and_the_list_stands(person: Callable[..., Person]):
    visitor = person(expected=(503,), own=True)
    visitor.page.route("**/chapters/points*", lambda route: route.fulfill(status=503, body=""))
    page = visitor.open("/chapters/?near=Leeds")
    page.locator("[data-map]").scroll_into_view_if_needed()
    expect(page.locator("[data-map]")).to_contain_text("could not be drawn")
    expect(page.locator("#nearest ~ ol li").first).to_be_visible()


def test_a_point_known_only_to_its_town_is_a_soft_circle(person: Callable[..., Person]):
    page = person().open("/chapters/?near=Leeds")
    found = page.evaluate("async () => (await (await fetch('/chapters/points')).json()).features")
    soft = next(one["properties"]["slug"] for one in found if one["properties"]["precision"] == "town")
    page.goto(page.url.split("/chapters")[0] + f"/organizations/{soft}")
    chart = drawn(page)
    expect(chart.locator(".pin.about-town")).to_have_count(1)
    expect(chart.locator("path.about")).to_be_attached()


def test_a_country_is_looked_at_as_a_whole(person: Callable[..., Person]):
    page = person().open("/chapters/?near=Brazil")
    chart = drawn(page)
    expect(chart.locator(".map-label.town").first).to_have_text("Brazil")
    expect(chart.locator(".ring, .here")).to_have_count(0)


def test_the_nearest_across_the_date_line_are_in_view_with_the_place(person: Callable[..., Person]):
    page = person().open("/chapters/?near=Apia")
    chart = drawn(page)
    nearest = page.locator("li[data-slug]").first
    nearest.hover()
    frame = chart.bounding_box()
    assert frame
    for shown in (chart.locator(".lit"), chart.locator(".here span")):
        box = shown.bounding_box()
        assert box
        assert frame["x"] < box["x"] < frame["x"] + frame["width"]
        assert frame["y"] < box["y"] < frame["y"] + frame["height"]


@pytest.mark.parametrize("atlas", ["countries-110m", "countries-50m"])
def test_no_ring_of_the_atlas_jumps_across_the_map(person: Callable[..., Person], atlas: str):
    page = person().open("/chapters/")
    drawn(page)
    rings = page.evaluate(RINGS, atlas)
    assert rings["longest"] < 90
    assert rings["widest"] <= 360.001
    assert rings["closed"]
    assert rings["across"] >= 1  # Chukotka, at least: some land does lie on both sides
    assert not rings["uncovered"]


def test_places_on_both_sides_of_the_date_line_are_near_each_other(person: Callable[..., Person]):
    page = person().open("/about")
    fiji, samoa, chatham = 178.44, -171.77, -176.55
    strip = globe(page, "strip", [fiji, samoa, chatham])
    assert strip["width"] == pytest.approx(9.79)
    assert globe(page, "turned", samoa, fiji) == pytest.approx(188.23)
    assert globe(page, "turned", fiji, samoa) == pytest.approx(-181.56)
    assert globe(page, "strip", [12.5])["width"] == 0
    assert globe(page, "strip", [])["width"] == 360
    ours = kilometres(-18.14, fiji, -13.83, samoa)
    assert globe(page, "kilometres", [fiji, -18.14], [samoa, -13.83]) == pytest.approx(ours)
    assert ours < 1200


def test_a_ring_across_the_date_line_runs_on(person: Callable[..., Person]):
    page = person().open("/about")
    box = [[179, 0], [-179, 0], [-179, 2], [179, 2], [179, 0]]
    assert globe(page, "unwrapped", box) == [[179, 0], [181, 0], [181, 2], [179, 2], [179, 0]]
    around = [[-180, -70], [-60, -75], [60, -70], [180, -70]]
    closed = globe(page, "unwrapped", around)
    assert closed[-3:] == [[180, -90], [-180, -90], [-180, -70]]
    hole = [[-179.5, 0.5], [-179.2, 0.5], [-179.5, 1], [-179.5, 0.5]]
    assert globe(page, "whole", [box, hole])[1][0] == [180.5, 0.5]
    assert len(globe(page, "copies", [[globe(page, "unwrapped", box)]], -180, 180)) == 2


def test_one_looks_first_at_what_is_near_and_not_much_farther(person: Callable[..., Person]):
    page = person().open("/about")
    assert globe(page, "reach", [1, 20, 24, 80, 5000]) == 24
    assert globe(page, "reach", [400, 900, 1300]) == 900
    assert globe(page, "reach", [7000]) == 7000
    assert globe(page, "rounds", 60, False) == [25, 50]
    assert globe(page, "rounds", 60, True) == pytest.approx([16.09, 40.23], abs=0.01)


@pytest.mark.parametrize(
    ("spoken", "miles"),
    [(["en-GB"], True), (["en", "en-US"], True), (["de-DE", "en-US"], True), (["en-AU", "en-US"], False), ([], False)],
)
def test_miles_are_for_those_whose_roads_have_them(person: Callable[..., Person], spoken: list[str], miles: bool):
    page = person().open("/about")
    assert globe(page, "inMiles", "en", spoken) is miles


def test_towns_share_the_room_there_is(person: Callable[..., Person]):
    page = person().open("/about")
    boxes = [{"x": 0, "y": 0, "width": 60}, {"x": 20, "y": 4, "width": 60}, {"x": 20, "y": 40, "width": 60}]
    kept = page.evaluate("boxes => import('/static/towns.js').then(({apart}) => apart(boxes))", boxes)
    assert [one["y"] for one in kept] == [0, 40]
