from datetime import timedelta

import pytest
from sqlalchemy import select

from network.accounts.models import Passkey, SignedIn
from tests.accounts.conftest import token
from tests.accounts.device import Device

AMARA = "amara@example.org"
PAGE = "/accounts/passkeys"


def say(browser, path, facts=None):
    """Send JSON as the page's script does."""
    return browser.post(path, json=facts or {}, headers={"X-CSRFToken": token(browser)})


def make(browser, device, name="my phone"):
    options = say(browser, f"{PAGE}/new/options", {"name": name})
    if options.status_code != 200:
        return options
    return say(browser, f"{PAGE}/new", {"name": name, "credential": device.make(options.json)})


def show(browser, device, next=""):
    options = say(browser, f"{PAGE}/options").json
    return say(browser, f"{PAGE}/sign-in{next}", {"credential": device.show(options)})


@pytest.fixture
def amara(person, signed_in, device):
    """Somebody with a passkey, and her browser."""
    one = person(AMARA)
    browser = signed_in(one, strong=False)
    assert make(browser, device).json == {"next": PAGE}
    return one, browser


def test_a_passkey_is_made_named_and_shown_again(amara, client, device, session):
    assert show(client, device).json == {"next": "/accounts/"}
    assert AMARA in client.get("/accounts/").text
    row = session.scalars(select(SignedIn).order_by(SignedIn.id.desc())).first()
    assert row.strong
    passkey = session.scalars(select(Passkey)).one()
    assert (passkey.name, passkey.sign_count) == ("my phone", device.count)
    assert passkey.used_at is not None


def test_showing_a_passkey_leads_to_the_page_that_was_wanted_and_nowhere_else(amara, app, device):
    assert show(app.test_client(), device, next="?next=/about").json == {"next": "/about"}
    assert show(app.test_client(), device, next="?next=//elsewhere.example").json == {"next": "/accounts/"}


def test_an_answer_counts_once_even_with_the_old_cookie(amara, client, device):
    options = say(client, f"{PAGE}/options").json
    answer, old = {"credential": device.show(options)}, client.get_cookie("session").value
    crumb = token(client)
    headers = {"X-CSRFToken": crumb}
    assert client.post(f"{PAGE}/sign-in", json=answer, headers=headers).status_code == 200
    client.delete_cookie("session")
    client.set_cookie("session", old)
    assert client.post(f"{PAGE}/sign-in", json=answer, headers=headers).status_code == 422


def test_an_answer_to_no_question_is_refused_in_words(amara, client, device):
    options = say(client, f"{PAGE}/options").json
    answer = device.show(options)
    assert say(client, f"{PAGE}/sign-in", {"credential": answer}).status_code == 200
    client.send("/accounts/", "/accounts/sign-out")
    again = say(client, f"{PAGE}/sign-in", {"credential": answer})
    assert again.status_code == 422
    assert "not known here" in again.json["problem"]


@pytest.mark.parametrize(
    "sent", [{}, {"credential": 7}, {"credential": {"rawId": "!!"}}, {"credential": {"rawId": None}}]
)
def test_what_is_no_passkey_is_refused(client, sent):
    say(client, f"{PAGE}/options")
    assert say(client, f"{PAGE}/sign-in", sent).status_code == 422


def test_a_passkey_of_another_site_is_refused(signed_in, person):
    browser = signed_in(person(AMARA))
    assert make(browser, Device(origin="http://elsewhere.example")).status_code == 422


def test_a_device_that_does_not_look_who_presses_is_refused(signed_in, person):
    assert make(signed_in(person(AMARA)), Device(verifies=False)).status_code == 422


def test_a_passkey_belongs_to_one_person(amara, signed_in, person, device):
    assert make(signed_in(person("rival@example.org")), device).status_code == 422


def test_a_passkey_needs_a_name(signed_in, person, device):
    answer = make(signed_in(person(AMARA)), device, "  ")
    assert answer.status_code == 422
    assert "name" in answer.json["problem"]


def test_a_passkey_is_made_only_soon_after_signing_in(signed_in, person, device):
    old = signed_in(person(AMARA), ago=timedelta(minutes=16))
    assert make(old, device).status_code == 422
    assert "Prove it" in old.get(PAGE).text


def test_a_second_passkey_needs_the_first(amara, signed_in):
    one, _browser = amara
    assert make(signed_in(one, strong=False), Device()).status_code == 422
    assert make(signed_in(one, strong=True), Device()).status_code == 200


def test_the_first_passkey_wakes_the_hats_that_sleep(person, client, ask, link_in, organization, device):
    organization("Coast Network", slug="net", category="core_network")
    person(AMARA, staff=True)
    ask(AMARA, next="/organizations/net/colleagues")
    landed = client.send(link_in(), "/accounts/sign-in/open").location
    assert landed == "/accounts/passkeys?next=/organizations/net/colleagues"
    refused = client.get("/organizations/net/colleagues")
    assert refused.status_code == 403
    assert "hats are asleep" in refused.text
    assert "Add a passkey now" in client.get(landed).text
    make(client, device)
    assert client.get("/organizations/net/colleagues").status_code == 200


def test_who_has_a_passkey_shows_it_before_the_hats_wake(person, client, ask, link_in, signed_in, device):
    staff = person(AMARA, staff=True)
    make(signed_in(staff, strong=False), device)
    ask(AMARA)
    assert client.send(link_in(), "/accounts/sign-in/open").location == PAGE
    assert "Show my passkey" in client.get(PAGE).text
    assert show(client, device, "?next=/accounts/").json == {"next": "/accounts/"}
    assert "asleep" not in client.get("/accounts/").text


def test_somebody_elses_passkey_does_not_take_over_a_session(amara, signed_in, person, device):
    answer = show(signed_in(person("rival@example.org")), device)
    assert answer.status_code == 422
    assert "somebody else" in answer.json["problem"]


def test_passkeys_are_named_and_taken_away_by_their_person_alone(amara, signed_in, person, session):
    _one, browser = amara
    id = session.scalars(select(Passkey.id)).one()
    assert browser.send(PAGE, f"{PAGE}/{id}/name", **{f"k{id}-name": "the blue key"}).status_code == 303
    assert "the blue key" in browser.get(PAGE).text
    assert browser.send(PAGE, f"{PAGE}/{id}/name", **{f"k{id}-name": ""}).status_code == 422
    rival = signed_in(person("rival@example.org"))
    form = {"csrf_token": token(rival), f"k{id}-name": "mine"}
    assert rival.post(f"{PAGE}/{id}/name", data=form).status_code == 404
    assert rival.post(f"{PAGE}/{id}/remove", data=form).status_code == 404
    assert browser.send(PAGE, f"{PAGE}/{id}/remove").status_code == 303
    assert session.scalars(select(Passkey)).all() == []


def test_the_last_passkey_of_a_careful_hat_stays(person, signed_in, device, session):
    browser = signed_in(person(AMARA, staff=True))
    make(browser, device)
    id = session.scalars(select(Passkey.id)).one()
    answer = browser.post(f"{PAGE}/{id}/remove", data={"csrf_token": token(browser)})
    assert answer.status_code == 303
    assert "last passkey" in browser.get(PAGE).text
    assert session.scalars(select(Passkey.id)).all() == [id]
    make(browser, Device())
    browser.send(PAGE, f"{PAGE}/{id}/remove")
    assert len(session.scalars(select(Passkey.id)).all()) == 1
