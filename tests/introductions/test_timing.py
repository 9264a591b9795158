"""What time does: reminders, expiry, "how did it go?", closing; and a timer that runs twice does nothing twice."""

import pytest

from network.introductions import actions, timing
from network.introductions.models import Introduction
from tests.introductions.conftest import WORDS
from tests.markup import read


@pytest.fixture
def accepted(session, asked, club, bob):
    actions.act(session, asked, "accept", club, bob)
    session.commit()
    return asked


def token_of(letter) -> str:
    """The token of the link in a mail."""
    return letter.text.partition("token=")[2].split()[0]


def test_who_has_not_answered_is_reminded_twice_and_then_it_runs_out(asked, bob, amara, kofi, letters, pass_time):
    assert "1 remind" in pass_time(asked, 8)
    assert [one.address for one in letters("introduction_reminder")] == [bob.email]
    assert WORDS in letters("introduction_reminder")[0].text
    assert "1 remind" in pass_time(asked, 14)
    assert "1 expire" in pass_time(asked, 14)
    assert asked.state == "expired"
    assert len(letters("introduction_reminder")) == 2
    assert {one.address for one in letters("introduction_expired")} == {amara.email, kofi.email}


def test_a_timer_that_runs_twice_does_nothing_twice(session, asked, letters, pass_time):
    pass_time(asked, 8)
    count = len(letters())
    assert timing.look(session) == "0 remind, 0 expire, 0 follow up, 0 close"
    assert len(letters()) == count


def test_each_party_is_asked_how_it_went_after_three_and_ten_weeks(accepted, amara, kofi, bob, letters, pass_time):
    assert "1 follow up" in pass_time(accepted, 22)
    assert {one.address for one in letters("introduction_how_did_it_go")} == {amara.email, kofi.email, bob.email}
    assert "1 follow up" in pass_time(accepted, 50)
    assert "1 close" in pass_time(accepted, 50)
    assert accepted.state == "closed"
    assert {party.token_hash for party in accepted.parties} == {""}


def test_who_said_a_last_word_is_not_asked_again(session, accepted, club, bob, letters, pass_time):
    actions.act(session, accepted, "outcome", club, bob, "once")
    pass_time(accepted, 22)
    assert bob.email not in {one.address for one in letters("introduction_how_did_it_go")}


def test_the_link_answers_without_signing_in_and_opening_it_changes_nothing(
    session, accepted, client, club, bob, letters, pass_time
):
    pass_time(accepted, 22)
    letter = next(one for one in letters("introduction_how_did_it_go") if one.address == bob.email)
    path = f"/introductions/how?token={token_of(letter)}"
    page = client.get(path).text
    assert "Leeds Tinker Club" in page
    assert "@lab.example.org" not in page
    assert accepted.parties[1].outcome == ""
    assert client.send(path).status_code == 422
    assert client.send(path, outcome="talking").status_code == 303
    assert accepted.parties[1].outcome == "talking"
    assert client.send(path, outcome="once").status_code == 303
    assert accepted.parties[1].outcome == "once"
    assert client.get(f"/introductions/{accepted.id}").status_code == 303


def test_the_link_answers_for_its_own_party_alone(session, accepted, client, letters, pass_time):
    pass_time(accepted, 22)
    tokens = {one.address: token_of(one) for one in letters("introduction_how_did_it_go")}
    assert len(set(tokens.values())) == 2
    client.send(f"/introductions/how?token={tokens['amara@lab.example.org']}", outcome="nothing")
    assert [party.outcome for party in accepted.parties] == ["nothing", ""]


def test_a_link_that_is_no_longer_good_says_so(session, accepted, client, letters, pass_time):
    pass_time(accepted, 22)
    old = token_of(letters("introduction_how_did_it_go")[0])
    pass_time(accepted, 50)
    for token in ("", "x", old):
        answer = client.get(f"/introductions/how?token={token}")
        assert answer.status_code == 410
        assert read(answer.text)[0].all("form") == []


def test_the_last_word_of_all_closes_it(session, accepted, client, letters, pass_time):
    pass_time(accepted, 22)
    tokens = {token_of(one) for one in letters("introduction_how_did_it_go")}
    answers = [client.send(f"/introductions/how?token={token}", outcome="once") for token in sorted(tokens)]
    assert [answer.status_code for answer in answers] == [303, 200]
    assert session.get_one(Introduction, accepted.id).state == "closed"
