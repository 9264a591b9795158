"""Names of topics: given, taken away, moved, and which comes first."""

import pytest

from network.directory.thesaurus import load_topics, thesaurus, topics_by_word
from network.topics import labelling
from network.topics.journalling import Doing
from network.topics.labelling import LONGEST, Elsewhere, names
from network.topics.taking_back import take_back
from network.waiting import Refused


def of(session, topic, locale):
    return next(one.labels for one in names(session, topic.id) if one.locale == locale)


def test_a_name_is_understood_at_once_and_in_its_language(session, topic, farida):
    robotics = topic("robotics")
    change = labelling.add(session, robotics, "en", "  tin  friends ", farida.id)
    session.commit()
    assert "tin  friends" in of(session, robotics, "en")
    assert topics_by_word(session)("Tin Friends") == "robotics"
    assert "robotics" in {one.concept.slug for one in thesaurus(session).understand("We look for tin friends", "en")}
    assert change.said["labels"] == [["en", "tin  friends"]]


@pytest.mark.parametrize("typed", ["", "   ", "!!!", "x" * (LONGEST + 1), "tin\u202efriends"])
def test_what_can_be_no_name_is_refused(session, topic, farida, typed):
    with pytest.raises(Refused):
        labelling.add(session, topic("robotics"), "en", typed, farida.id)


def test_an_unknown_language_is_refused(session, topic, farida):
    with pytest.raises(Refused):
        labelling.add(session, topic("robotics"), "tlh", "Qapla", farida.id)


def test_a_name_that_it_has_is_refused_and_one_of_another_says_where_it_stands(session, topic, farida):
    robotics, label = topic("robotics"), of(session, topic("coding"), "en")[0]
    with pytest.raises(Refused):
        labelling.add(session, robotics, "en", of(session, robotics, "en")[-1].upper(), farida.id)
    with pytest.raises(Elsewhere) as elsewhere:
        labelling.add(session, robotics, "en", label.upper(), farida.id)
    assert elsewhere.value.topic.slug == "coding"


def test_a_name_moves_to_another_topic_and_back(session, topic, farida, everything):
    robotics, coding = topic("robotics"), topic("coding")
    before = everything()
    for label in (of(session, coding, "en")[1], of(session, coding, "en")[-1]):  # a stored one, and one of the files
        change = labelling.add(session, robotics, "en", label, farida.id, move=True)
        session.commit()
        assert label in of(session, robotics, "en")
        assert label not in of(session, coding, "en")
        assert load_topics(session) == 0
        assert topics_by_word(session)(label) == "robotics"
        assert take_back(session, change, farida.id) == 0
        session.commit()
        assert everything() == before


def test_a_name_that_was_taken_away_stays_away_when_topics_are_loaded_again(session, topic, farida):
    robotics = topic("robotics")
    for label in (of(session, robotics, "en")[0], of(session, robotics, "de")[-1]):
        locale = "en" if label in of(session, robotics, "en") else "de"
        labelling.remove(session, robotics, locale, label, farida.id)
        session.commit()
        assert load_topics(session) == 0
        assert label not in of(session, robotics, locale)
        assert label.casefold() not in thesaurus(session).labelled(locale)


def test_the_last_name_stays(session, topic, farida, monkeypatch):
    robotics = topic("robotics")
    every = [(one.locale, label) for one in names(session, robotics.id) for label in one.labels]
    doing = Doing(session, robotics, farida.id)
    for number, (locale, label) in enumerate(every[:-2]):  # at once: each by itself would learn what is left anew
        if number == len(every) - 4:
            monkeypatch.setattr("network.directory.thesaurus.CHECKED_EVERY", 0)  # as on a slow machine
        labelling.take(doing, robotics.id, locale, label)
    doing.done("unnamed", {"labels": every[:-2]}, [robotics.id], set())
    labelling.remove(session, robotics, *every[-2], farida.id)
    assert [label for one in names(session, robotics.id) for label in one.labels] == [every[-1][1]]
    with pytest.raises(Refused):
        labelling.remove(session, robotics, *every[-1], farida.id)


def test_which_name_comes_first_survives_loading(session, topic, farida, everything):
    robotics = topic("robotics")
    before = everything()
    for label in (of(session, robotics, "fr")[2], of(session, robotics, "fr")[-1]):
        change = labelling.prefer(session, robotics, "fr", label, farida.id)
        session.commit()
        assert of(session, robotics, "fr")[0] == label
        assert thesaurus(session).label(robotics.id, "fr") == label
        assert load_topics(session) == 0
        assert of(session, robotics, "fr")[0] == label
        take_back(session, change, farida.id)
        session.commit()
        assert everything() == before
    assert load_topics(session) == 0
