"""Splitting a topic: names and users go to a new one, and everything is as it was when that is taken back."""

import pytest

from network.directory.thesaurus import load_topics, thesaurus
from network.topics import parting
from network.topics.labelling import names
from network.topics.taking_back import take_back
from network.waiting import Refused

LABELS = [("en", "robot arm"), ("en", "robotics club"), ("de", "Robotik")]


def test_a_split_moves_names_and_those_who_are_chosen_and_is_taken_back(session, topic, farida, lab, hill, everything):
    robotics, before = topic("robotics"), everything()
    users = parting.users(session, robotics.id, LABELS)
    assert [(one.organization, one.title, one.says) for one in users] == [
        ("Harbour Lab", "A robot arm to borrow", True),
        ("Harbour Lab", "", False),
        ("Hill Club", "", False),
    ]
    change = parting.split(session, robotics, LABELS, {users[0].key}, True, farida.id)
    session.commit()
    assert [one.slug for one in lab.listings[0].topics] == ["coding", "robot-arm"]
    assert [one.slug for one in lab.topics] == ["robotics"]
    made = thesaurus(session).by_slug["robot-arm"]
    assert made.broader == robotics.id
    assert {one.concept.slug for one in thesaurus(session).understand("Robotik", "de")} == {"robot-arm"}
    assert load_topics(session) == 0
    assert "robot arm" not in {label for one in names(session, robotics.id) for label in one.labels}
    assert take_back(session, change, farida.id) == 0
    session.commit()
    assert everything() == before


def test_some_names_must_go_and_some_must_stay(session, topic, farida):
    robotics = topic("robotics")
    every = [(one.locale, label) for one in names(session, robotics.id) for label in one.labels]
    for labels in ([], every):
        with pytest.raises(Refused):
            parting.split(session, robotics, labels, (), False, farida.id)


def test_taking_a_split_back_leaves_what_came_to_use_the_new_topic(session, topic, farida, lab, hill):
    change = parting.split(session, topic("robotics"), LABELS, (), False, farida.id)
    session.commit()
    hill.topics = [topic("robot-arm")]
    session.commit()
    assert take_back(session, change, farida.id) == 1
    session.commit()
    assert [one.slug for one in hill.topics] == ["robot-arm"]
