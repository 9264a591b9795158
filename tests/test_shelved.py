"""Pages that are given again to those who aren't signed in: only the same, and only while it holds."""

import gzip

import pytest

from network import index, shelved
from network.extensions import db

PATH = "/organizations/aire"


@pytest.fixture
def club(organization):
    return organization("Aire Valley Web Club", slug="aire")


def shelf(session):
    return index.shelf(session.connection(), "pages", shelved.PAGES)


def pages(session):
    return [page for page in shelf(session).values() if page]


def test_a_page_is_remembered_when_it_is_asked_for_again(client, club, session):
    client.fetch(PATH)
    assert pages(session) == []
    second = client.fetch(PATH)
    assert len(pages(session)) == 1
    third = client.fetch(PATH)
    assert third.text == second.text
    assert third.headers["Content-Security-Policy"] == second.headers["Content-Security-Policy"]
    assert third.headers["X-Request-ID"] != second.headers["X-Request-ID"]


def test_an_edit_shows_at_once(client, club, session):
    for _ in range(3):
        client.fetch(PATH)
    club.summary = "We mend what others throw away."
    session.commit()
    assert "We mend what others throw away." in client.fetch(PATH).text


def test_it_goes_compressed_to_whoever_takes_that(client, club):
    plain = [client.fetch(PATH) for _ in range(3)][-1]
    packed = client.fetch(PATH, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.data).decode() == plain.text


def test_everyone_reads_their_own_language(client, club):
    for _ in range(3):
        client.fetch(PATH, headers={"Accept-Language": "de"})
    assert '<html lang="fr"' in client.fetch(PATH, headers={"Accept-Language": "fr"}).text


def test_nothing_of_whoever_is_signed_in_is_given_to_others(client, club, signed_in, person, session):
    own = signed_in(person(admin=club))
    for _ in range(3):
        assert "/edit" in own.fetch(PATH).text
    assert pages(session) == []
    for _ in range(3):
        assert f"{PATH}/edit" not in client.fetch(PATH).text


def test_a_browser_with_a_session_of_its_own_gets_a_page_of_its_own(client, club, session):
    client.set_cookie("session", "something")
    for _ in range(3):
        client.fetch(PATH)
    assert pages(session) == []


def test_errors_parts_and_what_has_a_token_are_not_remembered(client, club, session):
    for path, headers in (
        ("/organizations/nobody", {}),
        ("/organizations/", {"HX-Request": "true"}),
        ("/accounts/sign-in", {}),
    ):
        for _ in range(3):
            client.fetch(path, headers=headers)
    assert pages(session) == []


def test_after_a_while_it_is_made_anew(client, club, session, monkeypatch):
    monkeypatch.setattr(shelved, "LASTS", 0.0)
    for _ in range(2):
        client.fetch(PATH)
    (page,) = pages(session)
    client.fetch(PATH)
    assert pages(session)[0] is not page


def test_no_more_than_so_many_are_kept(client, club, session, monkeypatch):
    monkeypatch.setattr(shelved, "PAGES", 3)
    for number in range(8):
        for _ in range(2):
            client.fetch(f"{PATH}?lang=en&n={number}")
    assert db.session is not None
    assert len(shelf(session)) <= 3
