"""The pages: who sees which, what they may press, and that nothing typed is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from network.introductions import actions, allowing, openness
from network.introductions.models import Block, Inbox, Introduction
from tests.introductions.conftest import WORDS
from tests.markup import read

NEW = "/organizations/lab/introductions/new?to=club"


def doings(browser, id: int, slug: str = "") -> set[str]:
    """What somebody is offered to press on the page of an introduction."""
    page = read(browser.get(f"/introductions/{id}" + (f"?for={slug}" if slug else "")).text)[0]
    actions = [one.get("action") or "" for one in page.all("form")]
    return {action.rpartition("/")[2] for action in actions if action.startswith(f"/introductions/{id}/")}


def press(browser, id: int, action: str, **typed: str):
    return browser.send(f"/introductions/{id}", f"/introductions/{id}/{action}", **typed)


def force(browser, path: str, **typed: str):
    """Send what no button of the page sends."""
    page = read(browser.get("/accounts/").text)[0]
    token = page.first(lambda one: one.get("name") == "csrf_token")
    return browser.post(path, data={"csrf_token": token.get("value"), **typed})


def test_a_representative_asks_and_reads_what_is_shown_when(
    signed_in, session, amara, lab, club, bob, listing, link, fund
):
    room = listing(club, title="A room on Saturdays")
    link(lab, fund, "funds", confirmed_on=date.today())
    link(club, fund, "member_of", confirmed_on=date.today())
    session.add(Inbox(organization_id=fund.id, introduces=True))
    browser = signed_in(amara)
    page = browser.get(f"{NEW}&listing={room.id}").text
    assert club.name in page
    assert "A room on Saturdays" in page
    assert "Harbour Fund" in page
    assert amara.email in page
    assert bob.email not in page
    answer = browser.send(f"{NEW}&listing={room.id}", words=WORDS, introducer="fund")
    assert answer.status_code == 303
    made = session.query(Introduction).one()
    assert (made.listing_id, made.introducer_id, made.words) == (room.id, fund.id, WORDS)
    assert doings(browser, made.id) == {"withdraw"}


@pytest.mark.parametrize("words", ["", "short", "Write to me at amara@example.org please", "x" * 1001])
def test_what_cannot_be_asked_is_said_and_kept(signed_in, session, amara, lab, club, words):
    answer = signed_in(amara).send(NEW, words=words)
    assert answer.status_code == 422
    assert words in answer.text
    assert session.query(Introduction).count() == 0


def test_a_full_inbox_is_refused_with_words(signed_in, session, organization, person, amara, lab, club):
    for number in range(3):
        one = organization(f"Club {number}")
        actions.ask(session, one, club, person(admin=one), WORDS)
    session.commit()
    page = signed_in(amara).get(NEW)
    assert page.status_code == 200
    assert "Three introductions wait for Leeds Tinker Club already" in page.text
    answer = force(signed_in(amara), NEW, words=WORDS, listing="", introducer="")
    assert answer.status_code == 409
    assert WORDS in answer.text


def test_a_blocked_one_does_not_read_who_blocked(signed_in, session, amara, kofi, bob, lab, club):
    allowing.block(session, club, lab, bob)
    session.commit()
    theirs = signed_in(amara).get(NEW).text
    mine = signed_in(bob).get("/organizations/club/introductions/new?to=lab").text
    for page in (theirs, mine):
        assert "is not possible" in page
        assert "lock" not in read(page)[0].text.lower().replace("clock", "")


def test_a_prospect_is_not_there_to_be_asked(signed_in, amara, lab, organization):
    organization("Dream Partner", slug="dream", standing="desired")
    assert signed_in(amara).get("/organizations/lab/introductions/new?to=dream").status_code == 404
    assert signed_in(amara).get("/organizations/lab/introductions/new").status_code == 404


def test_an_exchange_of_three_is_proposed_with_one_form(signed_in, session, amara, lab, club, fund):
    answer = signed_in(amara).send(f"{NEW}&with=fund", words=WORDS)
    assert answer.status_code == 303
    assert session.query(Introduction).one().origin == "exchange"


def test_staff_propose_and_do_not_consent_for_anybody(signed_in, session, person, lab, club, kofi, bob):
    sam = person("sam@example.org", staff=True)
    staff = signed_in(sam)
    assert staff.send(NEW, words=WORDS).status_code == 303
    made = session.query(Introduction).one()
    assert made.origin == "staff"
    assert press(staff, made.id, "accept").status_code == 303
    assert {party.answer for party in made.parties} == {"waiting"}
    assert press(signed_in(bob), made.id, "accept").status_code == 303
    assert press(signed_in(kofi), made.id, "accept").status_code == 303
    session.refresh(made)
    assert made.state == "accepted"


def test_an_admin_answers_a_representative_reads(asked, signed_in, person, club, bob):
    representative = signed_in(person(representative=club))
    assert doings(representative, asked.id) == set()
    assert doings(signed_in(bob), asked.id) == {"accept", "decline", "question"}
    assert force(representative, f"/introductions/{asked.id}/accept", **{"for": "club"}).status_code == 403
    assert asked.state == "asked"


def test_nobody_answers_for_a_party_that_is_not_theirs(asked, signed_in, amara, kofi, fund, carla):
    assert force(signed_in(kofi), f"/introductions/{asked.id}/accept", **{"for": "club"}).status_code == 403
    assert force(signed_in(carla), f"/introductions/{asked.id}/accept", **{"for": "club"}).status_code == 404
    assert asked.state == "asked"


def test_strangers_find_no_introduction(asked, client, signed_in, person, carla, link, organization, fund):
    far = organization("Hill Network", category="affiliate_network")
    link(fund, far, confirmed_on=date.today())
    for stranger in (person(), carla, person(coordinator=far), person(operator=True)):
        assert signed_in(stranger).get(f"/introductions/{asked.id}").status_code == 404
    assert client.get(f"/introductions/{asked.id}").status_code == 303
    assert signed_in(carla).get("/introductions/999999").status_code == 404
    assert signed_in(carla).get("/introductions/99999999999999999999").status_code == 404


def test_the_coordinator_of_a_party_and_staff_see_it(asked, signed_in, person, link, organization, club):
    net = organization("Coast Network", category="affiliate_network")
    link(club, net, confirmed_on=date.today())
    for reader in (person(coordinator=net), person(staff=True)):
        browser = signed_in(reader)
        assert WORDS in browser.get(f"/introductions/{asked.id}").text
        assert "Leeds Tinker Club" in browser.get("/introductions/").text


def test_a_conversation_is_read_by_both(asked, signed_in, amara, bob):
    theirs, ours = signed_in(bob), signed_in(amara)
    assert press(theirs, asked.id, "question", **{"question-words": "How many children come?"}).status_code == 303
    assert "How many children come?" in ours.get(f"/introductions/{asked.id}").text
    assert press(ours, asked.id, "reply", **{"reply-words": "About twenty of them."}).status_code == 303
    assert "About twenty of them." in theirs.get(f"/introductions/{asked.id}").text
    assert press(theirs, asked.id, "accept").status_code == 303
    assert amara.email in theirs.get(f"/introductions/{asked.id}").text
    assert bob.email in ours.get(f"/introductions/{asked.id}").text


def test_what_is_missing_in_a_step_is_said(asked, signed_in, bob):
    answer = press(signed_in(bob), asked.id, "decline")
    assert answer.status_code == 422
    assert "Choose one of the reasons." in answer.text
    answer = press(signed_in(bob), asked.id, "question", **{"question-words": "bob@club.example.org, write to me"})
    assert answer.status_code == 422
    assert "bob@club.example.org, write to me" in answer.text


def test_what_was_answered_meanwhile_is_said(asked, session, signed_in, club, bob):
    browser = signed_in(bob)
    page = read(browser.get(f"/introductions/{asked.id}").text)[0]
    token = page.first(lambda one: one.get("name") == "csrf_token").get("value")
    actions.act(session, asked, "decline", club, bob, "not_now")
    session.commit()
    sent = {"csrf_token": token, "for": "club"}
    answer = browser.post(f"/introductions/{asked.id}/accept", data=sent, follow_redirects=True)
    assert "ended already" in answer.text
    assert asked.state == "declined"


def test_who_was_declined_reads_why_and_what_to_do_next(asked, session, signed_in, amara, club, bob):
    actions.act(session, asked, "decline", club, bob, "wrong_place")
    assert "nearer to you" in signed_in(amara).get(f"/introductions/{asked.id}").text
    assert "nearer to you" not in signed_in(bob).get(f"/introductions/{asked.id}").text


def test_the_list_sorts_what_waits_for_whom(asked, signed_in, amara, bob, session, club):
    assert "You wait for them" in signed_in(amara).get("/introductions/").text
    assert "Waits for you" in signed_in(bob).get("/introductions/").text
    actions.act(session, asked, "accept", club, bob)
    assert "In contact" in signed_in(bob).get("/introductions/").text


def test_staff_read_the_numbers(asked, signed_in, person):
    page = signed_in(person(staff=True)).get("/introductions/").text
    assert "0 of 1 that were asked for" in page
    assert "in a hundred" not in page


def test_an_organization_says_what_it_allows(signed_in, session, kofi, lab):
    browser, path = signed_in(kofi), "/organizations/lab/introductions/settings"
    assert browser.send(path, open=None, introduces="1").status_code == 303
    inbox = openness.inbox_of(session, lab.id)
    assert (inbox.open, inbox.introduces) == (False, True)


def test_blocking_and_letting_go_again(asked, session, signed_in, bob, lab, club):
    browser, path = signed_in(bob), "/organizations/club/introductions"
    assert browser.send(f"/introductions/{asked.id}", f"{path}/block").status_code == 303
    assert session.query(Block).count() == 1
    assert lab.name in browser.get(f"{path}/settings").text
    assert browser.send(f"{path}/settings", f"{path}/unblock").status_code == 303
    assert session.query(Block).count() == 0


def test_the_history_says_it_in_words_and_names_nobody_of_the_other_side(session, signed_in, amara, kofi, bob):
    assert signed_in(amara).send(NEW, words=WORDS).status_code == 303
    made = session.query(Introduction).one()
    assert press(signed_in(bob), made.id, "decline", **{"decline-reason": "not_now"}).status_code == 303
    ours = signed_in(kofi).get("/organizations/lab/history").text
    theirs = signed_in(bob).get("/organizations/club/history").text
    for page in (ours, theirs):
        assert "An introduction was asked for" in page
        assert "An introduction was declined" in page
    assert (amara.name in ours, bob.name in ours) == (True, False)
    assert (amara.name in theirs, bob.name in theirs.partition("<main")[2]) == (False, True)


def test_of_two_answers_at_once_one_counts(app, asked, session, signed_in, person, club, bob):
    people = [bob, *(person(admin=club) for _number in range(7))]
    browsers = [signed_in(one) for one in people]
    forms = [read(browser.get(f"/introductions/{asked.id}").text)[0] for browser in browsers]
    tokens = [form.first(lambda one: one.get("name") == "csrf_token").get("value") for form in forms]
    cookies = [browser.get_cookie("session").value for browser in browsers]
    id, before = asked.id, asked.version
    session.commit()  # which lets go of the database

    def answer(number: int) -> int:
        browser = app.test_client()
        browser.set_cookie("session", cookies[number])
        action, more = ("accept", {}) if number % 2 else ("decline", {"decline-reason": "not_now"})
        sent = {"csrf_token": tokens[number], "for": "club", **more}
        return browser.post(f"/introductions/{id}/{action}", data=sent).status_code

    with ThreadPoolExecutor(len(people)) as pool:
        assert set(pool.map(answer, range(len(people)))) == {303}
    session.expire_all()
    made = session.get_one(Introduction, id)
    assert made.version == before + 1
    assert [step.action for step in made.steps] in (["asked", "accept"], ["asked", "decline"])


def test_of_two_who_ask_the_last_free_place_one_gets_it(app, session, organization, person, signed_in, club):
    askers = [organization(f"Club {number}", slug=f"asker-{number}") for number in range(6)]
    browsers = [signed_in(person(admin=one)) for one in askers]
    paths = [f"/organizations/{one.slug}/introductions/new?to=club" for one in askers]
    pages = [read(browser.get(path).text)[0] for browser, path in zip(browsers, paths, strict=True)]
    tokens = [page.first(lambda one: one.get("name") == "csrf_token").get("value") for page in pages]
    cookies = [browser.get_cookie("session").value for browser in browsers]
    session.commit()

    def ask(number: int) -> int:
        browser = app.test_client()
        browser.set_cookie("session", cookies[number])
        sent = {"csrf_token": tokens[number], "words": WORDS, "listing": "", "introducer": ""}
        return browser.post(paths[number], data=sent).status_code

    with ThreadPoolExecutor(len(askers)) as pool:
        assert sorted(pool.map(ask, range(len(askers)))) == [303] * 3 + [409] * 3
