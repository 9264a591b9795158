import pytest

from network.interchange.listings import EMPTY, differences
from network.interchange.merging import changes, saying
from network.interchange.states import DEFAULTS, State
from network.interchange.stating import Stated


def state(**facts):
    return State(1, "club", 1, DEFAULTS | {"topics": [], "name": "Club", "category": "club"} | facts)


def row(*empty, inferred=(), **facts):
    return Stated(2, facts=facts, empty=set(empty), inferred=set(inferred))


def said(**facts):
    return {"facts": facts, "listings": [], "ties": []}


@pytest.mark.parametrize(
    ("here", "told", "before", "after"),
    [
        # here, what the row tells, what it told before (None: nothing ever), what becomes of it (None: stays)
        ("", "new", None, "new"),
        ("same", "same", None, None),
        ("other", "new", None, "new"),
        ("ours", "old", "old", None),
        ("old", "new", "old", "new"),
        ("ours", "new", "old", "new"),
        ("old", None, "old", ""),
        ("ours", None, "old", None),
        ("ours", None, None, None),
    ],
)
def test_a_list_changes_what_it_changed_itself(here, told, before, after):
    stated = row("summary") if told is None else row(summary=told)
    found = changes(state(summary=here), stated, None if before is None else said(summary=before))
    assert found.after.get("summary") == after


def test_what_was_inferred_fills_gaps_and_replaces_nothing():
    stated = row(latitude=53.8, longitude=-1.5, precision="town", inferred=["latitude", "longitude", "precision"])
    assert changes(state(), stated, None).after.keys() == {"latitude", "longitude", "precision"}
    exact = state(latitude=53.81, longitude=-1.51, precision="exact")
    assert not changes(exact, stated, None)


def test_a_day_of_confirmation_only_moves_on():
    here = state(confirmed_on="2026-05-01")
    assert not changes(here, row(confirmed_on="2025-05-01"), None)
    assert changes(here, row(confirmed_on="2026-06-01"), None)


def test_the_same_thing_written_otherwise_is_no_change():
    here = state(summary=" Cafe\u0301\r\nbar ", languages=["EN", "pt-br"], area_served="Germany;50 kilometres")
    assert not changes(here, row(summary="Café bar", languages=["en", "pt-BR"], area_served="50 km; DE"), None)


def test_what_a_list_says_is_remembered_for_columns_that_it_no_longer_has():
    before = said(summary="kept", phone="taken back", meets="old")
    assert saying(row("phone", meets="new"), before)["facts"] == {"summary": "kept", "meets": "new"}


def offer(title, id=None, **more):
    one = {"side": "offer", "title": title} | more
    return one if id is None else EMPTY | {"id": id, "state": "open"} | one


def test_listings_are_told_apart_by_title_and_changed_field_by_field():
    here = [offer("A room", 1, detail="big"), offer("A desk", 2)]
    found = differences(here, [offer("A room", detail="bigger"), offer("A lamp")], None)
    assert found.changed == {1: {"detail": "bigger"}}
    assert found.added == [offer("A lamp")]
    assert found.removed == []


def test_a_listing_that_the_list_no_longer_has_goes_unless_it_was_changed_here():
    here = [offer("A room", 1), offer("A desk", 2, detail="ours")]
    before = [offer("A room", detail=""), offer("A desk", detail="")]
    assert differences(here, [], before).removed == [1]


def test_a_listing_that_was_removed_here_does_not_come_back():
    found = differences([], [offer("A room")], [offer("A room")])
    assert not found
    assert found.kept == ["A room"]


def test_of_two_listings_with_one_title_the_open_one_is_meant():
    here = [offer("A room", 1, state="met"), offer("A room", 2)]
    assert differences(here, [offer("A room", detail="x")], None).changed == {2: {"detail": "x"}}
