"""The pages of the desk: who sees them, what is done on them, and that nothing personal stands where it shouldn't."""

from datetime import date

import pytest
from sqlalchemy import select

from network.accounts.models import Role
from network.directory.tasks import STALE
from network.profiles.models import ContactPerson
from network.staff.models import Decision
from tests.markup import read
from tests.pages import controls

PAGES = ("/staff/", "/staff/queue", "/staff/decisions", "/staff/history", "/staff/quiet")


@pytest.fixture
def desk(signed_in, farida):
    return signed_in(farida)


def words(answer):
    return read(answer.text)[0].first(lambda element: element.tag == "main").text


def card(kind, thing):
    return f"/staff/queue/{kind}/{thing.id}"


def press(browser, action, page="/staff/queue", **fields):
    """Send the first form of a page that leads somewhere, with other fields than it has."""
    form = next(one for one in read(browser.get(page).text)[0].all("form") if one.get("action") == action)
    return browser.post(action, data={"csrf_token": dict(controls(form))["csrf_token"], **fields})


def token_of(browser):
    """What lets a browser send any form."""
    return (
        read(browser.get("/mail/preferences").text)[0].first(lambda one: one.get("name") == "csrf_token").get("value")
    )


@pytest.mark.parametrize("path", PAGES)
def test_the_desk_is_for_staff_and_coordinators(path, client, person, signed_in, lab, farida, ines):
    assert client.get(path).status_code == 303
    for somebody in (person(), person(admin=lab), person(operator=True)):
        assert signed_in(somebody).get(path).status_code == 403
    assert signed_in(farida, strong=False).get(path).status_code == 403
    for somebody in (farida, ines):
        assert signed_in(somebody).get(path).status_code == 200


def test_the_way_to_the_desk_stands_only_where_it_leads_somewhere(client, person, signed_in, farida):
    assert 'href="/staff/"' not in client.get("/about").text
    assert 'href="/staff/"' not in signed_in(person()).get("/about").text
    assert 'href="/staff/"' in signed_in(farida).get("/about").text


def test_an_empty_queue_says_what_comes_and_where_to_go(desk):
    answer = desk.get("/staff/queue")
    assert "Nothing waits" in answer.text
    assert 'href="/staff/"' in answer.text
    assert "Nothing fits that" in desk.get("/staff/queue?later=1").text


def test_a_claim_is_granted_where_it_stands_and_taken_back_there(session, desk, claim, lab, person):
    amara = person("amara@example.org")
    asked = claim(lab, by=amara)
    page = desk.get("/staff/queue")
    assert "amara@example.org" in page.text
    assert "I lead the Tuesday group" in page.text
    answer = press(desk, card("claim", asked), act="grant")
    assert (answer.status_code, answer.location) == (303, "/staff/queue#queue")
    assert [role.role for role in amara.roles] == ["admin"]
    made = session.scalars(select(Decision)).one()
    undone = desk.send("/staff/queue", f"/staff/decisions/{made.id}/undo")
    assert undone.status_code == 303
    assert asked.state == "asked"
    assert f'action="{card("claim", asked)}"' in desk.get("/staff/queue").text


def test_the_ticked_fields_of_a_correction_are_taken_over(session, desk, suggestion, lab):
    wrong = suggestion(lab, note="I was there", summary="We mend bicycles", website="https://b.org")
    assert "I was there" in desk.get("/staff/queue").text
    press(desk, card("suggestion", wrong), act="accept", choice=["summary"])
    assert (lab.summary, lab.website) == ("We mend bicycles", "https://a.org")


def test_a_card_that_somebody_decided_meanwhile_says_so(session, desk, claim, lab):
    asked = claim(lab)
    token = token_of(desk)
    asked.state = "refused"
    session.commit()
    answer = desk.post(card("claim", asked), data={"csrf_token": token, "act": "grant"})
    assert answer.status_code == 303
    assert "waits no more" in desk.get("/staff/queue").text
    assert session.scalars(select(Decision)).all() == []


def test_several_cards_are_decided_at_once_and_it_is_said_what_could_not(session, desk, task, lab, hill, claim):
    one, other, asked = task(lab, STALE), task(hill, STALE), claim(hill)
    ticked = [f"stale-{one.id}", f"stale-{other.id}", f"claim-{asked.id}", "stale-999999", "cake-1"]
    desk.send("/staff/queue", "/staff/queue/several", card=ticked, act="confirm")
    assert one.done_at
    assert other.done_at
    page = desk.get("/staff/queue")
    assert "2 cards: done" in page.text
    assert "waits no more" in page.text
    made = session.scalars(select(Decision)).all()
    assert len({row.together for row in made}) == 1
    assert asked.state == "asked"


def test_to_tick_nothing_changes_nothing(session, desk, task, lab):
    task(lab)
    desk.send("/staff/queue", "/staff/queue/several", act="aside")
    assert "Tick what you want" in desk.get("/staff/queue").text
    assert session.scalars(select(Decision)).all() == []


def test_after_a_decision_the_page_stands_at_the_next_card(desk, task, lab, hill):
    first, second = task(lab, days=3), task(hill)
    assert f'value="place-{second.id}"' in desk.get("/staff/queue?kind=place").text
    answer = press(
        desk, f"{card('place', first)}?kind=place", "/staff/queue?kind=place", act="done", then=f"place-{second.id}"
    )
    assert answer.location == f"/staff/queue?kind=place#place-{second.id}"


@pytest.mark.parametrize("act", ["grant", "cake", ""])
def test_an_act_that_a_kind_does_not_know_is_no_request(desk, task, lab, act):
    lost = task(lab)
    token = token_of(desk)
    assert desk.post(card("place", lost), data={"csrf_token": token, "act": act}).status_code == 400


def test_a_coordinator_neither_decides_nor_undoes_outside_of_their_network(
    session, signed_in, ines, desk, task, lab, hill
):
    mine, other = task(lab), task(hill)
    browser = signed_in(ines)
    assert "Hill Club" not in browser.get("/staff/queue").text
    token = token_of(browser)
    browser.post(card("place", other), data={"csrf_token": token, "act": "done"})
    assert other.done_at is None
    desk.send("/staff/queue", "/staff/queue/several", card=[f"place-{other.id}"], act="done")
    made = session.scalars(select(Decision)).one()
    assert browser.post(f"/staff/decisions/{made.id}/undo", data={"csrf_token": token}).status_code == 404
    assert mine.done_at is None
    assert other.done_at


def test_what_was_decided_is_listed_and_taken_back(session, desk, task, lab):
    lost = task(lab)
    assert "Nothing was decided lately" in desk.get("/staff/decisions").text
    desk.send("/staff/queue", "/staff/queue/several", card=[f"place-{lost.id}"], act="done")
    page = desk.get("/staff/decisions")
    assert "Harbour Lab" in page.text
    assert "Farida" in page.text
    desk.send("/staff/decisions")
    assert lost.done_at is None
    assert "taken back" in desk.get("/staff/decisions").text


def test_the_history_says_who_changed_what_and_nothing_about_persons(session, desk, signed_in, person, lab):
    amara = person("amara@example.org", "Amara Mensah", admin=lab)
    session.info["person_id"] = amara.id
    lab.summary = "We mend bicycles"
    contact = {
        "organization_id": lab.id,
        "name": "Tobias Grün",
        "email": "tobias@example.org",
        "phone": "0113 496 0000",
    }
    session.add(ContactPerson(**contact))
    session.commit()
    page = desk.get("/staff/history")
    assert "bicycles" in page.text
    assert "Amara Mensah" in page.text
    assert "Added a contact person" in page.text
    assert "Tobias" not in page.text
    assert "tobias@" not in page.text
    assert "0113" not in page.text


def test_the_history_is_narrowed_by_person_thing_organisation_and_day(session, desk, lab, hill, person, listing):
    somebody = person(name="Amara")
    session.info["person_id"] = somebody.id
    lab.summary = "We mend bicycles"
    session.commit()
    session.info.pop("person_id")
    hill.summary = "We climb"
    listing(hill, title="A rope for two")
    changed, climbed, rope = "bicycles", "We climb", "A rope for two"

    def said(query):
        page = words(desk.get(f"/staff/history?{query}"))
        return [one for one in (changed, climbed, rope) if one in page]

    assert said("") == [changed, climbed, rope]
    assert said(f"person={somebody.id}") == [changed]
    assert said("thing=listing") == [rope]
    assert said("organization=hill") == [climbed, rope]
    assert said("until=2020-01-01") == []
    assert "Nothing fits that" in desk.get("/staff/history?until=2020-01-01").text


def test_a_change_is_taken_back_from_the_history_of_everything(session, desk, lab):
    lab.summary = "We mend bicycles"
    session.commit()
    page = read(desk.get("/staff/history?thing=organization").text)[0]
    undo = next(one for one in page.all("form") if (one.get("action") or "").endswith("/undo"))
    desk.send("/staff/history?thing=organization", undo.get("action"))
    assert lab.summary == "We mend radios"


def test_a_coordinator_reads_the_history_of_their_network_alone(session, signed_in, ines, lab, hill):
    lab.summary, hill.summary = "We mend bicycles", "We climb"
    session.commit()
    page = signed_in(ines).get("/staff/history").text
    assert "bicycles" in page
    assert "We climb" not in page


def test_the_history_turns_its_pages(session, desk, lab, monkeypatch):
    monkeypatch.setattr("network.staff.past.EACH", 3)
    for number in range(7):
        lab.summary = f"Version{number}x"
        session.commit()
    path, seen = "/staff/history?thing=organization&organization=lab", ""
    while path:
        page = desk.get(path)
        seen += words(page)
        after = read(page.text)[0].first(lambda one: one.get("id") == "page-after")
        path = after.get("href") if after else ""
    assert all(seen.count(f"Version{number}x") >= 1 for number in range(7))


def test_a_coordinator_of_several_networks_chooses_one(
    signed_in, person, ines, coast, lab, organization, link, session
):

    hills = organization("Hills Network", slug="hills")
    shed = organization("Hill Shed", category="club", confirmed_on=date(2020, 1, 1))
    link(shed, hills, confirmed_on=date.today())
    alone = signed_in(ines).get("/staff/")
    assert 'name="network"' not in alone.text
    session.add(Role(person_id=ines.id, role="coordinator", organization_id=hills.id))
    session.commit()
    browser = signed_in(ines)
    both, one = browser.get("/staff/"), browser.get(f"/staff/?network={hills.id}")
    assert 'name="network"' in both.text
    assert f'value="{hills.id}" selected' in one.text
    assert "Coast Network" not in words(one).partition("Show")[2]
    assert f"/staff/queue?network={hills.id}" in one.text
    assert f"/staff/quiet?network={hills.id}" in one.text
    assert "Hill Shed" in browser.get(f"/staff/quiet?network={hills.id}").text
    assert "Hill Shed" not in browser.get(f"/staff/quiet?network={coast.id}").text
    for nonsense in ("99999", "x", str(lab.id)):
        assert words(browser.get(f"/staff/?network={nonsense}")) == words(both)
