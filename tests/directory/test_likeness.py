"""What a text is probably about that names no concept."""

import numpy as np
import pytest

from network.directory.likeness import Likely, Likeness, told
from network.directory.thesaurus import shipped
from network.matching.understanding import understand

OURS = shipped()
BREAD, MUSIC = 7, 9
LABELS = (
    ("bread baking", "en", BREAD),
    ("sourdough oven", "en", BREAD),
    ("pain au levain", "fr", BREAD),
    ("singing in a choir", "en", MUSIC),
    ("song book", "en", MUSIC),
    ("chanter en chœur", "fr", MUSIC),
)


def told_of(words: str, language: str = "en", among: tuple[int, ...] = (BREAD, MUSIC)) -> list[Likely]:
    learnt = Likeness(LABELS)
    return learnt.of(learnt.points(words.split(), language), np.isin(learnt.ids, among))[0]


@pytest.mark.parametrize(
    ("words", "language", "meant"),
    [
        ("we bake our bread", "en", BREAD),
        ("songs and singers", "en", MUSIC),
        ("un four à pain", "fr", BREAD),
        ("chorale", "es", MUSIC),  # letters tell across languages
    ],
)
def test_the_words_and_letters_of_labels_tell(words: str, language: str, meant: int) -> None:
    found = told_of(words, language)
    assert found[0].concept == meant
    assert 0.5 < found[0].probability <= 1


def test_probabilities_add_up_to_one_and_come_in_order() -> None:
    found = told_of("a choir that bakes bread")
    assert sum(one.probability for one in found) == pytest.approx(1)
    assert found == sorted(found, key=lambda one: -one.probability)


def test_only_what_was_asked_about_is_told() -> None:
    assert [one.concept for one in told_of("bread", among=(MUSIC,))] == [MUSIC]
    assert told_of("bread", among=()) == []


def test_two_things_in_one_text_are_both_told() -> None:
    both = told_of("sourdough bread baking oven choir")
    assert {one.concept for one in both} == {BREAD, MUSIC}
    assert both[1].probability > 0.05


@pytest.mark.parametrize("words", ["", "qqqq", "xyzzyqua"])
def test_of_words_that_no_label_knows_nothing_is_said(words: str) -> None:
    assert told_of(words) == []


def test_where_nothing_was_learnt_nothing_is_meant() -> None:
    learnt = Likeness(())
    assert learnt.meanings(learnt.points(["bread"], "en"), {BREAD: 1.0}) == {}


def test_what_alone_was_learnt_is_meant() -> None:
    learnt = Likeness(LABELS[:2])
    everything = np.ones(1, bool)
    assert learnt.meanings(learnt.points(["bread"], "en"), {}, everything) == {BREAD: 1.0}


def test_small_words_say_nothing_unless_they_are_all() -> None:
    assert told(["the", "bread"], "en") == ["bread"]
    assert told(["the"], "en") == ["the"]


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("نحتاج من يمسك دفاترنا", "accounting"),
        ("Somebody who keeps the books straight for us", "accounting"),
    ],
)
def test_a_sentence_in_other_words_is_understood_too(title: str, slug: str) -> None:
    meant = understand(OURS, title, offer=False)
    assert OURS.concepts[meant.kinds[0][0]].slug == slug


def test_what_is_excluded_is_not_guessed_at() -> None:
    meant = understand(OURS, "We don't need money", offer=False)
    assert "funding" not in {OURS.concepts[id].slug for id, _weight in meant.kinds}


def test_a_kind_that_was_chosen_keeps_the_guess_within_it() -> None:
    meant = understand(OURS, "Keeping things straight", offer=False, kind="translation")
    assert {OURS.concepts[id].kind for id, _weight in meant.kinds} == {"translation"}
