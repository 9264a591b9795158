"""What counts as a website that answers: whoever is there, even if programs aren't let in."""

import pytest

from network.websites.looking import look


@pytest.mark.parametrize("status", [200, 204, 401, 403, 429, 451])
def test_a_website_answers_where_somebody_is_there(web, status):
    web.say("aire.alt/", status=status)
    assert look(web.fetcher(), "http://aire.alt/").answers is True


@pytest.mark.parametrize(("status", "why"), [(404, "missing"), (410, "missing"), (500, "status"), (503, "status")])
def test_a_website_that_is_gone_or_broken_does_not_answer(web, status, why):
    web.say("aire.alt/", status=status)
    found = look(web.fetcher(), "http://aire.alt/")
    assert (found.answers, found.why, found.detail) == (False, why, str(status))


def test_only_headers_are_asked_for_unless_that_is_refused(web):
    web.say("aire.alt/")
    look(web.fetcher(), "http://aire.alt/")
    assert web.pages_asked() == [("HEAD", "aire.alt/")]

    def no_heads(handler):
        handler.send_response(405 if handler.command == "HEAD" else 200)
        handler.end_headers()

    web.play("hill.alt/", no_heads)
    assert look(web.fetcher(), "http://hill.alt/").answers is True
    assert web.pages_asked()[1:] == [("HEAD", "hill.alt/"), ("GET", "hill.alt/")]


def test_a_website_that_is_not_to_be_asked_is_neither_there_nor_gone(web):
    web.say("aire.alt/robots.txt", "User-agent: *\nDisallow: /\n")
    assert look(web.fetcher(), "http://aire.alt/").answers is None
    assert web.pages_asked() == []


@pytest.mark.parametrize("host", ["loft.example", "www.example.org", "a.test", "b.invalid", "example.com"])
def test_invented_websites_are_asked_nothing(web, host):
    assert look(web.fetcher(), f"https://{host}/").answers is None
    assert web.looked_up == []


@pytest.mark.parametrize(
    "website", ["http://nobody.alt/", "http://127.0.0.1/", "http://aire.alt:8080/", "http://[", "x"]
)
def test_an_address_that_leads_nowhere_public_does_not_answer(web, website):
    assert look(web.fetcher(), website).answers is False


@pytest.mark.parametrize(
    ("status", "where", "moved"),
    [
        (301, "http://hill.alt/", "http://hill.alt/"),
        (308, "http://hill.alt/", "http://hill.alt/"),
        (302, "http://hill.alt/", ""),
        (301, "http://www.aire.alt/", ""),
        (301, "/en/", ""),
    ],
)
def test_only_another_host_for_ever_is_a_move(web, status, where, moved):
    web.say("aire.alt/", status=status, Location=where)
    for address in ("hill.alt/", "www.aire.alt/", "aire.alt/en/"):
        web.say(address)
    assert look(web.fetcher(), "http://aire.alt/").moved == moved


def test_a_new_home_that_does_not_answer_is_none(web):
    web.say("aire.alt/", status=301, Location="http://hill.alt/")
    web.say("hill.alt/", status=404)
    found = look(web.fetcher(), "http://aire.alt/")
    assert (found.answers, found.moved) == (False, "")
