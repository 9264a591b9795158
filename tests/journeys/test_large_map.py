"""A map with more organisations than one scene holds, in the browser: by eye, by keyboard, and without script."""

import pytest
from playwright.sync_api import expect

from network.maps import queries


@pytest.fixture(autouse=True)
def crowded(monkeypatch):
    """As if no scene held more than thirty."""
    monkeypatch.setattr(queries, "MOST", 30)


@pytest.mark.parametrize("view", ["graph", "geography"])
def test_a_large_map_opens_on_clusters_that_the_keyboard_opens(person, view):
    visitor = person()
    page = visitor.open(f"/maps/?view={view}")
    page.wait_for_selector("section[data-map-ready]")
    page.locator(".canvas canvas").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".canvas [role=status]")).not_to_be_empty()
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    visitor.check_nothing_is_out_of_reach()


def test_without_script_a_table_leads_to_smaller_maps(person):
    visitor = person(java_script_enabled=False)
    page = visitor.open("/maps/")
    page.locator("#nodes th a").first.click()
    assert "country=" in page.url or "network=" in page.url
    expect(page.locator("#nodes table")).to_be_visible()
