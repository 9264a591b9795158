"""Measures as sentences."""

import pytest

from network.maps.measures import Bridge, Loss
from network.maps.measuring_words import alone_words, bridge_words, loss_words, ties_words

NAMES = {1: "Harbour Lab", 2: "Two Rivers", **{id: f"Club {id}" for id in range(3, 20)}}
GROUPS = {"a": "Northern Tents", "b": "Open Libraries", "c": "Makers", "d": "Schools"}


@pytest.fixture(autouse=True)
def _speaking(app):
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("pieces", "said"),
    [
        ((1,), "If Harbour Lab left, 1 organisation would lose every tie to the rest."),
        ((1, 1, 1), "If Harbour Lab left, 3 organisations would lose every tie to the rest."),
        (
            (7,),
            "If Harbour Lab left, 7 organisations would lose every tie to the rest. "
            "They would stay tied among themselves.",
        ),
        (
            (4, 2, 1),
            "If Harbour Lab left, 7 organisations would lose every tie to the rest. "
            "They would fall into pieces, the largest of 4 organisations.",
        ),
    ],
)
def test_a_loss_says_who_would_be_cut_off(pieces, said):
    assert loss_words(Loss(1, pieces), NAMES) == said


def test_a_bridge_says_how_much_leads_through_it_and_what_it_joins():
    assert bridge_words(Bridge(1, 0.4286, ("a",)), NAMES, GROUPS) == (
        "43% of the shortest ways between others lead through Harbour Lab."
    )
    assert bridge_words(Bridge(1, 0.0042, ("a", "b")), NAMES, GROUPS) == (
        "0.4% of the shortest ways between others lead through Harbour Lab. It joins Northern Tents and Open Libraries."
    )
    assert bridge_words(Bridge(1, 0.1, ("a", "b", "c", "d")), NAMES, GROUPS).endswith(
        "It joins 1 more group besides Northern Tents, Open Libraries, and Makers."
    )


def test_those_without_ties_are_named_unless_they_are_many():
    assert alone_words([], NAMES) == "Every organisation has a tie."
    assert alone_words([1], NAMES) == "1 organisation has no ties: Harbour Lab."
    assert alone_words([1, 2], NAMES) == "2 organisations have no ties: Harbour Lab and Two Rivers."
    assert alone_words(range(1, 20), NAMES) == (
        "19 organisations have no ties, among them Harbour Lab, Two Rivers, Club 3, Club 4, and Club 5."
    )


def test_ties_and_reach_are_said_together():
    assert ties_words("Harbour Lab", 0, 0) == "Harbour Lab has no ties."
    assert ties_words("Harbour Lab", 1, 12) == (
        "Harbour Lab is tied to 1 organisation. Within two ties it reaches 12 organisations."
    )
