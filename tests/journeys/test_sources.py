"""Staff let a list refresh: they add it, read why it can't be fetched, pause it and take it away."""

import re
from collections.abc import Callable

from flask import Flask
from playwright.sync_api import expect

from tests.journeys.browser import Person
from tests.journeys.founded import let_in
from tests.journeys.manners import MANNERS, pick, press, write
from tests.journeys.quay import FARIDA


def test_staff_let_a_list_refresh(person: Callable[..., Person], served_app: Flask, manner: str):
    one = person(**MANNERS[manner])
    let_in(served_app, one, FARIDA, strong=True)
    page = one.open("/organizations/")
    press(page, page.locator("main a[href='/interchange/sources']"), manner)
    page.wait_for_url("**/interchange/sources")
    one.check_nothing_is_out_of_reach()
    write(page, page.locator("#name"), f"Clubs of the coast, {manner}", manner)
    write(page, page.locator("#address"), "http://127.0.0.1/clubs.csv", manner)
    pick(page, page.locator("#every"), "month", manner)
    press(page, page.locator("main form button").first, manner)

    page.wait_for_url(re.compile(r"/interchange/sources/\d+\?fetched=1$"))
    for _look in range(60):
        if page.locator("main .problem").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(page.locator("main .problem")).to_be_visible()  # the machine itself is never asked, whoever says so
    one.check_nothing_is_out_of_reach()
    press(page, page.locator("form[action$='/pause'] button"), manner)
    expect(page.locator("main h1 .asleep")).to_be_visible()
    press(page, page.locator("form[action$='/remove'] button"), manner)
    page.wait_for_url("**/interchange/sources")
    expect(page.locator("main")).not_to_contain_text(f"Clubs of the coast, {manner}")
