"""Every process follows what is done to the topics at once: words, search, matches; and large changes by ticks."""

import pytest
from sqlalchemy import select

from network import create_app
from network.directory.filter import Filter
from network.directory.search import search
from network.directory.thesaurus import thesaurus, topics_by_word
from network.extensions import db
from network.matching.matcher import matcher
from network.topics import concerned, joining, labelling
from network.topics.models import TopicChange
from network.topics.taking_back import take_back, tick


@pytest.fixture
def other(database_url, app, session):
    """A function that asks something in another process: an application of its own, that remembers for itself."""
    session.commit()
    second = create_app({"TESTING": True, "DATABASE_URL": database_url, "LOG_LEVEL": "WARNING"})

    def ask(question):
        session.commit()
        with second.app_context():
            try:
                return question(db.session())
            finally:
                db.session.remove()

    yield ask
    with second.app_context():
        db.engine.dispose()


def named(word):
    return lambda session: topics_by_word(session)(word)


def found(**asked):
    return lambda session: {hit.id for hit in search(session, Filter(**asked)).answer.hits}


def topics_of(id):
    def of(session):
        with matcher().following(session) as index:
            assert id in index.rows.row_of
        return {topic for item in matcher().profile(session, id).items for topic in item.topics}

    return of


def test_another_process_knows_a_name_at_once_and_forgets_it_at_once(session, topic, farida, lab, other):
    assert other(named("tin friends")) is None
    assert other(found(q="tin friends")) == set()
    change = labelling.add(session, topic("robotics"), "en", "tin friends", farida.id)
    assert other(named("tin friends")) == "robotics"
    assert other(found(q="tin friends")) == {lab.id}
    take_back(session, change, farida.id)
    assert other(named("tin friends")) is None
    assert other(found(q="tin friends")) == set()


def test_another_process_follows_an_order_of_names(session, topic, farida, other):
    robotics = topic("robotics")
    id = robotics.id
    assert other(lambda session: thesaurus(session).label(id, "en")) == "robotics"
    labelling.prefer(session, robotics, "en", "drones", farida.id)
    assert other(lambda session: thesaurus(session).label(id, "en")) == "drones"


def test_another_process_follows_a_merge_in_search_and_matches(session, topic, farida, lab, other):
    robotics, coding = topic("robotics").id, topic("coding").id
    assert robotics in other(topics_of(lab.id))
    joining.merge(session, topic("robotics"), topic("coding"), farida.id)
    assert robotics not in other(topics_of(lab.id))
    assert coding in other(topics_of(lab.id))
    assert other(found(topic=("robotics",))) == {lab.id}


def test_what_a_large_change_leaves_is_written_by_ticks(session, topic, farida, lab, hill, other, monkeypatch):
    monkeypatch.setattr(concerned, "AT_ONCE", 1)
    change = joining.merge(session, topic("robotics"), topic("coding"), farida.id)
    session.commit()
    assert len(change.behind) == 1
    assert "1 batches" in tick(session)
    session.commit()
    assert session.scalars(select(TopicChange.behind)).one() is None
    assert topic("robotics").id not in other(topics_of(lab.id))
