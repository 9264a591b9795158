import pytest
from sqlalchemy import update

from network.accounts.models import SignInLink
from network.clock import now
from network.extensions import limiter

AMARA = "amara@example.org"


def from_network(app, address):
    browser = app.test_client()
    browser.environ_base["REMOTE_ADDR"] = address
    return browser


@pytest.fixture(autouse=True)
def fresh_limits(app):
    limiter.reset()
    yield
    limiter.reset()


def test_an_address_gets_a_few_mails_and_then_a_calm_answer(app, ask, letters):
    browser = from_network(app, "192.0.2.1")
    answers = [ask(AMARA, browser) for _ in range(6)]
    assert [one.status_code for one in answers] == [303] * 5 + [429]
    assert "Nothing is locked" in answers[-1].text
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert len(letters("sign_in")) == 5


def test_a_link_that_was_sent_works_while_no_more_are(app, ask, link_in):
    browser = from_network(app, "192.0.2.1")
    for _ in range(6):
        ask(AMARA, browser)
    assert browser.send(link_in(), "/accounts/sign-in/open").status_code == 303


def test_a_stranger_who_asks_too_often_does_not_stop_the_owner(app, ask):
    stranger, owner = from_network(app, "192.0.2.1"), from_network(app, "198.51.100.7")
    for _ in range(10):
        ask(AMARA, stranger)
    assert ask(AMARA, stranger).status_code == 429
    assert ask(AMARA, owner).status_code == 303


def test_strangers_from_everywhere_do_not_stop_a_browser_that_signed_in_before(app, ask, link_in):
    owner = from_network(app, "198.51.100.7")
    ask(AMARA, owner)
    owner.send(link_in(), "/accounts/sign-in/open")
    owner.send("/accounts/", "/accounts/sign-out")
    for network in range(8):
        stranger = from_network(app, f"192.0.2.{network}")
        answers = [ask(AMARA, stranger) for _ in range(4)]
    assert answers[-1].status_code == 429, "the address as a whole has had enough"
    assert ask(AMARA, owner).status_code == 303
    assert ask("other@example.org", from_network(app, "192.0.2.1")).status_code == 303


def test_strangers_from_everywhere_do_not_stop_a_new_browser_of_whoever_reads_the_mails(app, ask, link_in, letters):
    for network in range(8):
        stranger = from_network(app, f"192.0.2.{network}")
        answers = [ask(AMARA, stranger) for _ in range(4)]
    assert answers[-1].status_code == 429
    owner = from_network(app, "198.51.100.7")
    refused = ask(AMARA, owner)
    assert refused.status_code == 429
    assert "Mail me a link for this browser" in refused.text
    before = len(letters("sign_in"))
    assert owner.send(link_in(), "/accounts/sign-in/here").location == "/accounts/sign-in/sent"
    assert len(letters("sign_in")) == before + 1
    assert owner.send(link_in(), "/accounts/sign-in/open").status_code == 303
    assert owner.get("/accounts/").status_code == 200


def test_a_mail_whose_time_is_over_still_brings_its_reader_a_new_one(app, ask, link_in, session):
    ask(AMARA, from_network(app, "192.0.2.1"))
    session.execute(update(SignInLink).values(expires_at=now()))
    owner = from_network(app, "198.51.100.7")
    assert owner.send(link_in(), "/accounts/sign-in/here").status_code == 303
    assert owner.send(link_in(), "/accounts/sign-in/open").status_code == 303


def test_who_shows_a_mail_asks_a_few_times_an_hour_too(app, ask, link_in, letters):
    ask(AMARA, from_network(app, "192.0.2.1"))
    first, owner = link_in(), from_network(app, "198.51.100.7")
    answers = [owner.send(first, "/accounts/sign-in/here").status_code for _ in range(6)]
    assert answers == [303] * 5 + [429]
    assert len(letters("sign_in")) == 6


def test_no_mail_comes_for_a_token_that_we_never_sent(client, letters, ask, link_in):
    ask(AMARA)
    page = client.send(link_in(), "/accounts/sign-in/open", token="x" * 43)
    assert page.status_code == 410
    assert "/accounts/sign-in/here" not in page.text


def test_a_crowded_network_keeps_waiting_only_those_whom_nobody_knows(app, ask, letters, person):
    def sent():
        return [one.address for one in letters("sign_in") if one.state != "dropped"]

    person(AMARA)
    for number in range(31):
        browser = from_network(app, f"2001:db8:1:2::{number + 1:x}")
        assert ask(f"somebody-{number}@example.org", browser).status_code == 303
    assert len(sent()) == 30
    crowded = from_network(app, "2001:db8:1:2::ffff")
    answers = [ask(email, crowded) for email in (AMARA, "nobody@example.org")]
    assert [one.status_code for one in answers] == [303, 303]
    assert sent().count(AMARA) == 1
    assert len(sent()) == 31
    ask("nobody@example.org", from_network(app, "2001:db8:1:3::1"))
    assert len(sent()) == 32


def test_the_answer_over_the_limit_does_not_tell_who_is_known(app, ask, person):
    person(AMARA)
    pages = []
    for email in (AMARA, "nobody@example.org"):
        limiter.reset()
        browser = from_network(app, "192.0.2.1")
        pages.append([ask(email, browser) for _ in range(6)][-1])
    assert pages[0].text == pages[1].text
