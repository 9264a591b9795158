"""The index answers as a scan of every document does, on both engines."""

import random

import pytest

from network import index
from network.index import Query, asking, changes
from tests.index.scan import club, crowd, question, scan


def agree(answer: index.Answer, expected: index.Answer, query: Query) -> None:
    assert answer.total == expected.total, query
    assert answer.facets == expected.facets, query
    assert [hit.id for hit in answer.hits] == [hit.id for hit in expected.hits], query
    for hit, other in zip(answer.hits, expected.hits, strict=True):
        assert hit.kilometres == (other.kilometres and pytest.approx(other.kilometres, abs=1e-6)), query


@pytest.mark.parametrize("seed", range(3))
def test_any_question_is_answered_as_by_looking_at_every_document(connection, seed):
    chance = random.Random(seed)
    documents = crowd(500, chance)
    index.write(connection, documents)
    for _ in range(150):
        query = question(chance)
        agree(index.ask(connection, query), scan(documents, query), query)


def test_widening_rings_answer_as_one_look_at_everything(connection, monkeypatch):
    monkeypatch.setattr(asking, "FEW", 0)
    chance = random.Random(7)
    documents = crowd(600, chance)
    index.write(connection, documents)
    for latitude, longitude in ((53.8, -1.5), (-17, 180), (-17, -180), (90, 0), (-45, 60), (30, -120)):
        for offset in (0, 20, 300, 590):
            query = Query(near=(latitude, longitude), order="distance", offset=offset)
            agree(index.ask(connection, query), scan(documents, query), query)


def test_what_has_no_place_comes_last_and_is_counted(connection):
    index.write(connection, [club(1), club(2, latitude=53.8, longitude=-1.5), club(3, latitude=-40.0, longitude=170.0)])
    answer = index.ask(connection, Query(near=(53.8, -1.5), order="distance"))
    assert [hit.id for hit in answer.hits] == [2, 3, 1]
    assert answer.hits[2].kilometres is None
    assert answer.total == 3


def test_what_has_no_place_lies_within_no_radius(connection):
    index.write(connection, [club(1)])
    assert index.ask(connection, Query(near=(0, 0), radius_km=20016)).total == 0


def test_a_neighbour_across_the_date_line_is_near(connection):
    index.write(connection, [club(1, latitude=-17.0, longitude=-179.9)])
    (hit,) = index.ask(connection, Query(near=(-17.0, 179.9), radius_km=50, order="distance")).hits
    assert hit.kilometres == pytest.approx(21.3, abs=0.1)


def test_names_come_first_then_the_lately_confirmed_however_many_match(connection, monkeypatch):
    monkeypatch.setattr(asking, "SCORED", 3)
    documents = [club(id, "Repair" if id > 7 else "Sewing", "repair", confirmed=id % 4) for id in range(1, 10)]
    documents = [
        club(one.id, one.name, "repair", confirmed=one.confirmed, latitude=1.0, longitude=1.0) for one in documents
    ]
    index.write(connection, documents)
    for place in ({}, {"near": (1.0, 1.0), "radius_km": 5.0}):
        answer = index.ask(connection, Query((("repair",),), limit=6, **place))
        assert [hit.id for hit in answer.hits] == [9, 8, 3, 7, 2, 6]
        answer = index.ask(connection, Query((("repair",),), limit=1, offset=1, **place))
        assert [hit.id for hit in answer.hits] == [8]


def test_rarer_words_of_the_name_count_more_and_typed_ones_before_others(connection):
    names = ["Leeds Code", "Leeds Music", "Leeds Dance", "Garden Walk", "Gardening Walk", "Elsewhere"]
    index.write(connection, [club(id, name, "leeds garden gardening") for id, name in enumerate(names, 1)])
    answer = index.ask(connection, Query((("leeds",), ("garden", "gardening"))))
    assert [hit.id for hit in answer.hits] == [4, 1, 2, 3, 5, 6]


def test_ties_are_broken_by_id_on_every_page(connection):
    index.write(connection, [club(id, latitude=1.0, longitude=1.0) for id in range(1, 31)])
    for order in ("relevance", "name", "distance", "confirmed"):
        pages = [
            index.ask(connection, Query((("code",),), near=(1.0, 1.0), order=order, limit=7, offset=offset))
            for offset in range(0, 35, 7)
        ]
        assert [hit.id for page in pages for hit in page.hits] == list(range(1, 31)), order


def test_a_question_may_leave_the_facets_out(connection):
    index.write(connection, [club(1)])
    assert index.ask(connection, Query(facets=False)).facets is None
    assert index.ask(connection, Query()).facets["category"] == {"club": 1}


def test_a_group_without_alternatives_matches_nothing(connection):
    index.write(connection, [club(1)])
    assert index.ask(connection, Query(((),))).total == 0
    assert index.ask(connection, Query(require=((),))).total == 0


def test_a_token_can_stand_beside_words(connection):
    index.write(connection, [club(1, "Fiscal Home"), club(2, "Elsewhere", tokens=("y7",)), club(3)])
    assert index.ask(connection, Query((("fiscal", "=y7"),), order="name")).total == 2
    assert [hit.id for hit in index.ask(connection, Query((("fiscal", "=y7"),))).hits] == [1, 2]
    assert index.ask(connection, Query((("=y7",),))).total == 1


def test_a_facet_value_that_another_process_added_just_now_is_known(connection):
    index.write(connection, [club(1)])
    changes.memory(connection).codes = {}
    assert index.ask(connection, Query()).facets["category"] == {"club": 1}
