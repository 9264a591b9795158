"""Words that no topic covers: one card for all who use them, decided once, and taken back."""

import pytest
from sqlalchemy import select

from network.directory.models import Task
from network.hats import Hat, Identity, Worn
from network.matching.looking import Desk
from network.staff import deciding, queue
from network.staff.asked import Asked
from network.topics.models import TopicWord
from network.waiting import By, Refused


@pytest.fixture
def desk(farida, app):
    worn = Worn(Hat.STAFF)
    with app.test_request_context():
        yield Desk(worn, None), Identity(farida.id, (worn,), True)


def cards(session, desk):
    return list(queue.page(session, desk[0], Asked(kind="word"), None).cards)


def decide(session, desk, act, *chosen):
    row = cards(session, desk)[0].row
    made = deciding.decide(session, desk[1], desk[0], row, act, By(desk[1].person_id, "", chosen))
    session.commit()
    return made


def test_a_word_is_one_card_for_all_who_use_it(session, desk, lab, hill, unknown):
    unknown(lab, "Repair Cafés", "basketry")
    unknown(hill, "repair cafes")
    first, second = cards(session, desk)
    assert (first.said.title, first.said.notes) == ("“Repair Cafés”", ("Harbour Lab, Hill Club",))
    assert "2 organisations" in first.said.sentence
    assert second.said.title == "“basketry”"


def test_a_word_becomes_a_name_and_those_who_used_it_have_the_topic(
    session, desk, topic, lab, hill, unknown, everything
):
    unknown(lab, "tin friends", "basketry")
    unknown(hill, "Tin Friends")
    before = everything()
    made = decide(session, desk, "name", "topic=climate", "locale=en", "apply=1")
    assert "climate" in {one.slug for one in lab.topics} & {one.slug for one in hill.topics}
    assert [card.said.title for card in cards(session, desk)] == ["“basketry”"]
    about_words = select(Task.organization_id, Task.done_at).where(Task.key == "topic:unknown")
    done = dict(session.execute(about_words).all())
    assert done[lab.id] is None
    assert done[hill.id] is not None
    deciding.take_back(session, desk[1], desk[0], made)
    session.commit()
    now = everything()
    assert {name: rows for name, rows in now.items() if name != "decision"} == {
        name: rows for name, rows in before.items() if name != "decision"
    }
    assert len(cards(session, desk)) == 2


def test_a_word_becomes_a_topic(session, desk, topic, lab, unknown):
    unknown(lab, "Underwater basketry")
    made = decide(session, desk, "make", "locale=en", "facet=topic", "apply=1")
    assert "underwater-basketry" in {one.slug for one in lab.topics}
    deciding.take_back(session, desk[1], desk[0], made)
    session.commit()
    assert "underwater-basketry" not in {one.slug for one in lab.topics}


def test_a_word_that_means_nothing_is_not_asked_about_again(session, desk, lab, hill, unknown):
    unknown(lab, "etc")
    made = decide(session, desk, "nothing")
    unknown(hill, "ETC")
    assert cards(session, desk) == []
    deciding.take_back(session, desk[1], desk[0], made)
    session.commit()
    assert session.scalars(select(TopicWord)).one().used == 2
    assert len(cards(session, desk)) == 1


def test_a_word_that_is_a_name_elsewhere_says_so(session, desk, topic, lab, unknown):
    unknown(lab, "coding")
    with pytest.raises(Refused, match="coding"):
        decide(session, desk, "name", "topic=climate", "locale=en")
    with pytest.raises(Refused):
        decide(session, desk, "name")


def test_a_task_that_is_done_otherwise_takes_its_card_along(session, desk, lab, unknown):
    task = unknown(lab, "basketry")
    session.delete(task)
    lab.summary = "Baskets."
    session.commit()
    assert cards(session, desk) == []
