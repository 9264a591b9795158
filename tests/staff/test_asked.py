"""What an address asks of the queue."""

from datetime import datetime

import pytest

from network.staff.asked import Asked, Mark

KINDS = ("claim", "mail")
HERE = Mark(datetime(2026, 11, 21, 9, 30), "claim", 7)


def test_a_mark_reads_back_what_it_says():
    assert Mark.read(str(HERE)) == HERE


@pytest.mark.parametrize("text", ["", "claim-7", "20261121T093000-claim-", "20261341T093000-claim-7", "x" * 300])
def test_what_is_no_mark_counts_as_none(text):
    assert Mark.read(text) is None


@pytest.mark.parametrize(
    "wrong", ["kind=cake", "owner=all", "network=-1", "later=yes", "after=x", "owner=1" + "0" * 12]
)
def test_what_is_not_known_counts_as_not_asked_for(wrong):
    name, _equals, value = wrong.partition("=")
    assert Asked.parse({name: value}, KINDS) == Asked()


def test_the_address_says_what_is_asked():
    asked = Asked("claim", "me", "12", True, HERE)
    query = dict(pair.split("=") for pair in asked.address("").removeprefix("?").split("&"))
    assert Asked.parse(query, KINDS) == asked


def test_another_question_begins_at_the_first_card():
    assert Asked("claim", after=HERE).address("/q", kind="mail") == "/q?kind=mail"
    assert Asked("claim", after=HERE).address("/q", after=HERE) == f"/q?kind=claim&after={HERE}"
