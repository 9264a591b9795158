"""No contact leaves before every consent: what is planted is searched for everywhere, as everyone, in every state."""

import logging
from collections.abc import Callable
from datetime import date

import pytest

from network.introductions import actions, allowing
from network.introductions.models import Introduction, Party, Step
from network.introductions.states import Refused
from network.mail import outbox
from network.mail.delivery import send_due
from network.profiles import forgetting
from tests.introductions.conftest import WORDS
from tests.pages import addresses

LAB, CLUB = ("amara@lab.example.org", "Amara Mensah"), ("bob@club.example.org", "Bob Ramsden")
FOREIGN = {
    "visitor": LAB + CLUB,
    "stranger": LAB + CLUB,
    "rival": LAB + CLUB,
    "far_coordinator": LAB + CLUB,
    "operator": LAB + CLUB,
    "asker": CLUB,
    "lab_admin": CLUB,
    "club_admin": LAB,
    "club_representative": LAB,
    "coordinator": LAB,
    "staff": (),
}
"""Whose names and addresses each must find nowhere at all before everyone agreed."""
BETWEEN = {**FOREIGN, "coordinator": LAB + CLUB, "staff": LAB + CLUB}
"""The same on the pages of introductions: those who look after organisations know their people from other pages."""
ELSEWHERE = ("/organizations/{}/history", "/organizations/{}/export.json", "/api/organizations/{}", "/organizations/{}")
OURS = ("/introductions/", "/introductions/{id}", "/introductions/how")
OF_EACH = ("/organizations/{}/introductions/new?to=club", "/organizations/{}/introductions/new?to=lab")
MANNERS = ({}, {"HX-Request": "true"}, {"Accept": "application/json"})


@pytest.fixture
def instance(app, tmp_path, monkeypatch):
    monkeypatch.setattr(app, "instance_path", str(tmp_path))
    return tmp_path


@pytest.fixture
def everyone(client, signed_in, person, organization, link, session, lab, club, fund, amara, kofi, bob, carla):
    """A browser for everyone who may ask."""
    net, far = (organization(name, category="affiliate_network") for name in ("Coast Network", "Hill Network"))
    link(club, net, confirmed_on=date.today())
    link(fund, far, confirmed_on=date.today())
    people = {
        "stranger": person(),
        "rival": carla,
        "far_coordinator": person(coordinator=far),
        "operator": person(operator=True),
        "asker": amara,
        "lab_admin": kofi,
        "club_admin": bob,
        "club_representative": person(representative=club),
        "coordinator": person(coordinator=net),
        "staff": person(staff=True),
    }
    return {"visitor": client, **{name: signed_in(one) for name, one in people.items()}}


def found(browser, path: str, words: tuple[str, ...], manners) -> list[str]:
    """Which of some words stand in what an address answers, in some manners of asking."""
    texts = [browser.fetch(path, headers=manner).text.lower() for manner in manners]
    return [f"{word} in {path}" for word in words if any(word.lower() in text for text in texts)]


def leaks(session, everyone, introduction, everywhere: bool = False) -> list[str]:
    """What is found where it must not be: on pages, in fragments, exports, the API, histories and mails."""
    id = introduction.id
    session.commit()
    here = [path.format(id=id) for path in OURS] + [path.format(slug) for path in OF_EACH for slug in ("lab", "club")]
    there = [path.format(slug) for path in ELSEWHERE for slug in ("lab", "club")]
    paths = addresses(next(iter(everyone.values())).application, ("lab", "club"), id) if everywhere else ()
    leaked, manners = [], MANNERS if everywhere else MANNERS[:1]
    for who, browser in everyone.items():
        leaked += [f"{who}: {one}" for path in here for one in found(browser, path, BETWEEN[who], manners)]
        leaked += [f"{who}: {one}" for path in there for one in found(browser, path, FOREIGN[who], manners)]
        asked = paths if FOREIGN[who] else ()
        leaked += [f"{who}: {one}" for path in asked for one in found(browser, path, FOREIGN[who], MANNERS[:1])]
    return leaked


def leaked_by_mail(letters) -> list[str]:
    """The letters that tell somebody whom they must not know yet, as they stand in the queue."""
    leaked = []
    for letter in letters():
        own = CLUB if letter.address.endswith("@club.example.org") else ()
        own = LAB if letter.address.endswith("@lab.example.org") else own
        said = f"{letter.subject} {letter.text} {letter.html} {letter.reply_to} {letter.unsubscribe}".lower()
        leaked += [f"{letter.kind}: {word}" for word in (*LAB, *CLUB) if word not in own and word.lower() in said]
    return leaked


def nothing(session, made, *_people) -> None:
    """It waits."""


def questioned(session, made, lab, club, amara, bob) -> None:
    actions.act(session, made, "question", club, bob, words="How many children come?")
    actions.act(session, made, "reply", lab, amara, words="About twenty of them.")


def declined(session, made, lab, club, amara, bob) -> None:
    actions.act(session, made, "decline", club, bob, "no_capacity")


def withdrawn(session, made, lab, club, amara, bob) -> None:
    actions.act(session, made, "withdraw", lab, amara)


def blocked(session, made, lab, club, amara, bob) -> None:
    allowing.block(session, club, lab, bob)


STATES: dict[str, Callable[..., None]] = {
    "asked": nothing,
    "questioned": questioned,
    "declined": declined,
    "withdrawn": withdrawn,
    "blocked": blocked,
}


@pytest.mark.parametrize("state", STATES)
def test_no_contact_is_seen_before_every_consent(
    state, instance, session, everyone, asked, lab, club, amara, bob, letters, caplog
):
    with caplog.at_level(logging.DEBUG):
        STATES[state](session, asked, lab, club, amara, bob)
        assert leaks(session, everyone, asked, everywhere=state == "asked") == []
        assert leaked_by_mail(letters) == []
        addresses = {letter.address for letter in letters()}
        session.commit()  # which lets go of the database
        send_due()
    for file in outbox.files():
        text = file.read_text().lower()
        assert not any(word.lower() in text.partition("\n\n")[2] for word in (*LAB, *CLUB)), file.name
    assert addresses
    assert not any(word.lower() in caplog.text.lower() for word in (*LAB, *CLUB))


def test_no_contact_is_seen_after_it_ran_out(instance, session, everyone, asked, letters, pass_time):
    pass_time(asked, 22)
    pass_time(asked, 22)
    assert asked.state == "expired"
    assert leaks(session, everyone, asked) == []
    assert leaked_by_mail(letters) == []


def test_two_consents_of_three_show_nothing(session, everyone, exchange, club, bob, letters):
    actions.act(session, exchange, "accept", club, bob)
    assert leaks(session, everyone, exchange) == []
    assert leaked_by_mail(letters) == []


def test_after_every_consent_the_parties_see_the_others_and_nobody_else_does(session, everyone, asked, club, bob):
    """That the search finds them now is what shows that it can."""
    actions.act(session, asked, "accept", club, bob)
    leaked = leaks(session, everyone, asked)
    page = f"/introductions/{asked.id}"
    assert {(one.partition(": ")[0], one.rpartition(" in ")[2]) for one in leaked} == {
        *((who, page) for who in ("asker", "lab_admin", "club_admin", "club_representative"))
    }
    assert {f"{who}: {word} in {page}" for who, words in (("asker", CLUB), ("club_admin", LAB)) for word in words} <= {
        *leaked
    }


def test_an_organization_that_left_takes_its_contact_along(session, everyone, asked, club, bob):
    actions.act(session, asked, "accept", club, bob)
    club.standing = "ended"
    session.commit()
    assert not any(word in one for one in leaks(session, everyone, asked) for word in CLUB)


def erase(session, email: str) -> None:
    words = forgetting.erase_person(session, email)
    session.commit()
    forgetting.leave_no_trace(session, words)


@pytest.mark.parametrize("accepted", [False, True])
def test_an_erased_person_is_nowhere_any_more(accepted, instance, session, everyone, asked, club, bob, letters):
    actions.act(session, asked, "question", club, bob, words="How many children come?")
    if accepted:
        actions.act(session, asked, "accept", club, bob)
    session.commit()
    erase(session, LAB[0])
    everyone.pop("asker")
    session.expire_all()
    assert leaks(session, {name: everyone[name] for name in ("visitor", "club_admin", "coordinator")}, asked) == []
    assert asked.state == ("accepted" if accepted else "withdrawn")
    assert asked.words == ""
    assert not any(WORDS in letter.text for letter in letters())
    assert not any(LAB[0] in letter.text for letter in letters())
    assert everyone["club_admin"].get(f"/introductions/{asked.id}").status_code == 200
    assert session.query(Step).filter(Step.words == "How many children come?").count() == 1


def test_words_that_name_an_erased_person_are_emptied(instance, session, asked, lab, club, amara, bob):
    actions.act(session, asked, "question", club, bob, words=f"Is it about what {LAB[1]} told us?")
    session.commit()
    erase(session, LAB[0])
    assert session.query(Step).filter(Step.words.contains("Mensah")).count() == 0


def test_a_consent_of_an_erased_person_is_asked_for_anew(instance, session, exchange, club, fund, bob, carla):
    actions.act(session, exchange, "accept", club, bob)
    session.commit()
    erase(session, CLUB[0])
    session.expire_all()
    assert [party.answer for party in exchange.parties] == ["accepted", "waiting", "waiting"]
    actions.act(session, exchange, "accept", fund, carla)
    assert exchange.state == "asked"


@pytest.mark.parametrize("accepted", [False, True])
def test_an_erased_organization_leaves_no_words_and_ends_what_goes_on(
    accepted, instance, session, signed_in, asked, lab, club, bob, letters
):
    actions.act(session, asked, "question", club, bob, words="How many children come?")
    if accepted:
        actions.act(session, asked, "accept", club, bob)
    session.commit()
    id = asked.id
    words = forgetting.erase_organization(session, lab)
    session.commit()
    forgetting.leave_no_trace(session, words)
    session.expire_all()
    left = session.get_one(Introduction, id)
    assert (left.state, left.words) == ("closed" if accepted else "withdrawn", "")
    assert session.query(Party).filter(Party.introduction_id == id).count() == 1
    page = signed_in(bob).get(f"/introductions/{id}").text
    assert "Accra Open Lab" not in page
    assert not any(WORDS in letter.text for letter in letters())
    assert signed_in(bob).get("/introductions/").status_code == 200


def test_what_left_is_not_accepted(session, asked, lab, club, bob):
    lab.standing = "ended"
    with pytest.raises(Refused, match="^not_public$"):
        actions.act(session, asked, "accept", club, bob)


def test_who_takes_their_own_facts_along_finds_what_they_said(asked, session, signed_in, club, amara, bob):
    actions.act(session, asked, "question", club, bob, words="How many children come?")
    theirs, ours = (signed_in(one).get("/persons/export.json").json for one in (bob, amara))
    assert [one["words"] for one in theirs["introductions"]] == ["How many children come?"]
    assert [one["words"] for one in ours["introductions"]] == [WORDS]
    assert LAB[0] not in str(theirs)
