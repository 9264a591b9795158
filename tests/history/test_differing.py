"""Differences of texts, word by word."""

import time

import pytest

from network.history.differing import ADDED, LEFT_OUT, REMOVED, SAME, difference


def marked(before: str, after: str) -> str:
    marks = {SAME: "{}", ADDED: "+{}+", REMOVED: "-{}-", LEFT_OUT: "{}"}
    return "".join(marks[piece.what].format(piece.text) for piece in difference(before, after))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("We mend radios.", "We mend radios.", "We mend radios."),
        ("We mend radios.", "We mend bicycles.", "We mend -radios-+bicycles+."),
        ("We mend radios.", "We gladly mend radios.", "We +gladly +mend radios."),
        ("the odd toaster", "a piano", "-the odd toaster-+a piano+"),
        ("", "New words", "+New words+"),
        ("Old words", "", "-Old words-"),
        ("日本 club", "日本 clubs", "日本 -club-+clubs+"),
    ],
)
def test_words_that_were_added_and_taken_away_are_marked(before, after, said):
    assert marked(before, after) == said


def test_both_texts_can_be_read_from_it():
    before, after = "One two three. Four five six.", "One three. Four and a half, six; seven."
    pieces = difference(before, after)
    assert "".join(piece.text for piece in pieces if piece.what != ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.what != REMOVED) == after


def test_what_is_the_same_for_long_is_cut():
    long = "word " * 200
    said = marked(f"Start. {long}", f"End. {long}")
    assert said.startswith("-Start-+End+")
    assert said.endswith("…")
    assert len(said) < 200


def test_long_texts_that_differ_everywhere_take_no_longer_than_a_blink():
    before, after = (" ".join(f"{word}{number}" for number in range(20_000)) for word in ("one", "two"))
    start = time.perf_counter()
    assert [piece.what for piece in difference(before, after)] == [REMOVED, ADDED]
    assert time.perf_counter() - start < 1
