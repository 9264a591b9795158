"""V2: a visitor opens a club and knows what it does, when it meets next, who is behind it and how sure that is."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import Person

CLUB = "/organizations/kirkgate-tinker-club"
HOST = "Aire Street Library Trust"


def test_whoever_opens_a_club_reads_all_that_matters(visitor: Person):
    page = visitor.open(CLUB)
    expect(page.locator("h1")).to_have_text("Kirkgate Tinker Club")
    expect(page.locator(".lede")).to_contain_text("Take things apart")
    expect(page.locator(".prose")).to_contain_text("solder")
    expect(page.locator(".meeting .date time")).to_be_visible()
    expect(page.locator(".meta").get_by_role("link", name=HOST)).to_be_visible()
    expect(page.locator(".meta .fresh")).to_be_visible()
    expect(page.locator(".contact").get_by_role("link").first).to_be_visible()
    visitor.check_width()


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_from_the_list_to_the_club_and_on_to_its_host(person: Callable[..., Person], script: bool):
    page = person(java_script_enabled=script).open("/chapters/?near=Leeds")
    page.get_by_role("link", name="Kirkgate Tinker Club").click()
    expect(page.locator(".facts")).to_contain_text("English, Polish")
    expect(page.locator(".meta")).to_contain_text("confirmed")
    page.locator(".meta").get_by_role("link", name=HOST).click()
    expect(page.locator("h1")).to_have_text(HOST)
    expect(page.get_by_role("link", name="Kirkgate Tinker Club").first).to_be_visible()


def test_the_next_meeting_is_to_come_and_goes_into_a_calendar(person: Callable[..., Person]):
    visitor = person()
    page = visitor.open(CLUB)
    meeting = datetime.fromisoformat(page.locator(".meeting time").get_attribute("datetime") or "")
    now = datetime.now()
    assert now < meeting <= now + timedelta(days=7)
    assert (meeting.weekday(), meeting.hour) == (1, 18)
    address = page.get_by_role("link", name="Put it in my calendar").get_attribute("href") or ""
    answer = page.request.get(visitor.address + address)
    assert answer.ok
    assert answer.headers["content-type"].startswith("text/calendar")
    text = answer.text()
    assert text.startswith("BEGIN:VCALENDAR")
    assert "RRULE:FREQ=WEEKLY;BYDAY=TU" in text
    assert "SUMMARY:Kirkgate Tinker Club" in text


def test_the_map_of_a_club_shows_where_it_is(person: Callable[..., Person]):
    page = person().open(CLUB)
    chart = page.locator("[data-map]")
    chart.scroll_into_view_if_needed()
    expect(chart.locator(".pin.club")).to_have_count(1)
    expect(chart.locator(".pin.club")).to_have_attribute("aria-label", "Kirkgate Tinker Club, Leeds")
    expect(chart.locator(".land").first).to_be_attached()
