"""What changes outside an open drawing table is seen on it within seconds, and what it could not do is told."""

from collections.abc import Callable
from datetime import date

from flask import Flask
from playwright.sync_api import expect

from network.directory.models import Link, Organization
from network.extensions import db
from tests.journeys.drawing import Table
from tests.journeys.hands import Mouse
from tests.journeys.quay import CLUB, COORDINATOR, LAB, NET
from tests.journeys.test_drawing_together import OTHER, link

TIED = f"{CLUB} · works_with · {LAB} · 0"


def test_what_is_changed_in_the_pipeline_is_seen_at_the_table(table: Callable[..., Table]):
    one, other = table().open(), table(OTHER)
    Mouse(one).press(LAB)
    one.form("facts").get_by_label("Town").fill("Suva")
    page = other.person.open(f"/maps/pipeline/{one.ask('id', LAB)}")
    page.get_by_label("Standing").select_option("paused")
    page.get_by_label("Next step").fill("Ring the harbour office")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/maps/pipeline*")
    expect(one.panel.locator(".what")).to_contain_text("Paused")
    expect(one.form("standing").get_by_label("Next step")).to_have_value("Ring the harbour office")
    expect(one.form("facts").get_by_label("Town")).to_have_value("Suva")
    assert one.check()["nodes"][LAB][1] == "paused"


def test_what_is_edited_elsewhere_is_seen_at_the_table(table: Callable[..., Table], served_app: Flask):
    one = table().open()
    club, lab = one.ask("id", CLUB), one.ask("id", LAB)
    with served_app.app_context():
        db.session.get_one(Organization, club).country = "FJ"
        db.session.add(Link(from_id=club, to_id=lab, type="works_with", confirmed_by="to", confirmed_on=date.today()))
        db.session.commit()
    expect(one.row(CLUB)).to_contain_text("Fiji")
    found = one.check()
    assert TIED in found["ties"]
    assert found["nodes"][CLUB][2] == "FJ"
    with served_app.app_context():
        db.session.get_one(Organization, club).standing = "ended"
        db.session.get_one(Organization, lab).name = "Anchor Laboratory"
        member = db.session.query(Link).filter_by(from_id=lab, type="member_of").one()
        member.ended_on = date.today()
        db.session.commit()
    expect(one.row(CLUB)).to_contain_text("Ended")
    found = one.check()
    assert (LAB in found["nodes"], NET in found["nodes"]) == (False, True)


def test_a_step_that_waited_and_is_refused_is_told_when_the_table_is_opened_again(
    table: Callable[..., Table], served_app: Flask
):
    one = table(own=True).open()
    one.person.context.set_offline(True)
    link(one, LAB, CLUB)
    expect(one.page.locator(".map-state")).to_have_text("Not connected: kept here until it is")
    lab, club = one.ask("id", LAB), one.ask("id", CLUB)
    with served_app.app_context():
        db.session.add(Link(from_id=lab, to_id=club, type="works_with", confirmed_by="to", confirmed_on=date.today()))
        db.session.commit()
    one.page.close()  # a browser that closes a page may send what waits after all
    one.person.context.set_offline(False)
    one.person.page = one.person.context.new_page()
    one.open()
    told = one.page.locator(".refusals")
    expect(told).to_contain_text(f"Draw a tie {LAB}, {CLUB}: The two are tied in this way already.")
    one.page.reload()
    one.ready()
    expect(told).to_contain_text(LAB)
    one.person.check_nothing_is_out_of_reach()
    told.get_by_role("button", name="Close").click()
    expect(told).to_be_hidden()
    one.page.reload()
    one.ready()
    expect(told).to_be_hidden()
    one.check()


def test_a_coordinator_puts_on_the_map_who_is_in_the_network_already(table: Callable[..., Table], founded):
    other = founded("Harbour Reading Circle")
    one = table(COORDINATOR).open()
    before = one.check()
    Mouse(one).add(LAB)
    one.card.locator("[name=name]").fill("Harbour Reading Circles")
    one.card.get_by_role("button", name="Add", exact=True).click()
    one.card.get_by_role("button", name=f"Put {other.name} on this map").click()
    expect(one.panel).to_contain_text(other.name)
    assert other.name in one.check()["pinned"]
    for _ in range(2):
        one.page.locator(".tools").get_by_role("button", name="Undo").click()
        one.saved()
    assert one.check() == before
