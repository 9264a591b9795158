"""What staff decide about rows in doubt is what becomes of them, and of nothing else."""

import pytest
from sqlalchemy import select

from network.directory.models import Apart, Organization
from network.interchange.deciding import ALIKE, CREATE, KEY, LINE, SAME, SKIP, UPDATE, Decision, Decisions
from tests.interchange.bringing import text_of

PLACE = {"town": "Leeds", "country": "GB", "latitude": 53.8, "longitude": -1.55}
HERE = {"name": "Leeds Web Club", "website": "https://leeds.example/club", "summary": "Ours", **PLACE}
SAYS_ELSE = HERE | {"id": "1", "category": "club", "summary": "Theirs"}
LOOKS_ALIKE = HERE | {"id": "2", "category": "club", "name": "Leeds Web Clubs", "summary": "Theirs"}


@pytest.fixture
def club(organization):
    return organization(**HERE)


def said(session):
    session.expire_all()
    return sorted((one.name, one.summary) for one in session.scalars(select(Organization)))


def test_what_nobody_decided_is_left_out():
    assert Decisions().about(1, ALIKE, 7) == SKIP


def test_a_rows_own_decision_wins_over_the_rule():
    decisions = Decisions(rules={ALIKE: CREATE}).with_rows([(1, Decision(UPDATE, 7, ALIKE))])
    assert decisions.about(1, ALIKE, 7) == UPDATE
    assert decisions.about(2, ALIKE, 7) == CREATE


def test_a_decision_about_one_organisation_says_nothing_of_another():
    decisions = Decisions().with_rows([(1, Decision(UPDATE, 7, ALIKE))])
    assert decisions.about(1, ALIKE, 8) == SKIP


@pytest.mark.parametrize(("doubt", "what"), [(LINE, UPDATE), (KEY, CREATE), (SAME, "erase"), ("other", UPDATE)])
def test_what_cannot_be_decided_is_not(doubt, what):
    assert Decisions().with_rows([(1, Decision(what, 7, doubt))]).about(1, doubt, 7) == SKIP
    assert Decisions().with_rules({doubt: what}).about(1, doubt, 7) == SKIP


def test_decisions_are_kept_as_json_and_read_again():
    decisions = Decisions(rules={SAME: UPDATE}).with_rows([(3, Decision(CREATE, 7, SAME))])
    assert Decisions.read(decisions.said) == decisions


def test_totals_count_each_row_once():
    decisions = Decisions(rules={ALIKE: CREATE}).with_rows(
        [(1, Decision(UPDATE, 7, ALIKE)), (2, Decision(UPDATE, 8, SAME))]
    )
    assert decisions.totals({ALIKE: 3, SAME: 2, LINE: 1}) == {UPDATE: 2, CREATE: 2, SKIP: 2}


def test_a_duplicate_stands_beside_the_one_it_may_be_with_the_evidence(bringing, club):
    page = bringing(text_of(LOOKS_ALIKE)).name().look()
    told = ("probably Leeds Web Club", "They have the same website")
    for words in (*told, "Theirs", "Ours", "It is this one", "It is another", "Leave the row out"):
        assert words in page


def test_undecided_duplicates_are_left_out(bringing, session, club):
    assert bringing(text_of(SAYS_ELSE)).name().carry_out().counts["duplicate"] == 1
    assert said(session) == [("Leeds Web Club", "Ours")]


@pytest.mark.parametrize("row", [SAYS_ELSE, LOOKS_ALIKE])
def test_it_is_this_one_takes_over_what_the_row_says(bringing, session, club, row):
    draft = bringing(text_of(row)).name(source="theirs").carry_out(row_0=UPDATE)
    assert draft.counts["updated"] == 1
    assert said(session) == [(row["name"], "Theirs")]


@pytest.mark.parametrize("row", [SAYS_ELSE, LOOKS_ALIKE])
def test_it_is_another_makes_a_new_one(bringing, session, club, row):
    draft = bringing(text_of(row)).name(source="theirs").carry_out(row_0=CREATE)
    assert draft.counts["new"] == 1
    assert said(session) == sorted([("Leeds Web Club", "Ours"), (row["name"], "Theirs")])
    pair = session.scalars(select(Apart)).one()  # nobody is asked again whether they are one
    assert pair.one_id == club.id


@pytest.mark.parametrize("row", [SAYS_ELSE, LOOKS_ALIKE])
@pytest.mark.parametrize("what", [UPDATE, CREATE])
def test_the_same_list_again_changes_nothing_after_a_decision(bringing, session, club, row, what):
    bringing(text_of(row)).name(source="theirs").carry_out(row_0=what)
    before = said(session)
    again = bringing(text_of(row)).name(source="theirs").draft
    assert again.counts["unchanged"] == 1
    assert said(session) == before


def test_a_rule_decides_all_of_its_kind(bringing, session, club):
    rows = [LOOKS_ALIKE, LOOKS_ALIKE | {"id": "3"}]
    brought = bringing(text_of(*rows)).name(source="theirs")
    doubts = brought.draft.said["doubts"]
    assert doubts == {ALIKE: 1, LINE: 1}
    brought.decide(rule_alike=CREATE, rule_line=CREATE)
    assert "2 organisations or ties are made" in brought.look()
    assert brought.carry_out().counts["new"] == 2


def test_a_decision_stays_when_another_page_is_decided(bringing, club):
    brought = bringing(text_of(LOOKS_ALIKE)).name(source="theirs")
    brought.decide(row_0=UPDATE).decide(rule_alike=CREATE)
    assert brought.draft.decisions["rows"] == {"0": [UPDATE, club.id, ALIKE]}


def test_what_was_decided_is_taken_back_with_the_import(bringing, staff, session, club):
    draft = bringing(text_of(SAYS_ELSE)).name(source="theirs").carry_out(row_0=UPDATE)
    staff.send(f"/interchange/imports/{draft.import_id}/undo")
    assert said(session) == [("Leeds Web Club", "Ours")]
