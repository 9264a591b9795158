"""Countries are known by code and by name, in every language of the pages."""

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from network.places.countries import NAMED_IN, codes, country_code, country_name, language_name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("GB", "GB"),
        ("gbr", "GB"),
        ("UK", "GB"),
        ("U.K.", "GB"),
        ("Royaume-Uni", "GB"),
        ("USA", "US"),
        ("Etats-Unis", "US"),
        ("Estados Unidos", "US"),
        ("United States of America", "US"),
        ("Holland", "NL"),
        ("the Netherlands", "NL"),
        ("deutschland", "DE"),
        ("Alemania", "DE"),
        ("Côte d'Ivoire", "CI"),
        ("ivory coast", "CI"),
        ("Kosovo", "XK"),
        ("DR Congo", "CD"),
        ("الأردن", "JO"),
        ("ben", "BJ"),
        ("bw", "BW"),
    ],
)
def test_a_country_is_known_by_code_name_and_synonym(text, code):
    assert country_code(text) == code


@pytest.mark.parametrize("text", ["", "Atlantis", "EU", "ZZ", "x" * 10_000, "\x00"])
def test_what_is_no_country_has_no_code(text):
    assert country_code(text) is None


@pytest.mark.parametrize("locale", NAMED_IN)
def test_every_country_is_found_by_its_name_in_every_language_of_the_pages(locale):
    named = Locale.parse(locale).territories
    assert [code for code in codes() if code in named and country_code(named[code]) != code] == []


def test_names_are_said_in_the_readers_language():
    assert country_name("DE", "fr") == "Allemagne"
    assert country_name("de", "en_GB") == "Germany"
    assert language_name("pt-BR", "en") == "Portuguese (Brazil)"
    assert language_name("de", "es") == "alemán"


def test_what_nobody_knows_is_said_as_it_is():
    assert country_name("Q1", "en") == "Q1"
    assert language_name("xx-unknown", "en") == "xx-unknown"
    assert country_name("DE", "no such locale") == "Germany"


@given(st.text(), st.text())
def test_no_text_is_too_odd_to_ask_for(text, locale):
    country_code(text)
    assert isinstance(country_name(text, locale), str)
    assert isinstance(language_name(text, locale), str)
