"""The finder's box suggests places: for every keyboard, finger and script, and never in the way."""

import json
import re
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Error, Locator, Page, Route, expect

from tests import pseudo
from tests.journeys.browser import Person

QUIET = 600  # milliseconds: long enough that a question would have been asked


@pytest.fixture
def page(person: Callable[..., Person]) -> Page:
    return person().open("/chapters/")


@pytest.fixture
def watched(person: Callable[..., Person]) -> Page:
    """The same page in a browser of the test's own, which may listen to it and answer in the server's place."""
    return person(own=True).open("/chapters/")


def box(page: Page) -> Locator:
    return page.locator("#near")


def options(page: Page, which: str = "") -> Locator:
    """What is suggested."""
    return page.locator(f"[role=option]{which}")


def questions(page: Page) -> list[str]:
    """What is asked of the suggestions from now on, in order."""
    asked: list[str] = []

    def note(url: str) -> None:
        if urlsplit(url).path == "/chapters/places":
            asked.append(parse_qs(urlsplit(url).query)["q"][0])

    page.on("request", lambda request: note(request.url))
    return asked


def test_one_letter_asks_nothing_and_a_word_asks_once(watched: Page):
    asked = questions(watched)
    box(watched).press_sequentially("L")
    watched.wait_for_timeout(QUIET)
    assert asked == []
    box(watched).press_sequentially("eed", delay=30)
    expect(options(watched).first).to_be_visible()
    assert asked == ["Leed"]


def test_one_chinese_letter_is_enough(page: Page):
    box(page).fill("京")
    expect(options(page).first).to_be_visible()


def test_an_unfinished_composition_asks_nothing(watched: Page):
    asked = questions(watched)
    box(watched).focus()
    keyboard = watched.context.new_cdp_session(watched)
    keyboard.send("Input.imeSetComposition", {"text": "beij", "selectionStart": 4, "selectionEnd": 4})
    watched.wait_for_timeout(QUIET)
    assert asked == []
    keyboard.send("Input.insertText", {"text": "北京"})
    expect(options(watched).first).to_be_visible()
    assert asked == ["北京"]


def test_arrows_choose_and_enter_searches(page: Page):
    box(page).press_sequentially("leed")
    expect(options(page).first).to_be_visible()
    expect(page.get_by_role("combobox", expanded=True)).to_be_focused()
    expect(page.get_by_role("status").filter(has_text=re.compile(r"^\d+ places? suggested$"))).to_have_count(1)
    page.keyboard.press("ArrowDown")
    chosen = options(page, "[aria-selected=true]")
    assert box(page).get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    words = chosen.inner_text()
    page.keyboard.press("ArrowUp")
    expect(options(page, "[aria-selected=true]")).to_have_count(0)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".understood strong")).to_have_text(words)
    expect(box(page)).to_have_value(words)
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_escape_puts_the_suggestions_away_and_keeps_what_was_typed(page: Page):
    box(page).press_sequentially("leed")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box(page)).to_have_value("leed")
    expect(box(page)).to_have_attribute("aria-expanded", "false")


def test_enter_without_choosing_searches_what_was_typed(page: Page):
    box(page).press_sequentially("leedz")
    page.keyboard.press("Enter")
    page.wait_for_url("**near=leedz**")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_finger_chooses(person: Callable[..., Person]):
    page = person(width=320, height=640, has_touch=True).open("/")
    box(page).tap()
    box(page).press_sequentially("leed")
    first = options(page).first
    words = first.inner_text()
    first.tap()
    expect(page.locator(".understood strong")).to_have_text(words)


def test_a_late_answer_does_not_replace_a_newer_one(watched: Page):
    held: list[Route] = []

    def answer(route: Route, label: str) -> None:
        items = [{"label": label, "latitude": 0, "longitude": 0}]
        route.fulfill(body=json.dumps({"items": items}), content_type="application/json")

    watched.route("**/chapters/places?q=le", lambda route: held.append(route))
    watched.route("**/chapters/places?q=leeds", lambda route: answer(route, "Leeds"))
    with watched.expect_request("**/chapters/places?q=le"):
        box(watched).press_sequentially("le")
    box(watched).press_sequentially("eds")
    expect(options(watched)).to_have_text(["Leeds"])
    with suppress(Error):  # nobody waits for it any more
        answer(held[0], "Lens")
    watched.wait_for_timeout(100)
    expect(options(watched)).to_have_text(["Leeds"])


def test_suggestions_that_fail_leave_the_box_as_it_was(person: Callable[..., Person]):
    page = person(expected=(503,), own=True).open("/chapters/")
    page.route("**/chapters/places?*", lambda route: route.fulfill(status=503, body="no"))
    box(page).press_sequentially("Leeds")
    page.wait_for_timeout(QUIET)
    page.keyboard.press("Enter")
    expect(page.locator("#nearest")).to_contain_text("Near Leeds")


def test_from_right_to_left_the_suggestions_stand_under_the_box(person: Callable[..., Person]):
    visitor = person(width=390, locale=pseudo.LOCALE)
    page = visitor.open("/chapters/")
    box(page).press_sequentially("leed")
    expect(options(page).first).to_be_visible()
    over, under = box(page).bounding_box(), page.get_by_role("listbox").bounding_box()
    assert over
    assert under
    assert abs(over["x"] + over["width"] - under["x"] - under["width"]) < 4
    visitor.check_nothing_is_out_of_reach()
