"""Drawing in steps: each is done once, told to everyone, and taken back to the byte."""

import pytest

from network.directory.models import Link, Organization


def test_a_step_shows_at_once_and_is_done_once(table, tents, session):
    first = table.draw("place", key="one", positions={str(tents["lab"].id): [10, 20]})
    table.last = 0
    again = table.draw("place", key="one", positions={str(tents["lab"].id): [99, 99]})
    assert first["steps"] == again["steps"]
    assert first["steps"][0]["positions"] == {str(tents["lab"].id): [10.0, 20.0]}


def drawings(tents):
    """One step of every kind."""
    lab, club, network, wanted = (tents[name].id for name in ("lab", "club", "network", "wanted"))
    return [
        ("place", {"positions": {str(lab): [3, 4], str(wanted): [5.25, -6]}}),
        ("pin", {"ids": [lab, club], "on": True}),
        ("hide", {"ids": [club], "on": True}),
        ("group", {"group": "g1", "name": "The north", "ids": [lab, club]}),
        ("note", {"note": None, "text": "Ask in spring", "at": [1, 2], "size": None, "staff_only": True}),
        ("note", {"note": None, "text": "The coast", "at": [1, 2], "size": [30, 20], "staff_only": False}),
        ("look", {"colour": "standing", "size": "same"}),
        ("add", {"name": "Tidewater Foundation", "category": "partner", "at": [7, 8]}),
        ("tie", {"source": lab, "target": wanted, "type": "works_with"}),
        ("facts", {"id": wanted, "fields": {"name": "Quayside Trust and Friends", "country": "IE"}}),
        ("standing", {"id": wanted, "standing": "in_conversation", "next_step": "Call", "due_on": "2026-12-01"}),
    ]


def test_undo_returns_to_the_byte_and_redo_to_where_one_was(table, tents):
    states = [table.scene()]
    for kind, said in drawings(tents):
        answer = table.draw(kind, **said)
        assert not answer["refused"], answer["refused"]
        states.append(table.scene())
        assert states[-1] != states[-2] or kind == "facts", kind
    for before in reversed(states[:-1]):
        assert not table.draw("undo")["refused"]
        assert table.scene() == before
    assert table.draw("undo")["refused"][0]["why"] == "There is nothing to take back."
    for after in states[1:]:
        assert not table.draw("redo")["refused"]
        assert table.scene() == after
    assert table.draw("redo")["refused"]


def test_a_confirmed_tie_that_is_taken_away_on_the_map_stands_again_after_undo(table, tents, session):
    link = session.query(Link).filter_by(from_id=tents["lab"].id).one()
    confirmed = link.confirmed_on
    assert not table.draw("untie", tie=link.id)["refused"]
    session.refresh(link)
    assert link.ended_on
    table.draw("undo")
    session.refresh(link)
    assert (link.ended_on, link.confirmed_on) == (None, confirmed)


def test_what_a_new_partner_resembles_is_shown_first(table, tents, session):
    refused = table.draw("add", name="Harbor Lab", at=[0, 0])["refused"]
    assert [one["name"] for one in refused[0]["like"]] == ["Harbour Lab"]
    assert not table.draw("add", name="Harbor Lab", at=[0, 0], anyway=True)["refused"]
    assert session.query(Organization).filter_by(name="Harbor Lab").one().standing == "desired"


def test_who_is_added_on_earth_is_in_the_town_that_is_near(table, tents, session):
    before = table.scene()
    answer = table.draw("add", name="Tidewater", where=[53.79, -1.53])
    made = session.query(Organization).filter_by(name="Tidewater").one()
    assert (made.town, made.country, made.precision) == ("Leeds", "GB", "town")
    (node,) = answer["steps"][0]["nodes"]
    assert (node["latitude"], node["longitude"]) == (round(made.latitude * 100), round(made.longitude * 100))
    after = table.scene()
    table.draw("undo")
    assert table.scene() == before
    table.draw("redo")
    assert table.scene() == after
    for where in ([0, -140], [91, 0], [0, 181], ["a", 1], [1], "here", [float("1e300"), 0]):
        assert table.draw("add", name="Tideland", where=where)["refused"][0]["why"]


def test_nobody_is_made_public_by_accident(table, tents, session):
    wanted = tents["wanted"]
    refused = table.draw("standing", id=wanted.id, standing="current")["refused"]
    assert refused[0]["sure"]
    session.refresh(wanted)
    assert wanted.standing == "desired"
    assert not table.draw("standing", id=wanted.id, standing="current", sure=True)["refused"]


def test_a_new_step_leaves_nothing_to_do_again(table, tents):
    table.draw("pin", ids=[tents["lab"].id], on=True)
    table.draw("undo")
    answer = table.draw("pin", ids=[tents["club"].id], on=True)
    assert answer["possible"] == {"undo": True, "redo": False}


@pytest.mark.parametrize(
    "said",
    [
        {"kind": "place", "positions": {"1": [1e9, 0]}},
        {"kind": "place", "positions": {"x": [1, 0]}},
        {"kind": "place", "positions": {"1": ["a", None]}},
        {"kind": "pin", "ids": "all"},
        {"kind": "group", "group": "g", "name": "", "ids": [1]},
        {"kind": "note", "note": None, "text": "", "at": [0, 0]},
        {"kind": "add", "name": "  ", "at": [0, 0]},
        {"kind": "add", "name": "x", "at": [0, 0], "category": "lighthouse"},
        {"kind": "tie", "source": 1, "target": 10**9, "type": "works_with"},
        {"kind": "tie", "source": "a", "target": None, "type": "works_with"},
        {"kind": "untie", "tie": 10**8},
        {"kind": "facts", "id": None, "fields": {}},
        {"kind": "standing", "id": 10**9, "standing": "gone"},
        {"kind": "unadd", "id": 1},
        {"kind": "lighthouse"},
        {"kind": None},
    ],
)
def test_what_makes_no_sense_is_refused_with_a_reason(table, tents, said):
    before = table.scene()
    refused = table.draw(**said)["refused"]
    assert refused
    assert refused[0]["why"]
    assert table.scene() == before
