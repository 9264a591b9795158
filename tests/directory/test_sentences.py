"""What small words say, and which phrases are left for the curators of the topics."""

import pytest

from network.directory.sentences import not_understood
from network.directory.small_words import language_of, phrases
from network.directory.thesaurus import shipped

OURS = shipped()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("We look for a kiln for our skittles crew", ["kiln", "skittles crew"]),
        ("Tardigrades galore", ["Tardigrades galore"]),
        ("A legal home for our bank account in Leeds", []),
        ("Wir suchen einen Brennofen für unsere Kegelbrüder", ["Brennofen", "Kegelbrüder"]),
        ("Ofrecemos talleres de robótica y un horno de leña", ["horno", "leña"]),
        ("We offer training, funding and a venue", []),
        ("", []),
    ],
)
def test_phrases_that_no_concept_covers_are_left_for_the_curators(text: str, left: list[str]) -> None:
    assert not_understood(OURS, text) == left


def test_no_text_sends_more_than_a_few_phrases() -> None:
    assert len(not_understood(OURS, "kilns, looms, anvils, lathes, bellows")) == 3


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("We look for a room", "en"),
        ("Buscamos un local para nuestros talleres", "es"),
        ("Nous cherchons une salle pour nos ateliers", "fr"),
        ("Procuramos um espaço para as nossas oficinas", "pt"),
        ("Wir suchen einen Raum für unsere Werkstatt", "de"),
        ("نحن نبحث عن مقر في المدينة", "ar"),
        ("Xyzzy", "fr"),
    ],
)
def test_function_words_tell_the_language(text: str, language: str) -> None:
    assert language_of(text, "fr") == language


def test_every_use_of_small_words_is_known_in_every_language() -> None:
    for use in ("function", "not", "for", "offering", "seeking"):
        assert set(phrases(use)) == {"en", "es", "fr", "pt", "de", "ar"}
