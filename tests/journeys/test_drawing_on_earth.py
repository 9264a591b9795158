"""On the drawing table the earth is drawn on, too: who is added there is in the town that is near."""

from collections.abc import Callable

from flask import Flask
from playwright.sync_api import expect

from network.directory.models import Organization
from network.extensions import db
from tests.journeys.drawing import Table
from tests.journeys.hands import Mouse
from tests.journeys.quay import CLUB, LAB, NET, WISH

WORD = "Pins, texts, regions and lining up belong to the graph."


def test_a_partner_is_added_and_tied_where_it_is(table: Callable[..., Table], served_app: Flask):
    with served_app.app_context():
        for name, latitude, longitude in ((LAB, 51.5, -0.1), (NET, 53.4, -2.2), (CLUB, 53.8, -1.5)):
            there = db.session.query(Organization).filter_by(name=name).one()
            there.latitude, there.longitude, there.precision = latitude, longitude, "town"
        db.session.commit()
    one = table().open()
    mouse, before = Mouse(one), one.check()
    one.page.locator(".views").get_by_role("link", name="Geography", exact=True).click()
    expect(one.page.get_by_text(WORD)).to_be_visible()
    expect(one.tool("note")).to_have_attribute("aria-disabled", "true")
    one.person.check_nothing_is_out_of_reach()

    one.tool("add").click()
    x, y, _radius = one.point(CLUB)
    one.page.mouse.click(x + 12, y)
    one.card.locator("[name=name]").fill(WISH)
    one.card.get_by_role("button", name="Add", exact=True).click()
    one.card.get_by_role("button", name=f"No, add {WISH}").click()
    expect(one.panel).to_contain_text("United Kingdom")
    assert one.check()["nodes"][WISH][2] == "GB"
    expect(one.doing("Pin")).to_have_count(0)
    expect(one.doing("Unpin")).to_have_attribute("aria-disabled", "true")
    wished = one.point(WISH)
    assert abs(wished[0] - x) + abs(wished[1] - y) < 120, "near where one clicked"

    mouse.link(WISH, CLUB)
    one.choice("Works with").click()
    assert f"{WISH} · works_with · {CLUB} · 1" in one.check()["ties"]
    with one.page.expect_response("**/maps/organizations/*"):
        mouse.press(WISH)
    one.form("standing").get_by_label("Standing").select_option("in_conversation")
    one.form("standing").get_by_role("button", name="Save").click()
    expect(one.panel.locator(".what")).to_contain_text("In conversation")
    one.page.reload()
    one.ready()
    assert one.check()["nodes"][WISH][1] == "in_conversation"
    for _ in range(3):
        one.page.locator(".tools").get_by_role("button", name="Undo").click()
        one.saved()
    assert one.check() == before
