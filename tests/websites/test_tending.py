"""Websites are asked seldom, called dead after three days only, and said at the desk until they answer again."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from network import clock, ticking
from network.directory.models import Organization, Task
from network.directory.tasks import GONE_WEBSITE, MOVED_WEBSITE
from network.history.models import Edit
from network.staff.models import Decision
from network.waiting import sources
from network.websites import tending
from network.websites.models import WebsiteCheck

HERE = "http://aire.alt/"


@pytest.fixture
def ask(session, web):
    """A function that lets a tick ask, so many days from now, and says what it said."""

    def run(days: float = 0) -> str:
        session.commit()
        with clock.set_to(clock.now() + timedelta(days=days)):
            said = tending.ask(session, web.fetcher())
        session.commit()
        session.expire_all()
        return said

    return run


def tasks(session, *keys):
    query = select(Task).where(Task.key.in_(keys or (GONE_WEBSITE, MOVED_WEBSITE)), Task.done_at.is_(None))
    return list(session.scalars(query))


@pytest.fixture
def aire(organization):
    return organization("Aire Lab", website=HERE)


def test_a_website_that_answers_is_asked_once_in_thirty_days(web, ask, aire):
    web.say("aire.alt/")
    assert ask() == "1 answer, 0 don't, 0 are not to be asked"
    assert ask(29) == "0 answer, 0 don't, 0 are not to be asked"
    assert ask(31).startswith("1 answer")
    assert len(web.pages_asked()) == 2


def test_a_website_is_dead_after_failures_on_three_days(web, ask, aire, session):
    web.say("aire.alt/", status=500)
    for days in (0, 0.1, 1.1, 1.2):
        ask(days)
    assert tasks(session) == []
    ask(2.2)
    (task,) = tasks(session)
    assert task.facts["website"] == HERE
    assert task.facts["since"] == clock.now().date().isoformat()
    assert (task.facts["why"], task.facts["detail"]) == ("status", "500")
    assert len([one for one in web.pages_asked() if one[0] == "HEAD"]) == 3


def test_one_answer_between_failures_begins_the_count_anew(web, ask, aire, session):
    web.say("aire.alt/", status=500)
    ask(), ask(1.1)
    web.say("aire.alt/")
    ask(2.2)
    web.say("aire.alt/", status=500)
    ask(33), ask(34.1)
    assert tasks(session) == []
    ask(35.2)
    assert len(tasks(session)) == 1


def test_the_card_goes_by_itself_once_the_website_answers(web, ask, aire, session):
    for days in (0, 1.1, 2.2):
        ask(days)
    assert len(tasks(session)) == 1
    web.say("aire.alt/")
    ask(33)
    assert tasks(session) == []
    assert session.get(WebsiteCheck, aire.id).failures == 0


def test_a_website_that_fails_again_later_waits_anew(web, ask, aire, session):
    for days in (0, 1.1, 2.2):
        ask(days)
    before = tasks(session)[0].opened_at
    web.say("aire.alt/")
    ask(33)
    web.pages.clear()
    for days in (64, 65.1, 66.2):
        ask(days)
    assert tasks(session)[0].opened_at > before + timedelta(days=60)


def test_those_never_asked_come_first_then_the_longest_unasked(web, ask, organization, monkeypatch):
    monkeypatch.setattr(tending, "AT_ONCE", 1)
    for name in ("a", "b", "c"):
        organization(name, website=f"http://{name}.alt/")
        web.say(f"{name}.alt/")
    for days in (0, 0.1, 0.2, 40, 40.1):
        ask(days)
    assert [address[0] for _method, address in web.pages_asked()] == ["a", "b", "c", "a", "b"]


def test_only_public_organisations_are_asked_about(web, ask, organization):
    organization("Quay", standing="desired", website=HERE)
    organization("Hull", standing="ended", website=HERE)
    organization("Hill")
    ask()
    assert web.looked_up == []


def test_a_new_address_is_asked_at_once_and_the_old_card_goes(web, ask, aire, session):
    for days in (0, 1.1, 2.2):
        ask(days)
    session.get(Organization, aire.id).website = "http://hill.alt/"
    web.say("hill.alt/")
    session.commit()
    tending.tend(session)
    assert tasks(session) == []
    assert ask(3).startswith("1 answer")
    assert session.get(WebsiteCheck, aire.id).website == "http://hill.alt/"


def test_what_was_changed_while_it_was_asked_is_not_noted(web, ask, aire, session):
    find = web.resolve

    def change(host, seconds):
        session.get(Organization, aire.id).website = "http://hill.alt/"
        session.commit()
        return find(host, seconds)

    web.say("aire.alt/")
    web.resolve = change
    ask()
    assert session.get(WebsiteCheck, aire.id) is None


def test_one_odd_website_keeps_no_other_from_being_asked(web, ask, organization):
    find = web.resolve

    def trip(host, seconds):
        return [][1] if host == "odd.alt" else find(host, seconds)

    web.resolve = trip
    organization("Odd", website="http://odd.alt/")
    organization("Aire", website=HERE)
    web.say("aire.alt/")
    assert ask() == "1 answer, 0 don't, 1 are not to be asked"


def test_the_setting_switches_it_off_and_tests_have_it_off(app, session, organization):
    organization("Aire", website=HERE)
    assert "CHECK_WEBSITES is off" in tending.tend(session)
    assert "websites" in app.extensions["jobs"]
    assert ticking.tick(lambda line: None) == []


def act(browser, task, what):
    return browser.send("/staff/queue", "/staff/queue/several", card=[f"website-{task.id}"], act=what)


def card(session, task):
    (said,) = sources["website"].tell(session, [task.id])
    return said


def test_a_dead_website_stands_in_the_queue_with_the_cause(web, ask, aire, session, signed_in, person):
    for days in (0, 1.1, 2.2):
        ask(days)
    page = signed_in(person(staff=True)).get("/staff/queue?kind=website").text
    assert "The website does not answer since" in page
    assert HERE in page
    assert "There is no host of that name: aire.alt" in page


def test_asking_again_soon_asks_with_the_next_tick(web, ask, aire, session, signed_in, person):
    for days in (0, 1.1, 2.2):
        ask(days)
    (task,) = tasks(session)
    web.say("aire.alt/")
    staff = signed_in(person(staff=True))
    assert act(staff, task, "again").status_code == 303
    assert ask(2.3).startswith("1 answer")
    assert tasks(session) == []


@pytest.fixture
def moved(web, ask, aire, session):
    web.say("aire.alt/", status=301, Location="http://hill.alt/new")
    web.say("hill.alt/new")
    ask()
    (task,) = tasks(session, MOVED_WEBSITE)
    return task


def test_a_new_address_is_taken_over_at_the_desk_and_taken_back(moved, aire, session, signed_in, person, letters):
    amara, staff = person("amara@example.org", admin=aire), signed_in(person(staff=True))
    assert "The website has moved to http://hill.alt/new" in staff.get("/staff/queue?kind=website").text
    act(staff, moved, "take_over")
    session.expire_all()
    assert session.get(Organization, aire.id).website == "http://hill.alt/new"
    assert tasks(session) == []
    assert [one.address for one in letters("edited_by_staff")] == [amara.email]
    assert session.scalars(select(Edit).where(Edit.organization_id == aire.id)).first()
    decision = session.scalars(select(Decision)).one()
    staff.send("/staff/decisions", f"/staff/decisions/{decision.id}/undo")
    session.expire_all()
    assert session.get(Organization, aire.id).website == HERE
    assert len(tasks(session)) == 1


def test_an_address_that_somebody_changed_since_is_not_taken_over(moved, aire, session, signed_in, person):
    staff = signed_in(person(staff=True))
    session.get(Organization, aire.id).website = "http://other.alt/"
    act(staff, moved, "take_over")
    session.expire_all()
    assert session.get(Organization, aire.id).website == "http://other.alt/"


def test_the_coordinator_of_a_network_sees_its_websites_and_others_none(
    moved, aire, organization, link, session, signed_in, person
):
    coast = organization("Coast", category="member")
    link(aire, coast, confirmed_on=clock.now().date())
    mine, other = person(coordinator=coast), person(coordinator=organization("Elsewhere", category="member"))
    assert "The website has moved" in signed_in(mine).get("/staff/queue").text
    assert "The website has moved" not in signed_in(other).get("/staff/queue").text
    assert signed_in(person(admin=aire)).get("/staff/queue").status_code == 403
    assert card(session, moved).acts == ("take_over",)
