"""The pages of the topics: staff alone, without script, and what was done shows at once."""

import pytest
from sqlalchemy import select

from network.directory.models import Task, Topic
from network.topics.models import TopicChange, TopicWord

PATH = "/staff/topics"
PAGES = ("", "/new", "/changes", "/robotics", "/robotics/merge", "/robotics/split", "/robotics/name?label=x")


@pytest.mark.parametrize("page", PAGES)
def test_the_topics_are_the_staffs_alone(page, client, person, signed_in, lab):
    assert client.get(PATH + page).status_code in (302, 303, 401, 403)
    assert signed_in(person(admin=lab)).get(PATH + page).status_code == 403


def test_the_tree_is_found_by_any_name_in_any_language(staff, lab):
    page = staff.get(PATH).text
    assert "Topics of work" in page
    assert f'href="{PATH}/robotics"' in page
    assert "1 organisation and 1 offer or need" in page
    found = staff.get(f"{PATH}?q=Mechatronik").text
    assert f'href="{PATH}/robotics"' in found
    assert "also: Mechatronik" in found
    assert f'href="{PATH}/climate"' not in found
    assert "None has that name" in staff.get(f"{PATH}?q=zzzz").text


def test_a_topic_shows_its_names_where_it_stands_and_who_uses_it(staff, lab, hill):
    page = staff.get(f"{PATH}/robotics").text
    for words in (
        "Robotik",
        "روبوتات",
        "Harbour Lab",
        "Hill Club",
        "/organizations/?topic=robotics",
        "2 organisations",
    ):
        assert words in page
    assert staff.get(f"{PATH}/nothing-of-that-name").status_code == 404


def test_a_name_is_shown_with_its_consequences_given_taken_away_and_taken_back(staff, session, lab):
    page = staff.get(f"{PATH}/robotics/name?locale=en&label=tin+friends")
    assert "Whose matches change" in page.text
    answer = staff.send(f"{PATH}/robotics/name?locale=en&label=tin+friends")
    assert answer.location == f"{PATH}/robotics?locale=en#names"
    assert "tin friends" in staff.get(answer.location).text
    assert f'href="{PATH}/robotics"' in staff.get(f"{PATH}?q=tin+friends").text
    change = session.scalars(select(TopicChange)).one()
    assert staff.send(f"{PATH}/changes", f"{PATH}/changes/{change.id}/undo").status_code == 303
    assert "tin friends" not in staff.get(f"{PATH}/robotics?locale=en").text.split("What was changed")[0]


def test_a_name_of_another_topic_says_where_it_stands_and_can_be_taken_from_there(staff, session):
    page = staff.get(f"{PATH}/climate/name?locale=en&label=Robotics")
    assert page.status_code == 422
    assert f'<a href="{PATH}/robotics">' in page.text
    assert "move=1" in page.text
    assert staff.send(f"{PATH}/climate/name?locale=en&label=lego&move=1").status_code == 303
    assert f'href="{PATH}/climate"' in staff.get(f"{PATH}?q=lego").text


@pytest.mark.parametrize("label", ["", "%20", "x" * 121, "robotics"])
def test_what_is_no_name_says_why(staff, label):
    page = staff.get(f"{PATH}/robotics/name?locale=en&label={label}")
    assert page.status_code == 422
    assert 'role="alert"' in page.text


def test_a_circle_is_refused_in_words(staff, session, topic):
    staff.send(f"{PATH}/arts", f"{PATH}/arts/place", broader="climate change")
    session.expire_all()
    above = topic("arts").broader_id
    staff.send(f"{PATH}/climate", f"{PATH}/climate/place", broader="arts")
    if above == topic("climate").id:
        assert topic("climate").broader_id != topic("arts").id
    staff.send(f"{PATH}/climate", f"{PATH}/climate/place", broader="nothing of that name")
    assert "No topic is called" in staff.get(f"{PATH}/climate").text


def test_a_merge_is_shown_done_and_its_old_address_leads_on(staff, session, client, lab, hill):
    assert "No topic is called" in staff.get(f"{PATH}/robotics/merge?into=zzzz").text
    page = staff.get(f"{PATH}/robotics/merge?into=coding").text
    for words in ("2 organisations and 1 offer or need", "What moves", "The other way round", "Robotik"):
        assert words in page
    answer = staff.send(f"{PATH}/robotics/merge?into=coding")
    assert answer.location == f"{PATH}/coding"
    assert "these lead to it, too: robotics" in staff.get(f"{PATH}/coding").text
    moved = staff.get(f"{PATH}/robotics")
    assert (moved.status_code, moved.location) == (301, f"{PATH}/coding")
    found = client.get("/organizations/?topic=robotics").text
    assert "Harbour Lab" in found
    assert "Hill Club" in found


def test_a_split_asks_for_names_then_for_who_goes_along(staff, session, lab, hill, topic):
    assert staff.get(f"{PATH}/robotics/split?step=users").status_code == 422
    page = staff.get(f"{PATH}/robotics/split?name=en:robot+arm").text
    assert "A robot arm to borrow" in page
    assert staff.send(f"{PATH}/robotics/split?name=en:robot+arm").status_code == 303
    assert "robot-arm" in {one.slug for one in lab.listings[0].topics}
    assert {one.slug for one in hill.topics} == {"robotics", "coding"}


def test_a_new_topic_is_made_under_another(staff, session):
    assert staff.send(f"{PATH}/new", label="robotics").status_code == 422
    answer = staff.send(f"{PATH}/new?label=Zorbling&broader=arts", locale="en")
    assert answer.location == f"{PATH}/zorbling"
    assert session.scalars(select(Topic).where(Topic.slug == "zorbling")).one().broader_id


def test_a_word_is_decided_on_its_page_and_taken_back_at_the_desk(staff, session, lab, hill, unknown):
    unknown(lab, "tin friends")
    unknown(hill, "Tin friends")
    word = session.scalars(select(TopicWord)).one()
    assert f"{PATH}/words/{word.id}" in staff.get("/staff/queue?kind=word").text
    here = f"{PATH}/words/{word.id}"
    assert "Harbour Lab" in staff.get(here).text
    assert staff.get(f"{here}?act=name&topic=zzzz").status_code == 422
    page = staff.get(f"{here}?act=name&topic=climate&locale=en&apply=1").text
    assert "Whose matches change" in page
    form = {"act": "name"}
    assert staff.send(f"{here}?act=name&topic=climate&locale=en&apply=1", **form).status_code == 303
    assert "climate" in {one.slug for one in lab.topics}
    assert staff.get(here).status_code == 404
    assert "Made a name of a topic" in staff.get("/staff/decisions").text
    staff.send("/staff/decisions")
    assert "climate" not in {one.slug for one in lab.topics}
    assert staff.get(here).status_code == 200


def test_a_word_becomes_a_topic_or_nothing_on_its_page(staff, session, lab, unknown):
    unknown(lab, "zorbling", "etc")
    first, second = session.scalars(select(TopicWord).order_by(TopicWord.word.desc())).all()
    here = f"{PATH}/words/{first.id}"
    assert staff.send(f"{here}?act=make&facet=topic&locale=en&apply=1", act="make").status_code == 303
    assert "zorbling" in {one.slug for one in lab.topics}
    token = staff.get(f"{PATH}/words/{second.id}").text.split('name="csrf_token" value="')[1].split('"')[0]
    staff.post(f"{PATH}/words/{second.id}", data={"act": "nothing", "csrf_token": token})
    session.expire_all()
    assert session.scalars(select(Task.done_at).where(Task.key == "topic:unknown")).one()


def test_a_representative_suggests_a_topic_in_one_line(person, signed_in, session, lab, staff):
    admin, path = signed_in(person(admin=lab)), "/organizations/lab/edit"
    suggest = f"{path}/topics/suggest"
    admin.send(path, suggest, topic="zorbling")
    assert session.scalars(select(TopicWord)).one().word == "zorbling"
    assert "zorbling" in staff.get("/staff/queue?kind=word").text
    admin.send(path, suggest, topic="Robotik")
    admin.send(path, suggest, topic=" ! ")
    assert len(session.scalars(select(TopicWord)).all()) == 1


def test_who_searches_for_a_new_name_finds_what_it_means(staff, session, lab, client):
    assert "Harbour Lab" not in client.get("/organizations/?q=tin+friends").text
    staff.send(f"{PATH}/robotics/name?locale=en&label=tin+friends")
    assert "Harbour Lab" in client.get("/organizations/?q=tin+friends").text
