"""V1: a visitor looks for a chapter near her, however she says where she is."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import Person

SAYINGS = ("Leeds", "leedz", "LS1 near Leeds")
SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
IN_LEEDS = {"latitude": 53.8012, "longitude": -1.5484}
NEAREST = "#nearest"
ORDER = ["nearest", "covering", "meeting-online", "start-one"]  # each chapter stands in one of them only


def distances(page: Page) -> list[float]:
    """The distances of the nearest chapters, as they are written, without their unit."""
    texts = page.locator(f"section:has(> {NEAREST}) .far").all_inner_texts()
    return [float(text.split()[0].replace(",", "")) for text in texts]


def sections(page: Page) -> list[str]:
    return page.locator(".finder .answer section > h2").evaluate_all("all => all.map(one => one.id)")


def check_leeds(page: Page) -> None:
    """The answer near Leeds: the nearest first, then who is online, and how to start one."""
    near = page.locator(f"section:has(> {NEAREST})")
    expect(near.locator("h3").first).to_have_text("Kirkgate Tinker Club")
    far = distances(page)
    assert len(far) >= 10
    assert far == sorted(far)
    assert far[0] < 2 < far[-1]
    assert sections(page) == [one for one in ORDER if one != "covering"]
    assert page.locator("#meeting-online ~ ol li").count() >= 1
    expect(page.locator("#start-one")).to_contain_text("Start one")


@SCRIPT
@pytest.mark.parametrize("said", SAYINGS)
def test_however_leeds_is_written_the_nearest_chapters_come_first(
    person: Callable[..., Person], said: str, script: bool
):
    visitor = person(java_script_enabled=script)
    page = visitor.open("/")
    page.get_by_label("Town, region or country").fill(said)
    page.get_by_role("button", name="Find").click()
    expect(page.locator(NEAREST)).to_contain_text("Near Leeds")
    check_leeds(page)


@SCRIPT
def test_those_who_serve_the_place_from_afar_come_after_the_near_ones(person: Callable[..., Person], script: bool):
    page = person(java_script_enabled=script).open("/chapters/?near=Kirkwall")
    assert sections(page) == ORDER
    assert page.locator("#covering ~ ol li").count() >= 1


def test_near_me_asks_only_on_a_tap_and_sends_about_a_kilometre(person: Callable[..., Person]):
    visitor = person(width=390, geolocation=IN_LEEDS, permissions=["geolocation"], has_touch=True, own=True)
    page = visitor.open("/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("button", name="Near me").tap()
    expect(page.locator(NEAREST)).to_contain_text("Near you")
    assert page.url.endswith("near=53.80%2C-1.55")
    assert not [url for url in asked if "53.801" in url or "1.548" in url]
    check_leeds(page)


def test_a_browser_that_keeps_its_place_to_itself_is_told_what_to_do(person: Callable[..., Person]):
    page = person(permissions=[]).open("/chapters/")
    page.get_by_role("button", name="Near me").click()
    expect(page.get_by_role("status").filter(has_text="Type a town instead")).to_be_visible()
    expect(page.get_by_label("Town, region or country")).to_be_focused()


def test_without_script_nothing_offers_to_look_where_one_is(person: Callable[..., Person]):
    page = person(java_script_enabled=False).open("/chapters/")
    expect(page.locator("[data-near-me]")).to_be_hidden()


@SCRIPT
def test_a_place_that_nobody_knows_is_said_and_a_country_offered(person: Callable[..., Person], script: bool):
    page = person(java_script_enabled=script).open("/chapters/?near=Xyzzyqua")
    expect(page.locator(".unknown")).to_contain_text("Xyzzyqua")
    assert page.locator("#meeting-online ~ ol li").count() >= 1
    page.get_by_label("Search a whole country").fill("Brazil")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(NEAREST)).to_contain_text("In Brazil")
    assert page.locator(f"section:has(> {NEAREST}) li").count() >= 1


@SCRIPT
def test_a_name_that_several_places_share_names_the_others(person: Callable[..., Person], script: bool):
    page = person(java_script_enabled=script).open("/chapters/?near=Springfield")
    other = page.locator(".others a").first
    words = other.inner_text()
    other.click()
    expect(page.locator(".understood strong")).to_have_text(words)


@SCRIPT
def test_narrowing_keeps_the_place(person: Callable[..., Person], script: bool):
    page = person(java_script_enabled=script).open("/chapters/?near=Leeds")
    before = len(distances(page))
    page.get_by_label("open to newcomers").check()
    if not script:
        page.get_by_role("button", name="Find").click()
    expect(page.locator(".undo, .understood").first).to_be_visible()
    page.wait_for_url("**newcomers=1**")
    expect(page.locator(NEAREST)).to_contain_text("Near Leeds")
    assert 0 < len(distances(page)) <= before


def test_back_brings_the_whole_page_back(person: Callable[..., Person]):
    page = person().open("/chapters/?near=Leeds")
    page.get_by_label("Town, region or country").fill("Brazil")
    page.get_by_role("button", name="Find").click()
    expect(page.locator(NEAREST)).to_contain_text("In Brazil")
    page.go_back()
    expect(page.locator(NEAREST)).to_contain_text("Near Leeds")
    expect(page.locator("header.top")).to_be_visible()
    check_leeds(page)


def test_the_whole_way_goes_by_keyboard_alone(person: Callable[..., Person]):
    visitor = person()
    page = visitor.open("/")
    visitor.tab_to("#near")
    page.keyboard.type("Leeds")
    page.keyboard.press("Enter")
    expect(page.locator(NEAREST)).to_contain_text("Near Leeds")
    visitor.tab_to("Kirkgate Tinker Club")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Kirkgate Tinker Club")
    visitor.tab_to("Put it in my calendar")


def test_whoever_comes_finds_the_nearest_first_on_a_page_that_fits(visitor: Person):
    page = visitor.open("/")
    page.locator("#near").fill("Leeds")
    page.locator(".box button:not([type])").click()
    expect(page.locator(f"section:has(> {NEAREST}) h3").first).to_have_text("Kirkgate Tinker Club")
    visitor.check_width()
