"""Every page, for everyone who may come: nothing out of reach, nothing too wide, nothing wrong in the console."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import Person
from tests.journeys.conftest import VISITORS

PAGES = {
    "home": "/",
    "finder": "/chapters/",
    "finder-leeds": "/chapters/?near=Leeds",
    "finder-unknown": "/chapters/?near=Xyzzyqua",
    "embed": "/chapters/embed?near=Leeds&accent=1d7a5f",
    "directory": "/organizations/",
    "directory-filtered": "/organizations/?q=legal+home&category=partner",
    "directory-nothing": "/organizations/?q=zzzzyqx",
    "network": "/organizations/lantern-and-loom",
    "club": "/organizations/kirkgate-tinker-club",
    "report": "/organizations/kirkgate-tinker-club/report",
    "together": "/matching/together?words=We+look+for+a+translation+into+Arabic&side=seek",
    "about": "/about",
    "unusable": "/organizations/?country=Atlantis",
    "missing": "/organizations/nobody-of-that-name",
}
EXPECTED = {"unusable": (422,), "missing": (404,)}
READERS = ("desktop", "phone", "right-to-left")


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_leaves_nobody_out(person: Callable[..., Person], name: str, reader: str):
    visitor = person(expected=EXPECTED.get(name, ()), **VISITORS[reader])
    page = visitor.open(PAGES[name])
    for chart in page.locator("[data-map]").all():
        chart.scroll_into_view_if_needed()
        expect(chart.locator(".land").first).to_be_attached()
    visitor.check_nothing_is_out_of_reach()
    if reader == "desktop":
        visitor.check_in_other_colours()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_all_without_script(person: Callable[..., Person], name: str):
    visitor = person(width=320, expected=EXPECTED.get(name, ()), java_script_enabled=False)
    page = visitor.open(PAGES[name])
    expect(page.locator("h1")).to_be_visible()
    visitor.check_width()
