import pytest

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


def test_a_whole_network_is_limited_by_its_household(app, ask):
    answers = []
    for number in range(31):
        browser = from_network(app, f"2001:db8:1:2::{number + 1:x}")
        answers.append(ask(f"somebody-{number}@example.org", browser).status_code)
    assert answers == [303] * 30 + [429]
    assert ask("somebody@example.org", from_network(app, "2001:db8:1:3::1")).status_code == 303


def test_the_answer_over_the_limit_does_not_tell_who_is_known(app, ask, person):
    person(AMARA)
    pages = []
    for email in (AMARA, "nobody@example.org"):
        limiter.reset()
        browser = from_network(app, "192.0.2.1")
        pages.append([ask(email, browser) for _ in range(6)][-1])
    assert pages[0].text == pages[1].text
