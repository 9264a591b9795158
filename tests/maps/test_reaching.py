"""Whom to reach next: who would serve most, then whom somebody can introduce."""

from datetime import date

from network.maps.reaching import Candidate, belongs, by_end, ranked, serves, ways
from network.maps.scene import Tie
from network.matching.desired import Wanted
from network.matching.suggestions import Gap

FUNDING_HERE = Gap("funding", 3, "GB", 2, 0, 0.0, (1, 2))
FUNDING_THERE = Gap("funding", 4, "DE", 1, 0, 0.0, (5,))
VENUES = Gap("venue", None, "GB", 1, 1, 0.5, (9,))
CELLS = (FUNDING_HERE, FUNDING_THERE, VENUES)


def tie(id, source, target, type="works_with", proposed=False):
    return Tie(id, source, target, type, proposed=proposed)


def names(candidates):
    return [one.name for one in ranked(candidates)]


def somebody(name, seeks=(), near=(), standing="desired", due_on=None):
    return Candidate(len(name), name, standing, frozenset(seeks), tuple(near), due_on)


def introduced(*ties):
    return ways(1, by_end(ties), {2, 3})


def test_who_would_serve_more_seeks_comes_first_whoever_else_could_be_introduced():
    near = introduced(tie(1, 2, 1))
    assert names([somebody("Few", [1], near, "in_conversation"), somebody("Many", [1, 2])]) == ["Many", "Few"]


def test_among_those_who_serve_as_many_whom_somebody_knows_comes_before_whom_somebody_knows_of():
    known, known_of = introduced(tie(1, 2, 1)), introduced(tie(1, 7, 1), tie(2, 7, 3))
    assert names([somebody("Unknown"), somebody("Heard", near=known_of), somebody("Met", near=known)]) == [
        "Met",
        "Heard",
        "Unknown",
    ]


def test_then_whom_one_talks_to_already_then_the_next_step_that_is_due_first_then_names():
    talking = somebody("Talking", standing="in_conversation")
    soon, late = somebody("Soon", due_on=date(2026, 3, 1)), somebody("Late", due_on=date(2026, 9, 1))
    assert names([somebody("b"), somebody("A"), late, soon, talking]) == ["Talking", "Soon", "Late", "A", "b"]


def test_a_partner_serves_the_seeks_kept_with_it_and_those_of_the_gap_that_it_is_to_fill():
    assert serves(Wanted("funding"), {77}, CELLS, narrow=False) == {1, 2, 5, 77}
    assert serves(Wanted("funding", 3), (), CELLS, narrow=False) == {1, 2}
    assert serves(Wanted("funding", None, "DE"), (), CELLS, narrow=False) == {5}


def test_of_a_narrow_question_only_its_own_seeks_count():
    assert serves(Wanted("funding"), {9, 77}, (VENUES,), narrow=True) == {9}


def test_who_is_looked_for_without_a_gap_is_not_said_to_serve_everything():
    assert serves(Wanted(), (), CELLS, narrow=False) == frozenset()


def test_a_question_is_about_those_who_serve_it_who_are_there_or_who_are_looked_for_because_of_it():
    germany = Wanted(region="DE")
    assert belongs(Wanted(), "", {1}, germany)
    assert belongs(Wanted(), "DE", (), germany)
    assert belongs(Wanted("funding", None, "DE"), "", (), germany)
    assert not belongs(Wanted("funding"), "GB", (), germany)
    assert not belongs(Wanted("venue"), "DE", (), Wanted("funding", None, "DE"))
    assert belongs(Wanted("funding"), "", (), Wanted("funding"))
    assert belongs(Wanted(), "", (), Wanted())


def test_those_tied_to_it_introduce_before_those_tied_to_them():
    found = introduced(tie(1, 1, 2), tie(2, 2, 3))
    assert [(way.by, way.through) for way in found] == [(2, None), (3, 2)]


def test_one_who_cannot_introduce_may_still_be_the_way_to_one_who_can():
    found = introduced(tie(1, 1, 8, "funds"), tie(2, 8, 3))
    assert [(way.by, way.through) for way in found] == [(3, 8)]


def test_that_two_are_members_of_the_same_network_introduces_neither():
    assert introduced(tie(1, 1, 8, "member_of"), tie(2, 3, 8, "member_of")) == ()


def test_nobody_introduces_themselves():
    assert ways(2, by_end([tie(1, 2, 8), tie(2, 2, 8, "funds")]), {2}) == ()


def test_of_several_ties_with_one_the_closest_is_told():
    assert introduced(tie(1, 1, 2, "member_of"), tie(2, 2, 1, "works_with"))[0].tie.type == "works_with"
