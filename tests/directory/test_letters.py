"""Which language a text is in when no small word tells."""

import pytest

from network.directory.letters import Letters, by_letters
from network.directory.small_words import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Experienced founders mentor young entrepreneurs", "en"),
        ("Talleres de robótica para niñas", "es"),
        ("Hébergement pour bénévoles étrangers", "fr"),
        ("Digitalização de fotografias antigas", "pt"),
        ("Ehrenamtliche geben Computerkurse", "de"),
        ("متطوعون لتنظيم الفعاليات", "ar"),
    ],
)
def test_letters_tell_the_language_of_a_few_words(text: str, language: str) -> None:
    assert by_letters(text) == language


@pytest.mark.parametrize("text", ["", "  ", "Foto"])
def test_what_is_alike_in_several_languages_is_not_told(text: str) -> None:
    assert Letters.of([("foto", "de"), ("foto", "es")]).language_of(text) == ""


def test_small_words_come_first_then_who_knows_it_then_letters() -> None:
    assert language_of("the niñas") == "en"
    assert language_of("Talleres para niñas", "pt") == "pt"
    assert language_of("Talleres para niñas") == "es"
