"""A name and its misspellings share a key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.places.spelling import allowed, keys, keys_to_ask, nearest

WRONG = [
    ("leedz", "leeds"),
    ("munchn", "munchen"),
    ("philadelfia", "philadelphia"),
    ("johanesberg", "johannesburg"),
    ("edinborough", "edinburgh"),
    ("mancester", "manchester"),
    ("sheffeild", "sheffield"),
    ("bimringham", "birmingham"),
    ("stratford on avon", "stratford upon avon"),
    ("москвва", "москва"),
]


@pytest.mark.parametrize(("typed", "meant"), WRONG)
def test_a_misspelt_name_is_found_by_its_keys(typed, meant):
    assert keys_to_ask(typed) & keys(meant)
    assert nearest(typed, [meant, "somewhere else"])[0][0] == meant


names = st.text("abcdefgijklmnopqrstuvwxyz", min_size=6, max_size=20)


@given(names, st.integers(0, 19))
def test_any_one_missing_letter_is_forgiven(name, at):
    typed = name[: at % len(name)] + name[at % len(name) + 1 :]
    assert keys_to_ask(typed) & keys(name)


@given(st.text())
def test_short_names_have_to_be_right(text):
    if len(text) < 4:
        assert not keys_to_ask(text)
        assert not keys(text)


def test_longer_names_may_be_more_wrong():
    assert [allowed("x" * length) for length in (4, 6, 7, 9, 10, 30)] == [1, 1, 2, 2, 3, 3]
