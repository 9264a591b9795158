"""How many mails come is their reader's choice: signed in, by the link in each, or by one click of a mail program."""

from datetime import datetime, timedelta

import pytest

from network.clock import now
from network.mail import links, notice
from network.mail.notices import choose, next_digest, refused, send_digests
from tests.markup import read


def tell(session, to, subject="One", **more):
    return notice(session, to, "digest", subjects=[subject], **more)


def waiting(letters) -> list:
    return [letter for letter in letters() if letter.state == "waiting"]


def test_who_wants_each_gets_it_at_once_in_their_language(session, person, letters):
    tell(session, person("amara@example.org", locale="fr"))
    (letter,) = waiting(letters)
    assert (letter.address, letter.locale) == ("amara@example.org", "fr")
    assert "/mail/unsubscribe?token=" in letter.unsubscribe


def test_who_wants_none_gets_none(session, person, letters):
    rosa = person()
    choose(session, rosa, "never")
    assert tell(session, rosa) is None
    assert letters() == []


@pytest.mark.parametrize("frequency", ["weekly", "monthly"])
def test_what_is_gathered_comes_as_one_message_on_its_day(session, person, letters, frequency):
    rosa = person("rosa@example.org")
    choose(session, rosa, frequency)
    for subject in ("First thing", "Second thing"):
        tell(session, rosa, subject)
    session.commit()
    assert waiting(letters) == []
    assert send_digests(session, now()) == 0
    assert send_digests(session, next_digest(frequency, now())) == 1
    (letter,) = waiting(letters)
    assert letter.address == "rosa@example.org"
    for text in (letter.text, letter.html):
        assert text.index("First thing") < text.index("Second thing")
        assert "/mail/unsubscribe?token=" in text
    assert [(one.state, one.text) for one in letters() if one is not letter] == [("sent", "")] * 2
    assert send_digests(session, next_digest(frequency, now())) == 0


def test_a_digest_is_each_readers_own(session, person, letters):
    for address in ("rosa@example.org", "amara@example.org"):
        one = person(address)
        choose(session, one, "weekly")
        tell(session, one)
        tell(session, one, f"For {address}")
    assert send_digests(session, now() + timedelta(days=8)) == 2
    for letter in waiting(letters):
        assert letter.text.count("For ") == letter.text.count(f"For {letter.address}") == 1


def test_a_key_is_used_once_in_digests_too(session, person, letters):
    rosa = person()
    choose(session, rosa, "weekly")
    assert tell(session, rosa, key="once")
    assert tell(session, rosa, key="once") is None


def test_who_changes_their_mind_takes_along_what_was_kept(session, person, letters):
    rosa = person()
    choose(session, rosa, "monthly")
    tell(session, rosa)
    choose(session, rosa, "each")
    assert send_digests(session, now()) == 1
    choose(session, rosa, "weekly")
    tell(session, rosa)
    choose(session, rosa, "never")
    assert send_digests(session, now() + timedelta(days=40)) == 0


def test_digests_are_due_on_mondays_and_on_the_first_of_the_month():
    assert next_digest("weekly", datetime(2026, 6, 15, 12)) == datetime(2026, 6, 22, 6)  # a Monday
    assert next_digest("weekly", datetime(2026, 6, 21, 23)) == datetime(2026, 6, 22, 6)
    assert next_digest("monthly", datetime(2026, 12, 31, 12)) == datetime(2027, 1, 1, 6)
    assert next_digest("monthly", datetime(2026, 1, 1, 12)) == datetime(2026, 2, 1, 6)


def path(address: str) -> str:
    return "/mail/" + address.partition("/mail/")[2]


@pytest.fixture
def rosa(person):
    return person("rosa@example.org")


@pytest.fixture
def her_link(app, session, rosa) -> str:
    return path(links.to_preferences(rosa.id))


@pytest.fixture
def plain_link(app, session) -> str:
    return path(links.to_refusal("hello@example.org"))


def test_opening_a_link_changes_nothing(client, session, rosa, her_link, plain_link):
    for link in (her_link, plain_link):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200
    assert rosa.mails == "each"
    assert not refused(session, "hello@example.org")


def test_one_click_of_a_mail_program_is_enough(client, session, rosa, her_link, plain_link):
    for link in (her_link, plain_link):
        assert client.post(link, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert rosa.mails == "never"
    assert refused(session, " Hello@Example.ORG ")
    assert "No more mails" in client.get(plain_link).text
    assert notice(session, "hello@example.org", "digest", subjects=["One"]) is None


def test_no_other_site_can_make_a_browser_do_it(client, rosa, her_link):
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert client.post(her_link, headers=headers).status_code == 403
    assert rosa.mails == "each"


@pytest.mark.parametrize("token", ["", "x", "InAxIg.made-up", "InAxIg"])
def test_a_token_that_is_none_changes_nothing(client, rosa, token):
    assert client.get(f"/mail/unsubscribe?token={token}").status_code == 404
    assert client.post(f"/mail/unsubscribe?token={token}").status_code == 404
    assert rosa.mails == "each"


def test_the_link_of_somebody_who_is_gone_is_gone(client, session, rosa, her_link):
    session.delete(rosa)
    assert client.get(her_link).status_code == 404


def chosen(client, address: str, mails: str):
    page, _problems = read(client.get(address).text)
    (form,) = [form for form in page.all("form") if form.get("method") == "post"]
    (token,) = [one.get("value") for one in form.all("input") if one.get("name") == "csrf_token"]
    return client.post(form.get("action"), data={"csrf_token": token, "mails": mails})


def test_by_the_link_one_chooses_without_signing_in(client, rosa, her_link):
    answer = chosen(client, her_link, "monthly")
    assert answer.status_code == 303
    assert rosa.mails == "monthly"
    assert "Gathered, on the first of the month" in client.get(answer.location).text


def test_who_is_signed_in_chooses_too(signed_in, rosa):
    browser = signed_in(rosa)
    assert chosen(browser, "/mail/preferences", "weekly").status_code == 303
    assert rosa.mails == "weekly"
    assert chosen(browser, "/mail/preferences", "hourly").status_code == 422
    assert rosa.mails == "weekly"


def test_who_is_neither_is_asked_to_sign_in(client):
    assert client.get("/mail/preferences").status_code in (302, 303)
