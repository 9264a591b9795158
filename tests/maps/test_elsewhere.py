"""What changes outside a drawing is told to who has it open, and nothing that they may not see."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from network import index
from network.clock import now
from network.directory.models import Link
from network.hats import Hat, Identity, Worn
from network.maps import elsewhere, kept
from network.maps.asked import Asked
from network.maps.eyes import Eyes
from network.matching.models import Prospect


@pytest.fixture
def told(table, session):
    """A function that gives what a browser is told that has the map open since the last time; before that, nothing."""
    table.scene()

    def ask():
        session.commit()
        path = f"/maps/{table.slug}/steps?after={table.last}&since={table.since}"
        answer = table.browser.get(path).json
        assert not answer["again"]
        table.since = answer["elsewhere"]["since"]
        return answer["elsewhere"]

    return ask


def test_who_asks_learns_nothing_while_nothing_changes(told, table):
    since = table.since
    assert told() == {"since": since}


def test_a_standing_that_changes_elsewhere_is_told(told, tents):
    tents["wanted"].standing = "in_conversation"
    (node,) = told()["nodes"]
    assert (node["id"], node["standing"]) == (tents["wanted"].id, "in_conversation")
    assert "nodes" not in told(), "once"


def test_a_profile_that_is_edited_elsewhere_is_told(told, tents, listing):
    tents["lab"].name, tents["lab"].country = "Harbour Laboratory", "IE"
    listing(tents["lab"], title="A room")
    (node,) = told()["nodes"]
    assert (node["name"], node["country"], node["offers"]) == ("Harbour Laboratory", "IE", 1)


def test_an_owner_or_a_next_step_of_the_pipeline_is_told(told, tents, session):
    session.add(Prospect(organization_id=tents["wanted"].id, next_step="Call"))
    assert [node["id"] for node in told()["nodes"]] == [tents["wanted"].id]
    session.query(Prospect).one().next_step = "Write"
    assert [node["id"] for node in told()["nodes"]] == [tents["wanted"].id]


def test_a_link_of_elsewhere_is_told_with_all_ties_of_both_ends(told, tents, link, session):
    link(tents["lab"], to=tents["club"], confirmed_on=date(2026, 3, 1))
    there = set(session.scalars(select(Link.id)))
    said = told()
    assert {node["id"] for node in said["nodes"]} == {tents["lab"].id, tents["club"].id}
    assert {tie["id"] for tie in said["ties"]} == there
    session.delete(session.scalars(select(Link).where(Link.to_id == tents["club"].id)).one())
    assert {tie["id"] for tie in told()["ties"]} < there


def test_who_is_new_comes_with_the_place_that_the_map_gives_it(told, table, organization, tents, link):
    new = organization("Tidewater Club")
    link(new, to=tents["network"], confirmed_on=date(2026, 3, 1))
    said = next(node for node in told()["nodes"] if node["id"] == new.id)
    scene = table.scene()
    ids = [sum(scene["ids"][: at + 1]) for at in range(len(scene["ids"]))]
    at = ids.index(new.id)
    assert (round(said["x"] * 10), round(said["y"] * 10)) == (scene["x"][at], scene["y"][at])


def test_who_is_erased_is_missing_among_those_who_are_here(told, tents, session):
    gone = tents["wanted"].id
    session.delete(tents["wanted"])
    said = told()
    here = [sum(said["here"][: at + 1]) for at in range(len(said["here"]))]
    assert gone not in here
    assert set(here) == {tents[name].id for name in ("network", "lab", "club")}


def test_much_at_once_is_told_in_parts(told, tents, organization, monkeypatch):
    monkeypatch.setattr(elsewhere, "MOST", 2)
    for name in ("One", "Two", "Three"):
        organization(name)
    first, second = told(), told()
    assert (len(first["nodes"]), first["more"], len(second["nodes"]), second["more"]) == (2, True, 1, False)


def test_who_comes_back_after_changes_were_forgotten_loads_the_map_again(table, tents, session):
    table.scene()
    session.commit()
    for name in ("Harbour Laboratory", "Harbour"):
        tents["lab"].name = name
        session.commit()
    index.forget_changes(session.connection(), now() + timedelta(days=1))
    session.commit()
    assert table.browser.get(f"/maps/{table.slug}/steps?after=0&since={table.since}").json["again"]


def test_what_is_drawn_oneself_is_told_with_the_answer(table, tents):
    table.scene()
    step = {"key": "one", "kind": "facts", "id": tents["lab"].id, "fields": {"country": "IE"}}
    sent = {"after": 0, "since": table.since, "steps": [step]}
    answer = table.browser.post(f"/maps/{table.slug}/steps", json=sent, headers={"X-CSRFToken": table.token}).json
    assert [node["country"] for node in answer["elsewhere"]["nodes"]] == ["IE"]
    since = answer["elsewhere"]["since"]
    assert table.browser.get(f"/maps/{table.slug}/steps?since={since}").json["elsewhere"] == {"since": since}


def test_a_filter_of_the_address_holds_for_what_is_told(table, tents, session):
    table.scene()
    session.commit()
    tents["wanted"].summary = tents["lab"].summary = "Changed"
    session.commit()
    address = f"/maps/{table.slug}/steps?standing=current&since={table.since}"
    said = table.browser.get(address).json["elsewhere"]
    assert [node["id"] for node in said["nodes"]] == [tents["lab"].id]


def test_a_coordinator_is_told_of_nobody_whom_she_does_not_see(tents, session, person, signed_in):
    who, coast = person(coordinator=tents["network"]), tents["network"].id
    worn = Identity(who.id, (Worn(Hat.COORDINATOR, coast),), True)
    one = kept.make(session, worn, "Coast", "", "network", Asked(), Eyes((coast,)), coast)
    session.commit()
    browser = signed_in(who)
    since = browser.get(f"/maps/{one.slug}/drawing.json").json["since"]
    tents["wanted"].name, tents["club"].standing = "Quayside Trust and Friends", "in_conversation"
    session.commit()
    wanted = tents["wanted"].id
    answer = browser.get(f"/maps/{one.slug}/steps?since={since}")
    assert "Quayside" not in answer.text
    said = answer.json["elsewhere"]
    assert [node["id"] for node in said["nodes"]] == [tents["club"].id]
    assert wanted not in [sum(said["here"][: at + 1]) for at in range(len(said["here"]))]
    session.delete(tents["wanted"])
    session.commit()
    again = browser.get(f"/maps/{one.slug}/steps?since={said['since']}").json["elsewhere"]
    assert (again["nodes"], again["ties"], again["here"]) == ([], [], said["here"]), "as if nothing had been there"
