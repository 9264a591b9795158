"""S2: staff, or a coordinator, draw the partner map, current and desired, with mouse, finger and keyboard; it says what
the table says."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.drawing import Table
from tests.journeys.hands import HANDS
from tests.journeys.quay import COORDINATOR, FARIDA, LAB, NET, WISH

NOTE, REGION, GROUP, STEP = "Ask in spring", "The old harbour", "Those of the water", "Ring the harbour office"
WHO = [*((hand, FARIDA) for hand in HANDS), ("mouse", COORDINATOR), ("keys", COORDINATOR)]


def keep(one: Table) -> None:
    """What is drawn leaves as files, for the eyes of who drew it."""
    for kind in ("svg", "graphml", "geojson", "nodes.csv"):
        with one.page.expect_download() as download:
            one.page.locator(f".formats a[href*='.{kind}']").evaluate("link => link.click()")
        assert WISH in Path(download.value.path()).read_text("utf-8")


@pytest.mark.parametrize(("hand", "who"), WHO)
def test_the_map_is_drawn_and_undone_and_says_what_the_table_says(table: Callable[..., Table], hand: str, who: str):
    one = table(who, **HANDS[hand].options).open()
    with_hand = HANDS[hand](one)
    before = one.check()

    with_hand.add(LAB)
    with_hand.write(one.card.locator("[name=name]"), WISH)
    with_hand.use(one.card.get_by_role("button", name="Add", exact=True))
    expect(one.card.locator(".alike")).to_contain_text(LAB)
    assert WISH not in one.drawn["nodes"]
    with_hand.use(one.card.get_by_role("button", name=f"No, add {WISH}"))
    expect(one.card).to_have_count(0)
    assert one.agreed()["nodes"][WISH][:2] == ["partner", "desired"]

    if who == COORDINATOR:  # who proposes members of the network, and nothing else
        with_hand.link(LAB, WISH)
        expect(one.page.locator(".refusals")).to_contain_text("Coordinators propose members of their own network.")
        with_hand.use(one.page.locator(".refusals").get_by_role("button", name="Close"))
        with_hand.link(NET, WISH)
        with_hand.use(one.choice("Member of"))
        assert f"{WISH} · member_of · {NET} · 1" in one.agreed()["ties"]
    else:
        with_hand.link(LAB, WISH)
        with_hand.use(one.choice("Works with"))
        assert f"{LAB} · works_with · {WISH} · 1" in one.agreed()["ties"]

    with_hand.select(WISH)
    with_hand.write(one.form("facts").get_by_label("Town"), "Suva")
    with_hand.pick(one.form("facts").get_by_label("Country"), "FJ")
    with_hand.use(one.form("facts").get_by_role("button", name="Save"))
    expect(one.panel).to_contain_text("Suva, Fiji")
    assert one.agreed()["nodes"][WISH][2] == "FJ"

    with_hand.pick(one.form("standing").get_by_label("Standing"), "current")
    with_hand.write(one.form("standing").get_by_label("Next step"), STEP)
    with_hand.use(one.form("standing").get_by_role("button", name="Save"))
    expect(one.form("standing").get_by_role("alert")).to_contain_text("Everyone will see")
    assert one.agreed()["nodes"][WISH][1] == "desired"
    with_hand.pick(one.form("standing").get_by_label("Standing"), "in_conversation")
    with_hand.use(one.form("standing").get_by_role("button", name="Save"))
    expect(one.panel.locator(".what")).to_contain_text("In conversation")
    expect(one.form("standing").get_by_label("Next step")).to_have_value(STEP)
    assert one.agreed()["nodes"][WISH][1] == "in_conversation"

    with_hand.select(LAB, NET)
    with_hand.use(one.doing("Group…"))
    with_hand.write(one.card.locator("[name=name]"), GROUP)
    with_hand.use(one.card.get_by_role("button", name="Save"))
    assert one.agreed()["groups"][GROUP] == [LAB, NET]

    with_hand.use(one.doing("Pin"))
    assert one.agreed()["pinned"] == [LAB, WISH, NET]
    with_hand.use(one.doing("Line up…"))
    with_hand.use(one.choice("In a column"))
    nodes = one.agreed()["nodes"]
    assert nodes[LAB][3] == nodes[NET][3]

    with_hand.select(LAB)
    with_hand.use(one.doing("Hide"))
    assert one.agreed()["hidden"] == [LAB]

    with_hand.note()
    with_hand.write(one.card.locator("[name=text]"), NOTE)
    with_hand.use(one.card.get_by_role("button", name="Save"))
    with_hand.region(NET)
    with_hand.write(one.card.locator("[name=text]"), REGION)
    with_hand.use(one.card.get_by_role("button", name="Save"))
    notes = one.agreed()["notes"]
    assert [text.split(" · ")[0] for text in notes] == [NOTE, REGION]

    with_hand.pick(one.page.locator("#colour"), "standing")
    after = one.check()
    assert after["colour"] == "standing"
    keep(one)

    states = [after]
    while states[-1] != before:
        with_hand.undo()
        one.saved()
        states.append(one.drawn)
        assert len(states) < 20
    one.check()
    for state in reversed(states[:-1]):
        with_hand.redo()
        one.saved()
        assert one.drawn == state
    one.check()
