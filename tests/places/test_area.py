"""The area that an organisation serves is read leniently and written in one way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.places.area import Area


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("50 km; GB; US.CA; world", "50 km; GB; US.CA; world"),
        ("", ""),
        ("within 30 miles", "48 km"),
        ("Germany; Österreich", "DE; AT"),
        ("gb.eng", "GB.ENG"),
        ("worldwide", "world"),
        ("GB; United Kingdom", "GB"),
        ("10 km; 25 km", "25 km"),
    ],
)
def test_an_area_has_one_written_form(text, written):
    assert str(Area.parse(text)) == written


def test_tokens_say_where_but_not_how_far():
    assert Area.parse("50 km; GB; US.CA; world").tokens == ("GB", "US.CA", "world")


def test_what_cannot_be_read_is_told_and_left_out():
    area = Area.parse("GB; the moon; ZZ.1")
    assert (str(area), area.unknown) == ("GB", ("the moon", "ZZ.1"))


def test_a_country_covers_its_regions_but_a_region_not_its_country():
    assert Area.parse("US").covers("US", "US.CA")
    assert Area.parse("US.CA").covers("US", "US.CA")
    assert not Area.parse("US.CA").covers("US")
    assert not Area.parse("US.CA").covers("US", "US.NV")
    assert not Area.parse("50 km").covers("GB", "")
    assert Area.parse("world").covers("GB")


@given(st.text())
def test_reading_what_was_written_changes_nothing(text):
    area = Area.parse(text)
    again = Area.parse(str(area))
    assert (again.kilometres, again.tokens) == (area.kilometres, area.tokens)
