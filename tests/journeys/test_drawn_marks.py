"""What the marks of a drawn map say: who is hidden, whose a hull is, and what its legend lets through."""

from collections.abc import Callable

from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import update

from network.extensions import db
from network.maps.models import SavedMap
from tests.journeys.browser import Person
from tests.journeys.drawing import Table
from tests.journeys.hands import Mouse
from tests.journeys.quay import CLUB, LAB, NET

COLOUR = """async (name) => {
  const { maps } = await import("/static/maps/main.js");
  const { stage } = maps.get(document.querySelector("#map"));
  const [x, y] = stage.at(stage.scene.names.indexOf(name)).map((at) => (at + 3) * stage.ratio);
  const one = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  one.drawImage(stage.canvas, x, y, 1, 1, 0, 0, 1, 1);
  return [...one.getImageData(0, 0, 1, 1).data].join(" ");
}"""
NAMED = """async ([name, around]) => {
  const { maps } = await import("/static/maps/main.js");
  const { stage, choose } = maps.get(document.querySelector("#map"));
  choose([]);
  const [x, y] = stage.at(stage.scene.names.indexOf(name));
  stage.obstacles = [[x - around, y - around, x + around, y + around]];
  stage.redraw();
  stage.paintNow();
  return stage.labels.placed.filter((label) => label.text === name).map(({ tag }) => tag ?? "hull");
}"""


def test_who_is_hidden_and_shown_nevertheless_is_struck(table: Callable[..., Table]):
    one = table().open()
    before = one.page.evaluate(COLOUR, LAB)
    assert before == one.page.evaluate(COLOUR, CLUB)
    Mouse(one).select(LAB)
    one.doing("Hide").click()
    one.saved()
    expect(one.row(LAB)).to_be_hidden()
    one.page.locator(".tools").get_by_role("button", name="1 hidden").click()
    one.panel.locator("xpath=..").press("Escape")
    expect(one.row(LAB)).to_be_visible()
    expect(one.row(LAB).locator("th")).to_contain_text("hidden")
    expect(one.row(LAB)).to_have_class("struck")
    assert one.page.evaluate(COLOUR, LAB) != before
    assert one.page.evaluate(COLOUR, CLUB) == before


def test_a_hull_is_named_where_its_network_has_no_room_for_the_name(person: Callable[..., Person]):
    visitor = person(width=320, has_touch=True)
    page = visitor.open("/maps/?focus=lantern-and-loom&degrees=1")
    Table(visitor, "").ready()
    assert page.evaluate(NAMED, ["Lantern and Loom", 0]) != ["hull"]
    assert page.evaluate(NAMED, ["Lantern and Loom", 40]) == ["hull"]


def test_the_legend_of_a_saved_map_lets_through_what_the_map_leaves_out(
    table: Callable[..., Table], quay: str, served_app: Flask
):
    with served_app.app_context():
        kept = {"asked": SavedMap.asked + "&category=partner&standing=current"}
        db.session.execute(update(SavedMap).where(SavedMap.slug == quay).values(kept))
        db.session.commit()
    one = table().open()
    assert list(one.drawn["nodes"]) == [NET]
    clubs = one.page.locator("[data-map-legend=category] [value=club]")
    clubs.check()
    one.ready()
    expect(clubs).to_be_checked()
    assert set(one.agreed()["nodes"]) == {LAB, NET, CLUB}
    for key in ("member", "affiliate_network", "core_network"):
        one.page.locator(f"[data-map-legend=category] [value={key}]").check()
        one.ready()
    expect(one.page.locator("[data-map-legend=category] input:not(:checked)")).to_have_count(0)
    assert set(one.check()["nodes"]) == {LAB, NET, CLUB}
