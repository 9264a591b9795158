"""Which page's word stays: what says something, and both where both fit."""

from datetime import date

import pytest

from network.merging.choosing import BOTH, FIELDS, GOES, STAYS, different, outcome, settled

EMPTY = {name: "" for field in FIELDS for name in field.columns} | {
    "languages": (),
    "topics": (),
    "newcomers": False,
    "online": False,
    "latitude": None,
    "longitude": None,
    "precision": "unknown",
    "confirmed_on": None,
}


def page(**said):
    return EMPTY | {"name": "Shop", "category": "member", "standing": "current"} | said


def chosen(stays, goes, **asked):
    return outcome(settled(asked, stays, goes), stays, goes)


def test_pages_that_say_the_same_leave_nothing_to_choose():
    assert different(page(languages=("de", "fr")), page(languages=("fr", "de"))) == []
    assert chosen(page(), page()) == {}


def test_what_only_the_other_page_says_is_taken_over():
    assert chosen(page(), page(phone="0241")) == {"phone": "0241"}
    assert chosen(page(phone="0241"), page()) == {}
    assert chosen(page(), page(newcomers=True)) == {"newcomers": True}


def test_what_both_say_stays_unless_somebody_chooses_the_other():
    assert chosen(page(summary="One"), page(summary="Two")) == {}
    assert chosen(page(summary="One"), page(summary="Two"), summary=GOES) == {"summary": "Two"}
    assert chosen(page(phone="0241"), page(), phone=GOES) == {"phone": ""}


def test_languages_and_topics_are_kept_together():
    here, there = page(languages=("de",), topics=("a",)), page(languages=("fr", "de"), topics=("b",))
    assert chosen(here, there) == {"languages": ("de", "fr"), "topics": ("a", "b")}
    assert chosen(here, there, languages=GOES, topics=STAYS) == {"languages": ("fr", "de")}


def test_only_what_is_several_can_be_both():
    assert settled({"summary": BOTH}, page(summary="One"), page(summary="Two")) == {"summary": STAYS}
    assert settled({"name": "neither"}, page(name="A"), page(name="B")) == {"name": STAYS}


def test_a_place_is_taken_over_whole():
    here = page(town="Aachen", country="DE", precision="town", latitude=50.77, longitude=6.08)
    there = page(town="Leeds", country="GB", address="1 Quay", precision="address", latitude=53.8, longitude=-1.54)
    taken = chosen(here, there, place=GOES)
    assert taken == {name: there[name] for name in taken}
    assert set(taken) == {"town", "country", "address", "precision", "latitude", "longitude"}


@pytest.mark.parametrize(("mine", "theirs", "kept"), [("2026-01-01", "2026-02-01", 1), ("2026-02-01", "2026-01-01", 0)])
def test_the_later_confirmation_counts(mine, theirs, kept):
    days = [date.fromisoformat(mine), date.fromisoformat(theirs)]
    made = chosen(page(confirmed_on=days[0]), page(confirmed_on=days[1]))
    assert made == ({"confirmed_on": days[1]} if kept else {})
