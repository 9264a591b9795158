"""A text is read in several ways, likeliest first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.places.reading import Reading, clipped, loose_readings, point, readings


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("53.8,-1.55", (53.8, -1.55)),
        ("53.8 -1.55", (53.8, -1.55)),
        ("53.8° N, 1.55° W", (53.8, -1.55)),
        ("33.9S 18.4E", (-33.9, 18.4)),
        ("53,8; \N{MINUS SIGN}1,55", (53.8, -1.55)),
        ("geo:53.8,-1.55", (53.8, -1.55)),
        ("0.0,180.0", (0, 180)),
    ],
)
def test_coordinates_are_recognised(text, at):
    assert point(text) == at


@pytest.mark.parametrize("text", ["91.0,0.0", "0.0,181.0", "53", "10 20", "Leeds 53.8,-1.55", "1.2.3,4", ""])
def test_what_is_no_point_on_earth_is_no_point(text):
    assert point(text) is None


def test_a_comma_says_where_the_name_lies():
    assert readings("Oakland, CA")[1] == Reading("oakland", ("ca",))


def test_without_a_comma_the_last_words_may_say_it():
    assert Reading("paris", ("texas",)) in readings("Paris Texas")
    assert Reading("leeds", ("united kingdom",)) in readings("Leeds United Kingdom")


def test_postal_codes_are_no_part_of_a_name():
    assert Reading("paris") in readings("75011 Paris")
    assert Reading("leeds") in readings("Leeds LS1 4AP")


@pytest.mark.parametrize(
    "text",
    [
        "LS1 near Leeds",
        "bei Leeds",
        "près de Leeds",
        "cerca de Leeds",
        "perto de Leeds",
        "Leeds near me",
        "a club in Leeds",
    ],
)
def test_words_around_a_name_can_be_left_out(text):
    assert Reading("leeds", part=True) in loose_readings(text)


@given(st.text())
def test_any_text_can_be_read(text):
    text = clipped(text)
    text.encode("utf-8")
    assert all(reading.name for reading in (*readings(text), *loose_readings(text)))


@given(st.text(min_size=1))
def test_a_long_text_has_few_readings(text):
    text = clipped(text * 5000)
    assert len(readings(text)) + len(loose_readings(text)) < 500
