"""S1: staff import a spreadsheet of 400 organisations: see every row's fate, decide, run, and take it all back."""

import io
import re
from collections.abc import Callable

from flask import Flask
from openpyxl import Workbook
from playwright.sync_api import expect
from sqlalchemy import func, select

from network.directory.models import Organization
from network.extensions import db
from tests.journeys.browser import Person
from tests.journeys.founded import Founded, let_in
from tests.journeys.manners import MANNERS, pick, press, reach, tick
from tests.journeys.quay import FARIDA

SITE = "https://loft.example/leeds"


def spreadsheet(kind: str) -> bytes:
    """400 organisations: one that is here already, one that only looks so, one with an error. `kind` heads a column."""
    book = Workbook()
    sheet = book.active
    assert sheet
    sheet.append(("Kennung", "Bezeichnung", kind, "Ort", "Land", "Webseite"))
    for number in range(397):
        sheet.append((f"n{number}", f"Estuary Workshop {number}", "club", "Hull", "GB", ""))
    sheet.append(("same", "Aire Repair Loft", "club", "Leeds", "GB", SITE))
    sheet.append(("alike", "Aire Repair Lofts", "club", "Leeds", "GB", ""))
    sheet.append(("wrong", "Nowhere Club", "club", "Leeds", "Atlantis", ""))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def counted(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Organization)) or 0


def test_staff_import_a_spreadsheet_and_take_it_back(
    person: Callable[..., Person], served_app: Flask, founded: Callable[..., Founded], manner: str
):
    founded(
        "Aire Repair Loft", town="Leeds", country="GB", latitude=53.8, longitude=-1.55, website=SITE, summary="Ours"
    )
    before = counted(served_app)
    one = person(**MANNERS[manner])
    let_in(served_app, one, FARIDA, strong=True)
    page = one.open("/interchange/")
    one.check_nothing_is_out_of_reach()
    page.locator("main input[name=file]").set_input_files(
        {"name": "groups.xlsx", "mimeType": "application/octet-stream", "buffer": spreadsheet(f"Gruppe {manner}")}
    )
    press(page, page.locator("main form button").first, manner)

    page.wait_for_url("**/columns")
    one.check_nothing_is_out_of_reach()
    expect(page.locator("#column-1")).to_have_value("name")
    expect(page.locator("#column-2")).to_have_value("")
    pick(page, page.locator("#column-2"), "category", manner)
    press(page, page.locator("main form[action$='/columns'] button"), manner)

    page.wait_for_url(re.compile(r"/interchange/drafts/\d+$"))
    assert counted(served_app) == before
    expect(page.locator(".fates")).to_contain_text("397")
    expect(page.locator("article.duplicate")).to_have_count(2)
    one.check_nothing_is_out_of_reach()
    for number, what in ((397, "update"), (398, "create")):
        tick(page, page.locator(f"#row-{number}-{what}"), manner)
    skip = page.locator("#skip-errors")
    reach(page, skip, manner)
    page.keyboard.press("Space") if manner == "by-keyboard" else skip.check()
    press(page, page.locator("button[value=import]"), manner)

    expect(page.locator("main h1")).not_to_have_text("")
    page.wait_for_load_state("load")
    expect(page.locator(".doings a").first).to_be_visible()
    assert counted(served_app) == before + 398
    one.check_nothing_is_out_of_reach()
    press(page, page.locator(".doings a[href*='/imports/']"), manner)
    page.wait_for_url(re.compile(r"/interchange/imports/\d+$"))
    one.check_nothing_is_out_of_reach()
    press(page, page.locator("main a[href$='/undo']"), manner)
    page.wait_for_url("**/undo")
    one.check_nothing_is_out_of_reach()
    press(page, page.locator("main form button"), manner)
    page.wait_for_url(re.compile(r"/interchange/imports/\d+$"))
    expect(page.locator("main .done")).to_be_visible()
    assert counted(served_app) == before
