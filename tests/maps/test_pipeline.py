"""The pipeline: relationships by standing and by day, whose they are, and what is late."""

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from network.maps import pipeline
from network.maps.pipeline import Asked, columns, fitting
from network.maps.relations import Relation

TODAY = date(2026, 11, 21)


def relation(id, standing="desired", due_on=None, open=True, owner_id=None):
    facts = {"due_on": due_on, "open": open, "owner_id": owner_id, "prospect": id}
    return Relation(id, f"o{id}", f"Organisation {id}", "partner", standing, "", **facts)


def ids(found):
    return [one.id for one in found]


def test_the_next_to_be_done_comes_first_and_what_has_no_day_last():
    some = [relation(1), relation(2, due_on=date(2026, 12, 1)), relation(3, due_on=date(2026, 11, 1))]
    assert ids(fitting(some, Asked(), TODAY)) == [3, 2, 1]


def test_the_day_of_what_is_settled_counts_no_more():
    some = [relation(1, "current", due_on=date(2026, 1, 1), open=False), relation(2, due_on=date(2026, 12, 1))]
    assert ids(fitting(some, Asked(), TODAY)) == [2, 1]
    assert fitting(some, Asked(overdue=True), TODAY) == []


def test_a_step_is_overdue_the_day_after_its_day():
    some = [relation(1, due_on=TODAY), relation(2, due_on=date(2026, 11, 20))]
    assert ids(fitting(some, Asked(overdue=True), TODAY)) == [2]


def test_one_can_ask_for_one_owner_or_for_what_nobody_looks_after():
    some = [relation(1, owner_id=7), relation(2, owner_id=8), relation(3)]
    assert ids(fitting(some, Asked(owner="7"), TODAY)) == [1]
    assert ids(fitting(some, Asked(owner="none"), TODAY)) == [3]


def test_every_standing_has_its_column_and_shows_the_first_of_many_with_the_whole_count():
    found = columns([relation(id, "paused") for id in range(1, 40)])
    assert [one.standing for one in found] == ["desired", "in_conversation", "current", "paused", "ended"]
    assert [(one.count, len(one.cards), one.more) for one in found if one.count] == [(39, pipeline.FIRST, 9)]


@pytest.mark.parametrize(
    "query", ["", "owner=none", "owner=7&standing=paused&overdue=1&view=table&page=2", "view=table"]
)
def test_the_address_says_what_is_asked(query):
    pairs = MultiDict(part.split("=") for part in query.split("&") if part)
    assert Asked.parse(pairs).query() == query


@pytest.mark.parametrize("wrong", ["owner=all", "standing=lost", "view=cake", "page=x", "page=-1", "overdue=yes"])
def test_what_is_not_known_counts_as_not_asked_for(wrong):
    name, value = wrong.split("=")
    assert Asked.parse({name: value}) == Asked()
