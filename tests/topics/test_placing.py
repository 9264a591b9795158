"""Where topics stand: under broader ones, in no circle, and new ones."""

import pytest
from sqlalchemy import select

from network.directory.models import Topic
from network.directory.thesaurus import load_topics, thesaurus
from network.topics import placing
from network.topics.labelling import Elsewhere
from network.topics.taking_back import take_back
from network.waiting import Refused


def test_a_topic_is_put_under_another_and_loading_leaves_it_there(session, topic, farida, everything):
    before, robotics = everything(), topic("robotics")
    change = placing.put_under(session, robotics, topic("climate"), farida.id)
    session.commit()
    assert load_topics(session) == 0
    assert topic("robotics").broader_id == topic("climate").id
    take_back(session, change, farida.id)
    session.commit()
    assert everything() == before


def test_a_circle_is_refused_however_long(session, topic, farida):
    robotics, coding, climate = topic("robotics"), topic("coding"), topic("climate")
    placing.put_under(session, robotics, None, farida.id) if robotics.broader_id else None
    placing.put_under(session, coding, robotics, farida.id)
    placing.put_under(session, climate, coding, farida.id)
    for below in (robotics, coding, climate):
        with pytest.raises(Refused):
            placing.put_under(session, robotics, below, farida.id)


def test_a_topic_stands_only_under_one_of_the_same_kind(session, topic, farida):
    audience = session.scalars(select(Topic).where(Topic.facet == "audience")).first()
    with pytest.raises(Refused):
        placing.put_under(session, topic("robotics"), audience, farida.id)


def test_a_new_topic_is_made_and_taken_back(session, topic, farida, everything):
    before = everything()
    change = placing.new(session, "en", "Underwater basketry", "topic", topic("arts"), farida.id)
    session.commit()
    made = thesaurus(session).by_slug["underwater-basketry"]
    assert (made.facet, made.broader) == ("topic", topic("arts").id)
    take_back(session, change, farida.id)
    session.commit()
    assert "underwater-basketry" not in thesaurus(session).by_slug
    assert everything() == before


def test_a_new_topic_that_is_used_by_now_stays_when_it_is_taken_back(session, topic, farida, lab):
    change = placing.new(session, "en", "Underwater basketry", "topic", None, farida.id)
    session.commit()
    lab.topics = [*lab.topics, topic("underwater-basketry")]
    session.commit()
    assert take_back(session, change, farida.id) == 1
    assert topic("underwater-basketry") in lab.topics


def test_a_new_topic_needs_a_name_that_is_free_and_a_kind_if_it_is_help(session, farida):
    with pytest.raises(Elsewhere):
        placing.new(session, "en", "robotics", "topic", None, farida.id)
    for facet, kind in (("", ""), ("kind", ""), ("kind", "magic")):
        with pytest.raises(Refused):
            placing.new(session, "en", "Underwater basketry", facet, None, farida.id, kind)
