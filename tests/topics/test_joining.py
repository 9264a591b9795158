"""Merging topics, and everything as it was when that is taken back."""

from itertools import permutations

import pytest
from sqlalchemy import select

from network.clock import now
from network.directory.filter import Filter
from network.directory.models import Listing, OrganizationTopic, Topic
from network.directory.search import search
from network.directory.thesaurus import load_topics, thesaurus, topics_by_word
from network.history.models import Edit
from network.matching.matcher import matcher
from network.topics import joining, labelling, placing
from network.topics.models import TopicChange
from network.topics.taking_back import WINDOW, take_back
from network.waiting import Refused


def found(session, slug):
    return {hit.id for hit in search(session, Filter(topic=(slug,))).answer.hits}


def test_merging_moves_everything_and_taking_it_back_restores_every_row(session, topic, farida, lab, hill, everything):
    robotics, coding = topic("robotics"), topic("coding")
    placing.new(session, "en", "Robot ballet", "topic", robotics, farida.id)
    before = everything()
    change = joining.merge(session, robotics, coding, farida.id)
    session.commit()
    assert [one.slug for one in lab.topics] == ["coding"]
    assert [one.slug for one in hill.topics] == ["coding"]
    assert [one.slug for one in lab.listings[0].topics] == ["coding"]
    assert topic("robot-ballet").broader_id == coding.id
    assert topics_by_word(session)("robotics") == "coding"
    assert found(session, "robotics") == found(session, "coding") == {lab.id, hill.id}
    assert {one.concept.slug for one in thesaurus(session).understand("Robotik", "de")} == {"coding"}
    assert load_topics(session) == 0
    assert take_back(session, change, farida.id) == 0
    session.commit()
    assert everything() == before
    assert found(session, "robotics") == {lab.id, hill.id}
    assert topics_by_word(session)("robotics") == "robotics"
    assert load_topics(session) == 0


@pytest.mark.parametrize("pair", list(permutations(("robotics", "coding", "stem"), 2)))
def test_any_two_topics_can_be_one_and_two_again(session, topic, farida, lab, hill, everything, pair):
    before = everything()
    goes, into = map(topic, pair)
    change = joining.merge(session, goes, into, farida.id)
    session.commit()
    assert load_topics(session) == 0
    assert take_back(session, change, farida.id) == 0
    session.commit()
    assert everything() == before


def test_what_was_changed_since_is_not_overwritten(session, topic, farida, lab, hill):
    change = joining.merge(session, topic("robotics"), topic("coding"), farida.id)
    session.commit()
    lab.topics = []
    session.commit()
    assert take_back(session, change, farida.id) == 1
    session.commit()
    assert lab.topics == []
    assert {one.slug for one in hill.topics} == {"robotics", "coding"}


def test_a_topic_under_the_one_that_goes_takes_its_place(session, topic, farida):
    climate, arts = topic("climate"), topic("arts")
    placing.put_under(session, arts, climate, farida.id)
    above = climate.broader_id
    joining.merge(session, climate, arts, farida.id)
    assert topic("arts").broader_id == above


def test_kinds_of_help_and_topics_are_never_one(session, topic, farida):
    help = session.scalars(select(Topic).where(Topic.facet == "kind")).first()
    for other in (help, topic("robotics")):
        with pytest.raises(Refused):
            joining.merge(session, topic("robotics"), other, farida.id)


def test_a_chain_of_merges_leads_to_the_last_and_is_taken_back_from_the_end(session, topic, farida, lab, everything):
    before = everything()
    first = joining.merge(session, topic("robotics"), topic("coding"), farida.id)
    second = joining.merge(session, topic("coding"), topic("making"), farida.id)
    session.commit()
    assert thesaurus(session).by_slug["robotics"].slug == "making"
    with pytest.raises(Refused):
        take_back(session, first, farida.id)
    assert take_back(session, second, farida.id) == take_back(session, first, farida.id) == 0
    session.commit()
    assert everything() == before


def test_after_thirty_days_a_merge_stays(session, topic, farida):
    change = joining.merge(session, topic("robotics"), topic("coding"), farida.id)
    change.at = now() - WINDOW * 1.1
    session.commit()
    with pytest.raises(Refused):
        take_back(session, change, farida.id)


def test_whoever_writes_the_old_topic_later_gets_the_new_one(session, topic, farida, lab, hill):
    robotics, coding = topic("robotics"), topic("coding")
    joining.merge(session, robotics, coding, farida.id)
    session.commit()
    lab.topics = [robotics]  # as when a change is taken back, or a list's
    session.commit()
    rows = session.execute(select(OrganizationTopic.topic_id).where(OrganizationTopic.organization_id == lab.id))
    assert [row[0] for row in rows] == [coding.id]


def test_the_history_of_those_that_use_it_tells_of_it_without_words_of_persons(session, topic, farida, lab, client):
    joining.merge(session, topic("robotics"), topic("coding"), farida.id)
    session.commit()
    edits = session.scalars(select(Edit).where(Edit.action == joining.SORTED)).all()
    assert [(one.organization_id, one.values) for one in edits] == [(lab.id, [])]
    assert session.scalars(select(TopicChange)).one().said.keys() == {"goes", "into", "topics"}


def test_the_matcher_follows_a_merge(session, topic, farida, organization, lab):
    seeker = organization("Quay School", slug="quay", category="member")
    seeker.listings = [Listing(side="seek", title="Somebody who lends us a robot arm", state="open", kind="software")]
    session.commit()
    with matcher().following(session):
        epoch = matcher().epoch
    joining.merge(session, topic("robotics"), topic("coding"), farida.id)
    session.commit()
    with matcher().following(session) as index:
        assert matcher().epoch != epoch
        named = {topic for item in matcher().profile(session, lab.id).items for topic in item.topics}
        assert topic("robotics").id not in named
        assert len(index.rows) >= 2
    labelling.names(session, topic("coding").id)
