"""The table of rules knows every place where an organisation is named."""

from network.extensions import db
from network.merging.moves import INSIDE, MOVES, better
from network.merging.queries import UNSAID, WORDS
from network.merging.rows import once, pointing


def test_every_column_that_points_to_an_organization_has_its_rule():
    found = {f"{column.table.name}.{column.name}" for column in pointing("organization")}
    assert found - set(MOVES) == set(), "say in network/merging/moves.py what a merge does with these rows"
    assert set(MOVES) - found == set(), "these columns are gone: take their rules from network/merging/moves.py"


def test_of_every_column_of_json_it_is_said_whether_it_names_organizations():
    found = {
        f"{table.name}.{column.name}"
        for table in db.metadata.sorted_tables
        for column in table.columns
        if type(column.type).__name__ == "JSON"
    }
    assert found == set(INSIDE), "say in network/merging/moves.py what a merge does inside of these"


def test_a_table_that_is_told_of_on_the_page_has_a_rule():
    ruled = {name.split(".")[0] for name in MOVES}
    assert set(WORDS) | set(UNSAID) <= ruled


def test_two_rows_of_which_one_would_be_a_pair_with_itself_are_known_from_both_ends():
    for name, move in MOVES.items():
        if move.other:
            table = name.split(".")[0]
            assert MOVES[f"{table}.{move.other}"].other == name.split(".")[1]


def test_the_schema_says_what_no_two_rows_may_share():
    assert ("from_id", "to_id", "type") in once("link", "to_id")
    assert ("map_id", "organization_id") in once("map_place", "organization_id")
    assert ("organization_id",) in once("prospect", "organization_id")
    assert once("edit", "for_id") == ()


def test_of_two_ties_the_one_that_stands_says_more():
    stands, waits = {"confirmed_on": "2026-01-01", "ended_on": None}, {"confirmed_on": None, "ended_on": None}
    ended = {"confirmed_on": "2026-01-01", "ended_on": "2026-02-01"}
    assert better("link", stands, waits)
    assert better("link", stands, ended)
    assert not better("link", waits, stands)
    assert not better("link", stands, stands)
    assert not better("inbox", stands, waits)
