"""Many organisations are changed at once: seen before, done whole or not at all, and taken back whole."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from network.clock import now
from network.directory import thesaurus
from network.directory.models import Link, Organization, Topic, TopicLabel
from network.history.models import Edit
from network.matching.models import Prospect
from network.staff import forgetting
from network.staff.models import Decision, DecisionPart
from tests.markup import read
from tests.pages import controls
from tests.profiles.sending import send

PAGE = "/staff/organizations"


@pytest.fixture
def three(organization):
    return [
        organization(f"Workshop {name}", slug=name.lower(), category="member") for name in ("Ash", "Birch", "Cedar")
    ]


@pytest.fixture
def desk(signed_in, farida):
    return signed_in(farida)


@pytest.fixture
def topic(session):
    made = Topic(slug="repair", facet="topic", labels=[TopicLabel(locale="en", label="Repair")])
    session.add(made)
    session.commit()
    thesaurus.forget(session())
    return made


def words(answer):
    return read(answer.text)[0].first(lambda element: element.tag == "main").text


def ids(some):
    return [str(one.id) for one in some]


def look(browser, some=None, path=PAGE, **fields):
    """Ask what a change would do: to some that are ticked, or to all that match."""
    query = path.partition("?")[2]
    which = {"which": "all"} if some is None else {"which": "ticked", "id": ids(some)}
    return send(browser, f"{PAGE}/change?{query}", which | fields)


def confirm(browser, seen):
    """Press the button of the page that says what would change."""
    form = read(seen.text)[0].all("form")[-1]
    assert form.get("action").startswith(f"{PAGE}/changed"), words(seen)
    return browser.post(form.get("action"), data=dict(controls(form)))


def change(browser, some=None, **fields):
    answer = confirm(browser, look(browser, some, **fields))
    assert answer.status_code == 303, words(answer)
    return answer


def undo(browser, session):
    made = session.scalars(select(Decision).order_by(Decision.id.desc())).first()
    return browser.send("/staff/decisions", f"/staff/decisions/{made.id}/undo")


def fresh(session, some):
    session.expire_all()
    return [session.get(Organization, int(id)) for id in ids(some)]


def test_what_would_change_is_seen_first_and_nothing_is_done(desk, three, session):
    seen = look(desk, three[:2], what="category", category="partner", also="1")
    assert "2 organisations change" in words(seen)
    assert "Workshop Ash" in words(seen)
    assert "Cedar" not in words(seen)
    assert {one.category for one in fresh(session, three)} == {"member"}


def test_a_change_is_one_save_in_the_history_of_each_and_one_decision(desk, three, session):
    assert change(desk, three, what="standing", standing="paused").location == "/staff/decisions"
    assert {one.standing for one in fresh(session, three)} == {"paused"}
    made = session.scalars(select(Decision)).one()
    edits = session.scalars(select(Edit).where(Edit.fields == "standing")).all()
    assert {edit.save for edit in edits} == {made.together}
    assert {edit.organization_id for edit in edits} == {one.id for one in three}
    assert {edit.hat for edit in edits} == {"staff"}
    assert "Paused, 3 organisations" in words(desk.get("/staff/decisions"))


def test_it_is_taken_back_whole_and_what_was_edited_since_stays_and_is_named(desk, three, session):
    change(desk, three, what="standing", standing="paused")
    fresh(session, three)[1].standing = "ended"
    session.commit()
    undo(desk, session)
    assert [one.standing for one in fresh(session, three)] == ["current", "ended", "current"]
    page = words(desk.get("/staff/decisions"))
    assert "taken back" in page


def test_those_that_stay_are_told(desk, three, session):
    change(desk, three, what="standing", standing="paused")
    fresh(session, three)[1].standing = "ended"
    session.commit()
    made = session.scalars(select(Decision)).one()
    answer = send(desk, f"/staff/decisions/{made.id}/undo", follow_redirects=True)
    assert "1 was changed since and stays as it is: Workshop Birch" in answer.text


def test_what_is_so_already_or_lacks_something_is_left_out_with_why(desk, three, session, organization):
    ready = organization("Ready Partner", category="partner")
    seen = look(desk, [*three, ready], what="category", category="partner")
    assert "None of them can be changed so" in words(seen)
    assert "It is so already" in words(seen)
    assert "Add at least one thing that it offers" in words(seen)
    form = read(seen.text)[0].all("form")[-1]
    again = desk.post(form.get("action"), data=dict(controls(form)) | {"also": "1"})
    assert "3 organisations change" in words(again)
    confirm(desk, again)
    assert {one.category for one in fresh(session, three)} == {"partner"}


def test_a_network_with_members_stays_one(desk, three, organization, link):
    coast = organization("Coast Net", category="core_network")
    link(three[0], coast, confirmed_on=date.today())
    assert "It has members of its own" in words(look(desk, [coast], what="category", category="member"))


def test_topics_are_added_and_taken_away(desk, three, session, topic):
    change(desk, three[:2], what="topic", topic="Repair")
    assert [[one.slug for one in each.topics] for each in fresh(session, three)] == [["repair"], ["repair"], []]
    assert "It is so already" in words(look(desk, three, what="topic", topic="repair"))
    change(desk, three[:1], what="no_topic", no_topic="repair")
    assert [len(each.topics) for each in fresh(session, three)] == [0, 1, 0]
    undo(desk, session)
    assert [len(each.topics) for each in fresh(session, three)] == [1, 1, 0]


def test_they_become_members_of_a_network_and_leave_it(desk, three, session, coast, link):
    coast.category = "core_network"
    asked = link(three[1], coast, proposed_by="from")
    change(desk, three, what="join", join=str(coast.id))
    ties = session.scalars(select(Link).where(Link.to_id == coast.id)).all()
    assert all(one.shown for one in ties)
    assert len(ties) == 3
    undo(desk, session)
    session.expire_all()
    (left,) = session.scalars(select(Link).where(Link.to_id == coast.id)).all()
    assert left.id == asked.id
    assert not left.shown
    change(desk, three, what="join", join=str(coast.id))
    change(desk, three, what="part", part=str(coast.id))
    assert not any(one.shown for one in session.scalars(select(Link)))
    undo(desk, session)
    session.expire_all()
    assert all(one.shown for one in session.scalars(select(Link).where(Link.to_id == coast.id)))


def test_somebody_looks_after_them_and_next_steps_stay(desk, three, session, farida):
    session.add(Prospect(organization_id=three[0].id, next_step="Call", due_on=date(2026, 12, 1)))
    session.commit()
    change(desk, three, what="owner", owner=str(farida.id))
    session.expire_all()
    assert {one.owner_id for one in session.scalars(select(Prospect))} == {farida.id}
    first = session.scalars(select(Prospect).where(Prospect.organization_id == three[0].id)).one()
    assert (first.next_step, first.due_on, first.closed_at) == ("Call", date(2026, 12, 1), None)
    undo(desk, session)
    session.expire_all()
    assert {one.owner_id for one in session.scalars(select(Prospect))} == {None}
    assert session.get(Prospect, first.id).next_step == "Call"


def test_all_that_match_are_meant_whatever_page_one_looks_at(desk, three, organization, session):
    organization("Hill School", category="member")
    answer = look(desk, None, f"{PAGE}?q=workshop", what="standing", standing="paused")
    assert "3 organisations change" in words(answer)
    desired = organization("Workshop Dune", standing="desired")
    answer = look(desk, None, f"{PAGE}?q=workshop&standing=desired", what="standing", standing="current")
    assert "1 organisation changes" in words(answer)
    assert "Everyone will see 1 of them" in words(answer)
    confirm(desk, answer)
    assert fresh(session, [desired])[0].standing == "current"


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"what": "standing"},
        {"what": "standing", "standing": "glorious"},
        {"what": "category", "category": "castle"},
        {"what": "topic", "topic": "nothing that anybody knows"},
        {"what": "join", "join": "99999"},
        {"what": "owner", "owner": "99999"},
        {"what": "everything", "standing": "paused"},
    ],
)
def test_careless_input_is_answered_on_the_page_with_the_ticks_kept(desk, three, fields):
    answer = look(desk, three[:1], **fields)
    assert answer.status_code == 422
    box = read(answer.text)[0].first(lambda one: one.get("id") == f"org-{three[0].id}")
    assert box.get("checked") is not None
    assert 'role="alert"' in answer.text


def test_nothing_ticked_and_too_many_are_answered_clearly(desk, three, monkeypatch):
    assert "Tick the organisations" in words(look(desk, [], what="standing", standing="paused"))
    many = {"which": "ticked", "id": [str(number) for number in range(1, 10_001)]}
    answer = send(desk, f"{PAGE}/change", many | {"what": "standing", "standing": "paused"})
    assert answer.status_code == 422
    assert "At most 2,000 can be changed at once" in words(answer)
    nonsense = {"which": "ticked", "id": ["-1", "x", "9" * 30], "what": "standing", "standing": "paused"}
    assert send(desk, f"{PAGE}/change", nonsense).status_code == 422
    monkeypatch.setattr("network.staff.choosing.MOST", 2)
    assert "narrow" in words(look(desk, None, what="standing", standing="paused"))


def test_a_search_that_is_not_understood_changes_nobody(desk, three):
    answer = look(desk, None, f"{PAGE}?country=Atlantis", what="standing", standing="paused")
    assert answer.status_code == 422
    assert "Part of the search can" in words(answer)


def test_what_was_changed_between_is_said_and_nothing_is_overwritten(desk, three, session):
    seen = look(desk, three, what="standing", standing="paused")
    one, gone = fresh(session, three)[:2]
    one.summary = "New words"
    session.delete(gone)
    session.commit()
    answer = confirm(desk, seen)
    assert answer.status_code == 409
    assert "Nothing was done" in words(answer)
    assert "Changed by somebody else: Workshop Ash" in words(answer)
    assert "1 is no longer there" in words(answer)
    left = session.scalars(select(Organization.standing).where(Organization.name.startswith("Workshop")))
    assert set(left) == {"current"}
    assert session.scalars(select(Decision)).all() == []
    confirm(desk, answer)
    left = session.scalars(select(Organization.standing).where(Organization.name.startswith("Workshop")))
    assert set(left) == {"paused"}


def test_marks_that_nobody_gave_change_nothing(desk, three, session):
    for marks in ("", "1", f"{three[0].id}.1.0", "x.y.z", "9" * 40):
        answer = send(desk, f"{PAGE}/changed", {"what": "standing", "standing": "paused", "marks": marks})
        assert answer.status_code in (409, 422)
    assert {one.standing for one in fresh(session, three)} == {"current"}


def test_it_is_for_staff_and_coordinators(client, person, signed_in, three):
    assert client.get(PAGE).status_code == 303
    for somebody in (person(), person(admin=three[0])):
        browser = signed_in(somebody)
        assert browser.get(PAGE).status_code == 403
        assert send(browser, f"{PAGE}/change", {"id": ids(three)}).status_code == 403
        assert send(browser, f"{PAGE}/changed", {"marks": "1.1.1"}).status_code == 403


def test_coordinators_reach_only_organisations_of_their_networks(signed_in, ines, lab, hill, session):
    browser = signed_in(ines)
    page = words(browser.get(PAGE))
    assert "Harbour Lab" in page
    assert "Hill Club" not in page
    seen = look(browser, [lab, hill], what="standing", standing="paused")
    assert "1 organisation changes" in words(seen)
    assert "Hill" not in words(seen)
    confirm(browser, seen)
    assert [one.standing for one in fresh(session, [lab, hill])] == ["paused", "current"]
    assert look(browser, [lab], what="category", category="club").status_code == 422
    undo(browser, session)
    assert fresh(session, [lab])[0].standing == "current"


def test_a_coordinator_lets_members_leave_and_takes_that_back(signed_in, ines, lab, coast, session):
    browser = signed_in(ines)
    change(browser, [lab], what="part", part=str(coast.id))
    assert "Harbour Lab" not in words(browser.get(PAGE))
    undo(browser, session)
    assert "Harbour Lab" in words(browser.get(PAGE))


def test_what_it_takes_to_go_back_is_forgotten_after_thirty_days(desk, three, session):
    change(desk, three, what="standing", standing="paused")
    made = session.scalars(select(Decision)).one()
    assert len(session.scalars(select(DecisionPart)).all()) == 3
    made.at = now() - timedelta(days=31)
    session.commit()
    forgetting.forget(session)
    assert session.scalars(select(DecisionPart)).all() == []


def test_the_parts_of_a_decision_name_no_person_in_words(desk, three, session, farida):
    change(desk, three, what="owner", owner=str(farida.id))
    made = session.scalars(select(Decision)).one()
    assert "Farida" not in str(made.before)
