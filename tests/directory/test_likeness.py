"""What a text is probably about that names no concept."""

import numpy as np
import pytest

from network.directory.learning import Learnt, told
from network.directory.likeness import Likely, Likeness
from network.directory.thesaurus import shipped
from network.matching.understanding import understand

OURS = shipped()
BREAD, MUSIC = 7, 9
IDS = {"bread": BREAD, "music": MUSIC}
LABELS = (
    ("bread baking", "en", "bread"),
    ("sourdough oven", "en", "bread"),
    ("pain au levain", "fr", "bread"),
    ("singing in a choir", "en", "music"),
    ("song book", "en", "music"),
    ("chanter en chœur", "fr", "music"),
)


def told_of(words: str, language: str = "en", among: tuple[int, ...] = (BREAD, MUSIC)) -> list[Likely]:
    learnt = Likeness(Learnt.of(LABELS), IDS)
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
    learnt = Likeness(Learnt.of(()), IDS)
    assert learnt.meanings(learnt.points(["bread"], "en"), {BREAD: 1.0}) == {}


def test_what_alone_was_learnt_is_meant() -> None:
    learnt = Likeness(Learnt.of(LABELS[:2]), IDS)
    everything = np.ones(1, bool)
    assert learnt.meanings(learnt.points(["bread"], "en"), {}, everything) == {BREAD: 1.0}


def test_of_what_was_learnt_only_concepts_that_are_there_are_told() -> None:
    learnt = Likeness(Learnt.of(LABELS), {"music": MUSIC, "games": 3})
    points = learnt.points(["bread", "song"], "en")
    assert learnt.of(points, np.ones(1, bool)) == [[Likely(MUSIC, 1.0)]]
    assert learnt.meanings(points, {}, np.ones(1, bool)) == {MUSIC: 1.0}


def test_what_two_slugs_taught_speaks_for_the_concept_that_they_became() -> None:
    learnt = Learnt.of((*LABELS, ("rolling dice", "en", "games"), ("cards on the table", "en", "games")))
    apart, joined = Likeness(learnt, IDS | {"games": 11}), Likeness(learnt, IDS | {"games": MUSIC})
    words = ["dice", "book", "bread"]
    every = [dict(one.of(one.points(words, "en"), np.ones(len(one.ids), bool))[0]) for one in (apart, joined)]
    assert every[1][MUSIC] == pytest.approx(every[0][MUSIC] + every[0][11])
    assert every[1][BREAD] == pytest.approx(every[0][BREAD])


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
