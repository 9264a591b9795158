"""What is drawn is lost neither to a reload, nor to a colleague, nor to a broken line; and it isn't published."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Route, expect
from sqlalchemy import delete

from network.extensions import db
from network.maps.models import SavedMap
from tests.journeys.browser import Person
from tests.journeys.drawing import Table
from tests.journeys.founded import let_in
from tests.journeys.hands import Mouse
from tests.journeys.quay import CLUB, COORDINATOR, LAB, NET, WISH

OTHER = "mateus@lantern-and-loom.example"  # of the staff, too
INES = "ines@lantern-and-loom.example"  # coordinates the core network
STEP = "Ring the harbour office"


def write_down(one: Table, words: str, for_everyone: bool = False) -> None:
    """Write a text on the map."""
    mouse = Mouse(one)
    mouse.note()
    one.card.locator("[name=text]").fill(words)
    one.card.get_by_label("Only for staff").set_checked(not for_everyone)
    one.card.get_by_role("button", name="Save").click()
    expect(one.card).to_have_count(0)


def wish(one: Table) -> None:
    """Add a desired partner."""
    mouse = Mouse(one)
    mouse.add(LAB)
    one.card.locator("[name=name]").fill(WISH)
    one.card.get_by_role("button", name="Add", exact=True).click()
    one.card.get_by_role("button", name=f"No, add {WISH}").click()
    expect(one.card).to_have_count(0)
    expect(one.panel).to_contain_text(WISH)  # which makes room for itself


def link(one: Table, start: str, end: str) -> None:
    Mouse(one).link(start, end)
    one.choice("Works with").click()


def on_sending(one: Table, does: Callable[[Route], Any]) -> Callable[[], None]:
    """Have something done with steps on their way to the server; gives what ends that."""
    address = "**/steps*"
    one.page.route(address, lambda route: does(route) if route.request.method == "POST" else route.fallback())
    return lambda: one.page.unroute(address)


def test_a_coordinator_begins_the_map_of_the_network(person: Callable[..., Person], served_app):
    coordinator = person()
    let_in(served_app, coordinator, INES, strong=True)
    page = coordinator.open("/maps/draw")
    coordinator.check_nothing_is_out_of_reach()
    page.get_by_role("button", name="Begin the map").click()
    page.wait_for_url("**/maps/lantern-and-loom/draw")
    one = Table(coordinator, "lantern-and-loom")
    one.ready()
    assert "Lantern and Loom" in one.agreed()["nodes"], "the network itself, whose members the coordinator proposes"
    coordinator.open("/maps/draw").wait_for_url("**/maps/lantern-and-loom/draw")
    with served_app.app_context():
        db.session.execute(delete(SavedMap).where(SavedMap.slug == "lantern-and-loom"))
        db.session.commit()


def test_a_coordinator_keeps_a_map_under_a_name_of_its_own(table: Callable[..., Table]):
    one = table(COORDINATOR)
    page = one.person.open("/maps/?category=partner")
    page.get_by_role("link", name="Save this map").click()
    page.get_by_label("Name").fill("Partners of the quay")
    page.get_by_label("Who may look at it").select_option("network")
    page.locator("main form").get_by_role("button", name="Save").click()
    page.wait_for_url("**/maps/partners-of-the-quay")
    page.get_by_role("link", name="Draw", exact=True).click()
    one.ready()
    assert {facts[0] for facts in one.agreed()["nodes"].values()} == {"partner"}
    page.get_by_role("link", name="Name and audience").click()
    page.get_by_role("link", name="Remove this map").click()
    page.locator("main form").get_by_role("button").click()
    page.wait_for_url("**/maps/")


def test_what_was_drawn_is_undone_after_a_reload_too(table: Callable[..., Table]):
    one = table().open()
    before = one.check()
    wish(one)
    link(one, LAB, WISH)
    after = one.check()
    one.page.reload()
    one.ready()
    assert one.drawn == after
    undo = one.page.locator(".tools").get_by_role("button", name="Undo")
    for _ in range(2):
        undo.click()
        one.saved()
    assert one.check() == before
    one.page.reload()
    one.ready()
    one.page.locator(".tools").get_by_role("button", name="Redo").click()
    one.saved()
    one.page.locator(".tools").get_by_role("button", name="Redo").click()
    assert one.check() == after


def test_two_who_draw_at_once_see_one_map_and_lose_nothing(table: Callable[..., Table]):
    one, other = table().open(), table(OTHER).open()
    wish(one)
    write_down(other, "Of the other")
    link(other, LAB, CLUB)
    Mouse(one).drag(one.point(NET)[:2], one.free())
    write_down(one, "Of the one")
    one.saved()
    other.saved()
    assert one.ask("notes", 2)
    assert other.ask("notes", 2)
    found = one.check()
    assert found == other.check()
    assert WISH in found["nodes"]
    assert f"{LAB} · works_with · {CLUB} · 1" in found["ties"]
    other.page.locator(".tools").get_by_role("button", name="Undo").click()
    other.saved()
    assert WISH in other.drawn["nodes"], "one takes back what one drew oneself"
    assert f"{LAB} · works_with · {CLUB} · 1" not in other.drawn["ties"]


def test_nothing_is_lost_without_a_connection(table: Callable[..., Table]):
    one = table(own=True).open()
    one.person.context.set_offline(True)
    write_down(one, "Without a line")
    expect(one.page.locator(".map-state")).to_have_text("Not connected: kept here until it is")
    link(one, LAB, CLUB)
    Mouse(one).drag(one.point(NET)[:2], one.free())
    place = one.drawn["nodes"][NET]
    one.person.context.set_offline(False)
    found = one.check()
    assert found["nodes"][NET] == place
    assert f"{LAB} · works_with · {CLUB} · 1" in found["ties"]
    assert [text.split(" · ")[0] for text in found["notes"]] == ["Without a line"]

    one.person.context.set_offline(True)
    write_down(one, "And then the lid was shut")
    one.page.close()
    one.person.context.set_offline(False)
    one.person.page = one.person.context.new_page()
    one.open()
    assert [text.split(" · ")[0] for text in one.check()["notes"]] == ["And then the lid was shut", "Without a line"]


def test_what_the_server_heard_and_could_not_answer_is_drawn_once(table: Callable[..., Table]):
    one = table(own=True).open()
    held: list[Route] = []
    let_through = on_sending(one, lambda route: (route.fetch(), route.abort()))
    write_down(one, "Heard and not answered")
    expect(one.page.locator(".map-state")).to_have_text("Not connected: kept here until it is")
    let_through()
    let_through = on_sending(one, held.append)
    one.open()
    expect(one.page.locator(".map-state")).to_have_text("Saving…")
    held[0].continue_()
    let_through()
    assert [text.split(" · ")[0] for text in one.check()["notes"]] == ["Heard and not answered"]


def test_everyone_sees_a_public_map_without_what_is_only_desired(table: Callable[..., Table], person):
    one = table().open()
    wish(one)
    one.form("standing").get_by_label("Next step").fill(STEP)
    one.form("standing").get_by_role("button", name="Save").click()
    link(one, LAB, WISH)
    write_down(one, "Ask in spring")
    write_down(one, "The harbour", for_everyone=True)
    one.saved()
    one.page.get_by_role("link", name="Name and audience").click()
    one.page.get_by_label("Who may look at it").select_option("public")
    one.person.check_nothing_is_out_of_reach()
    one.page.locator("main form").get_by_role("button", name="Save").click()
    one.page.wait_for_url(f"**/maps/{one.slug}")

    visitor = Table(person(), one.slug)
    page = visitor.person.open(f"/maps/{one.slug}")
    visitor.ready()
    drawn = visitor.drawn
    assert sorted(drawn["nodes"]) == [LAB, CLUB, NET]
    assert [text.split(" · ")[0] for text in drawn["notes"]] == ["The harbour"]
    expect(page.locator("#nodes tbody tr")).to_have_count(3)
    page.locator("#nodes").get_by_role("link", name=LAB, exact=True).click()
    expect(visitor.panel).to_contain_text(NET)
    told = page.content() + page.request.get(f"{visitor.person.address}/maps/{one.slug}.svg").text()
    assert [words for words in (WISH, "Ask in spring", STEP) if words in told] == []


def test_what_is_selected_stays_so_in_every_view(table: Callable[..., Table]):
    one = table().open()
    Mouse(one).press(CLUB)
    for view in ("Geography", "Table", "Graph"):
        one.page.locator(".views").get_by_role("link", name=view, exact=True).click()
        expect(one.page.locator(".views [aria-current=page]")).to_have_text(view)
        assert one.ask("selected") == [CLUB]
        expect(one.row(CLUB)).to_have_attribute("aria-current", "true")
        expect(one.panel).to_contain_text(CLUB)
    one.page.locator("#order-country").click()
    expect(one.page.locator("th[aria-sort=ascending]")).to_contain_text("Country")
    expect(one.row(CLUB)).to_have_attribute("aria-current", "true")
    one.page.reload()
    one.ready()
    assert one.ask("selected") == [CLUB]


def test_what_is_typed_outlives_what_else_is_saved(table: Callable[..., Table]):
    one = table().open()
    Mouse(one).press(LAB)
    one.form("facts").get_by_label("Town").fill("Suva")
    one.form("standing").get_by_label("Next step").fill(STEP)
    one.form("standing").get_by_role("button", name="Save").click()
    expect(one.form("standing")).not_to_have_attribute("data-sent", "")
    one.saved()
    expect(one.form("facts").get_by_label("Town")).to_have_value("Suva")
    expect(one.form("standing").get_by_role("button", name="Save")).to_be_focused()
    Mouse(one).press(LAB)
    one.form("facts").get_by_label("Town").fill("Nadi")
    one.form("facts").get_by_role("button", name="Save").click()
    expect(one.panel).to_contain_text("Nadi")
