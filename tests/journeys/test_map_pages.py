"""The pages of maps leave nobody out, and all of it can be drawn with forms where no script runs."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import VISITORS
from tests.journeys.drawing import Table
from tests.journeys.hands import Mouse
from tests.journeys.quay import CLUB, LAB, NET, WISH

TOP = "element => element.getBoundingClientRect().top"
READERS = {
    "light": {},
    "phone": VISITORS["phone"],
    "right-to-left": VISITORS["right-to-left"],
}


REFUSED = """async () => {
  const { maps } = await import("/static/maps/main.js");
  const { exchange, stage } = maps.get(document.querySelector("#map"));
  const like = [{ id: 1, name: "Harbour Lab" }];
  exchange.refuse({ kind: "add", name: "Anchor Lab", key: "one" }, { why: "It is there.", like });
}"""


@pytest.mark.parametrize("reader", READERS)
def test_the_pages_of_maps_leave_nobody_out(table: Callable[..., Table], reader: str):
    one = table(**READERS[reader])

    def check() -> None:
        one.person.check_nothing_is_out_of_reach()
        if reader == "light":
            one.person.check_in_other_colours()

    for path in ("/maps/", f"/maps/{one.slug}", f"/maps/{one.slug}?view=geography"):
        one.person.open(path)
        one.ready()
        check()
    for path in ("/maps/growth", "/maps/new", f"/maps/{one.slug}/edit", f"/maps/{one.slug}/remove"):
        one.person.open(path)
        check()
    one.open()
    Mouse(one).press(LAB)
    expect(one.form("facts")).to_be_visible()
    check()
    one.page.evaluate(REFUSED)
    one.page.locator(".selection-bar button:visible").last.click()  # hides it
    one.page.locator(".tools > button").click()
    one.page.locator("a[data-map-view=geography]").click()
    expect(one.page.locator(".tools .hint")).to_be_visible()
    expect(one.page.locator(".refusals")).to_contain_text(LAB)
    check()


def test_what_is_below_the_picture_stays_where_it_is_when_that_comes(table: Callable[..., Table]):
    one = table(own=True)
    page, waiting = one.person.page, []
    page.route("**/maps/scene.json*", lambda route: waiting.append(route))
    one.person.open("/maps/")
    legend = page.locator("form.legend")
    before = legend.evaluate(TOP)
    page.wait_for_timeout(200)
    for route in waiting:
        route.continue_()
    one.ready()
    assert legend.evaluate(TOP) == before


@pytest.mark.parametrize("width", [320, 375])
def test_the_pages_of_maps_say_all_without_script(table: Callable[..., Table], width: int):
    one = table(width=width, java_script_enabled=False)
    for path in ("/maps/", f"/maps/{one.slug}", f"/maps/{one.slug}/draw", "/maps/growth", "/maps/new"):
        expect(one.person.open(path).locator("h1")).to_be_visible()
        one.person.check_width()


def form(page: Page, heading: str):
    return page.locator("#drawing form", has=page.get_by_role("heading", name=heading, exact=True))


def test_the_map_is_drawn_with_forms_alone(table: Callable[..., Table]):
    one = table(java_script_enabled=False)
    page = one.person.open(f"/maps/{one.slug}/draw")

    page.locator("#drawing > summary").click()
    adding = form(page, "Add a desired partner")
    adding.get_by_label("Name").fill(WISH)
    adding.get_by_role("button").click()
    expect(page.get_by_role("alert")).to_contain_text(LAB)
    expect(adding.get_by_label("Name")).to_have_value(WISH)
    adding.get_by_label("It is none of these").check()
    adding.get_by_role("button").click()
    expect(one.row(WISH)).to_contain_text("Desired")

    tie = form(page, "Draw a tie")
    tie.get_by_label("From").select_option(label=WISH)
    tie.get_by_label("How are the two tied?").select_option("funds")
    tie.get_by_label("To", exact=True).select_option(label=CLUB)
    tie.get_by_role("button").click()
    one.row(WISH).locator("summary").click()
    expect(one.row(WISH).locator("td.tied li")).to_contain_text(f"{CLUB}, proposed")

    page.get_by_role("link", name=WISH, exact=True).click()
    page.get_by_label("Town").fill("Suva")
    page.get_by_label("Country").select_option("FJ")
    page.locator("form[data-map-step=facts]").get_by_role("button").click()
    expect(one.row(WISH)).to_contain_text("Suva, Fiji")

    standing = form(page, "Change where the relationship is")
    standing.get_by_label("Organisation").select_option(label=WISH)
    standing.get_by_label("Standing").select_option("current")
    standing.get_by_role("button").click()
    expect(page.get_by_role("alert")).to_contain_text("Everyone will see")
    expect(one.row(WISH)).to_contain_text("Desired")
    standing.get_by_label("Yes, make it public").check()
    standing.get_by_role("button").click()
    expect(one.row(WISH)).to_contain_text("Current")

    group = form(page, "Group…")
    group.get_by_label("Name of the group").fill("Those of the water")
    group.get_by_label("Organisation").select_option(label=[LAB, WISH])
    group.get_by_role("button").click()
    for name in (LAB, WISH):
        expect(one.row(name)).to_contain_text("Those of the water")

    for heading in ("Pin", "Hide, or show again"):
        form(page, heading).get_by_label("Organisation").select_option(label=CLUB)
        form(page, heading).get_by_role("button").click()
    form(page, "Text on the map").get_by_label("Text").fill("Ask in spring")
    form(page, "Text on the map").get_by_role("button").click()

    with_script = table().open()
    drawn = with_script.check()
    assert drawn["nodes"][WISH][:3] == ["partner", "current", "FJ"]
    assert f"{WISH} · funds · {CLUB} · 1" in drawn["ties"]
    assert drawn["groups"]["Those of the water"] == [LAB, WISH]
    assert (drawn["pinned"], drawn["hidden"]) == ([WISH, CLUB, NET], [CLUB])
    assert [text.split(" · ")[0] for text in drawn["notes"]] == ["Ask in spring"]

    for _ in range(2):
        page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Redo").click()
    with_script.page.reload()
    with_script.ready()
    again = with_script.check()
    assert (again["hidden"], again["notes"]) == ([CLUB], [])
