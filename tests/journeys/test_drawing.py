"""S2: staff draw the partner map, current and desired, with the mouse, with fingers and by keyboard; it says what the
table says."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import delete, select
from werkzeug.datastructures import MultiDict

from network.accounts.models import Person as Account
from network.directory.models import Link, Organization
from network.extensions import db
from network.hats import Hat, Identity, Worn
from network.maps import kept
from network.maps.asked import Asked
from network.maps.eyes import Eyes
from network.maps.models import MapPlace, SavedMap
from tests.journeys.browser import Person
from tests.journeys.drawing import Table
from tests.journeys.founded import Founded, let_in

FARIDA = "farida@lantern-and-loom.example"  # of the staff
LAB, NET, CLUB = "Anchor Lab", "Quay Network", "Beacon Club"
WISH = "Anchor Labs"
NOTE, REGION, GROUP, STEP = "Ask in spring", "The old harbour", "Those of the water", "Ring the harbour office"


@pytest.fixture
def quay(served_app: Flask, founded: Callable[..., Founded]) -> Iterator[str]:
    """A map of a small network, whose members stand to both sides of it; gives its address."""
    network = founded(NET, category="affiliate_network")
    lab, club = founded(LAB), founded(CLUB)
    with served_app.app_context():
        for one in (lab, club):
            there = {"type": "member_of", "confirmed_by": "staff", "confirmed_on": date(2026, 3, 1)}
            db.session.add(Link(from_id=one.id, to_id=network.id, **there))
        db.session.flush()
        staff = db.session.scalars(select(Account.id).where(Account.email == FARIDA)).one()
        who, asked = Identity(staff, (Worn(Hat.STAFF),), True), Asked.parse(MultiDict({"network": network.slug}))
        made = kept.make(db.session(), who, "Quay", "", "staff", asked, Eyes(None))
        db.session.execute(delete(MapPlace).where(MapPlace.map_id == made.id))
        for at, one in enumerate((lab, network, club)):
            place = MapPlace(map_id=made.id, organization_id=one.id, x=12.0 * at, y=0.0, hidden=False)
            place.pinned = one is network  # which is no member of itself
            db.session.add(place)
        slug = made.slug
        db.session.commit()
    yield slug
    with served_app.app_context():
        db.session.delete(db.session.scalars(select(SavedMap).where(SavedMap.slug == slug)).one())
        for one in db.session.scalars(select(Organization).where(Organization.name.in_((WISH, "Harbour Trust")))):
            db.session.delete(one)
        db.session.commit()


@pytest.fixture
def table(served_app: Flask, person: Callable[..., Person], quay: str) -> Callable[..., Table]:
    """A function that seats one of the staff at the drawing table."""

    def sit(**options: object) -> Table:
        one = person(**{"height": 1000, **options})
        let_in(served_app, one, FARIDA, strong=True)
        return Table(one, quay)

    return sit


class Mouse:
    """Somebody draws with the mouse."""

    options: dict[str, object] = {}

    def __init__(self, table: Table) -> None:
        self.table, self.page = table, table.page

    def press(self, x: float, y: float) -> None:
        self.page.mouse.click(x, y)

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        self.page.mouse.move(*end)
        self.page.mouse.up()

    def use(self, what) -> None:
        what.click()

    def write(self, what, words: str) -> None:
        what.fill(words)

    def select(self, *names: str) -> None:
        for at, name in enumerate(names):
            if at:
                self.page.keyboard.down("Shift")
            self.press(*self.table.point(name)[:2])
            self.page.keyboard.up("Shift")
        assert self.table.ask("selected") == list(names)

    def add(self) -> None:
        self.use(self.table.tool("add"))
        self.press(*self.table.free())

    def link(self, start: str, end: str) -> None:
        """Drag from the rim of one to another."""
        x, y, radius = self.table.point(start)
        self.drag((x + radius + 6, y), self.table.point(end)[:2])

    def note(self) -> None:
        self.use(self.table.tool("note"))
        self.press(*self.table.free())

    def region(self) -> None:
        self.use(self.table.tool("note"))
        x, y = self.table.free(90)
        self.drag((x, y), (x + 90, y + 90))

    def undo(self) -> None:
        self.use(self.page.get_by_role("button", name="Undo", exact=True).first)

    def redo(self) -> None:
        self.use(self.page.get_by_role("button", name="Redo", exact=True).first)


HANDS = {"mouse": Mouse}


@pytest.mark.parametrize("hand", HANDS)
def test_the_map_is_drawn(table: Callable[..., Table], hand: str):
    one = table(**HANDS[hand].options).open()
    hand = HANDS[hand](one)
    before = one.check()

    hand.add()
    hand.write(one.card.locator("[name=name]"), WISH)
    hand.use(one.card.get_by_role("button", name="Add", exact=True))
    expect(one.card.locator(".alike")).to_contain_text(LAB)
    assert WISH not in one.drawn["nodes"]
    hand.use(one.card.get_by_role("button", name=f"No, add {WISH}"))
    expect(one.card).to_have_count(0)
    assert one.check()["nodes"][WISH][:2] == ["partner", "desired"]
    one.page.screenshot(path="/tmp/inst-mapjourney/shots/added.png")

    hand.link(LAB, WISH)
    hand.use(one.choice("Works with"))
    assert f"{LAB} · works_with · {WISH} · 1" in one.check()["ties"]

    hand.select(WISH)
    hand.write(one.form("facts").get_by_label("Town"), "Suva")
    one.form("facts").get_by_label("Country").select_option("FJ")
    hand.use(one.form("facts").get_by_role("button", name="Save"))
    expect(one.panel).to_contain_text("Suva, Fiji")
    assert one.check()["nodes"][WISH][2] == "FJ"

    one.form("standing").get_by_label("Standing").select_option("current")
    hand.write(one.form("standing").get_by_label("Next step"), STEP)
    hand.use(one.form("standing").get_by_role("button", name="Save"))
    expect(one.form("standing").get_by_role("alert")).to_contain_text("Everyone will see")
    assert one.check()["nodes"][WISH][1] == "desired"
    one.form("standing").get_by_label("Standing").select_option("in_conversation")
    hand.use(one.form("standing").get_by_role("button", name="Save"))
    expect(one.panel.locator(".what")).to_contain_text("In conversation")
    expect(one.form("standing").get_by_label("Next step")).to_have_value(STEP)
    assert one.check()["nodes"][WISH][1] == "in_conversation"

    hand.select(LAB, NET)
    hand.use(one.doing("Group…"))
    hand.write(one.card.locator("[name=name]"), GROUP)
    hand.use(one.card.get_by_role("button", name="Save"))
    assert one.check()["groups"][GROUP] == [LAB, NET]

    hand.use(one.doing("Pin"))
    assert one.check()["pinned"] == [LAB, WISH, NET]
    hand.use(one.doing("Line up…"))
    hand.use(one.choice("In a column"))
    nodes = one.check()["nodes"]
    assert nodes[LAB][3] == nodes[NET][3]

    hand.select(LAB)
    hand.use(one.doing("Hide"))
    assert one.check()["hidden"] == [LAB]

    hand.note()
    hand.write(one.card.locator("[name=text]"), NOTE)
    hand.use(one.card.get_by_role("button", name="Save"))
    hand.region()
    hand.write(one.card.locator("[name=text]"), REGION)
    hand.use(one.card.get_by_role("button", name="Save"))
    notes = one.check()["notes"]
    assert [text.split(" · ")[0] for text in notes] == [NOTE, REGION]

    one.page.locator("#colour").select_option("standing")
    after = one.check()
    assert after["colour"] == "standing"
    one.page.screenshot(path="/tmp/inst-mapjourney/shots/after.png")

    states = [after]
    while states[-1] != before:
        hand.undo()
        one.saved()
        states.append(one.drawn)
        assert len(states) < 20
    one.check()
    for state in reversed(states[:-1]):
        hand.redo()
        one.saved()
        assert one.drawn == state
    one.check()
