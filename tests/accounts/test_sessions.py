from datetime import timedelta

import pytest
from sqlalchemy import select

from network.accounts.models import SignedIn
from network.clock import now
from tests.accounts.conftest import token

AMARA = "amara@example.org"


def test_sessions_are_listed_and_ended(signed_in, person, session):
    amara = person(AMARA)
    laptop, phone = signed_in(amara), signed_in(amara)
    row = session.scalars(select(SignedIn).order_by(SignedIn.id.desc())).first()
    row.browser = "Firefox on Android"
    session.commit()
    page = laptop.get("/accounts/").text
    assert "Firefox on Android" in page
    assert page.count("this one") == 1
    laptop.send("/accounts/", f"/accounts/sessions/{row.id}/end")
    assert phone.get("/accounts/").status_code == 303
    assert laptop.get("/accounts/").status_code == 200


def test_all_others_end_at_once(signed_in, person):
    amara = person(AMARA)
    here, others = signed_in(amara), [signed_in(amara) for _ in range(3)]
    here.send("/accounts/", "/accounts/sessions/end-others")
    assert here.get("/accounts/").status_code == 200
    assert [one.get("/accounts/").status_code for one in others] == [303] * 3


def test_nobody_ends_a_strangers_session(signed_in, person, session):
    signed_in(person("rival@example.org"))
    theirs = session.scalars(select(SignedIn.id)).one()
    amara = signed_in(person(AMARA))
    mine = next(id for id in session.scalars(select(SignedIn.id)) if id != theirs)
    form = {"csrf_token": token(amara)}
    assert amara.post(f"/accounts/sessions/{theirs}/end", data=form).status_code == 404
    assert amara.post(f"/accounts/sessions/{mine}/end", data=form).status_code == 303


def test_a_session_lasts_twelve_hours(signed_in, person):
    amara = person(AMARA)
    assert signed_in(amara, ago=timedelta(hours=11, minutes=59)).get("/accounts/").status_code == 200
    assert signed_in(amara, ago=timedelta(hours=12, minutes=1)).get("/accounts/").status_code == 303


@pytest.mark.parametrize("hat", ["staff", "operator"])
def test_careful_hats_are_put_down_after_an_hour_without_use(signed_in, person, hat):
    somebody = person(**{hat: True})
    assert signed_in(somebody, ago=timedelta(minutes=59)).get("/accounts/").status_code == 200
    assert signed_in(somebody, ago=timedelta(minutes=61)).get("/accounts/").status_code == 303


def test_being_used_keeps_a_session_awake(signed_in, person, session):
    browser = signed_in(person(staff=True), ago=timedelta(minutes=50))
    browser.get("/accounts/")
    assert now() - session.scalars(select(SignedIn.seen_at)).one() < timedelta(minutes=1)
    row = session.scalars(select(SignedIn)).one()
    row.seen_at = now() - timedelta(minutes=50)
    session.commit()
    browser.send("/accounts/", "/accounts/", name="Amara")
    assert now() - session.scalars(select(SignedIn.seen_at)).one() < timedelta(minutes=1)


def test_name_and_language_are_ones_own(signed_in, person):
    amara = person(AMARA)
    browser = signed_in(amara)
    assert browser.send("/accounts/", "/accounts/", name="  Amara Diallo ", locale="fr").status_code == 303
    assert (amara.name, amara.locale) == ("Amara Diallo", "fr")
    answer = browser.send("/accounts/", "/accounts/", name="Amara\u202egro.elpmaxe", locale="fr")
    assert answer.status_code == 422
    assert "cannot be seen" in answer.text
    assert browser.send("/accounts/", "/accounts/", name="x" * 121).status_code == 422
    assert browser.send("/accounts/", "/accounts/", locale="tlh").status_code == 422


def test_every_hat_is_shown_with_where_it_leads(signed_in, person, organization):
    lab, net = (
        organization("Harbour Lab", slug="lab"),
        organization("Coast Network", slug="net", category="core_network"),
    )
    amara = person(AMARA, representative=lab, coordinator=net)
    page = signed_in(amara, strong=True).get("/accounts/").text
    for address in ("/organizations/lab/edit", "/organizations/lab/colleagues", "/organizations/net/edit"):
        assert f'href="{address}"' in page
    page = signed_in(amara, strong=False).get("/accounts/").text
    assert "asleep" in page
    assert 'href="/organizations/lab/edit"' in page
    assert 'href="/organizations/net/edit"' not in page


def test_who_is_signed_out_is_led_to_sign_in_and_loses_nothing(client):
    assert client.get("/accounts/").location == "/accounts/sign-in?next=/accounts/"
    answer = client.send("/accounts/sign-in", "/accounts/sign-in", email=AMARA)
    form = {"csrf_token": token(client), "name": "A long name that took a while"}
    answer = client.post("/accounts/", data=form)
    assert answer.status_code == 401
    assert "A long name that took a while" in answer.text


def test_what_matters_asks_again_after_a_quarter_of_an_hour(signed_in, person, organization):
    lab = organization(slug="lab")
    amara = signed_in(person(AMARA, admin=lab), ago=timedelta(minutes=16))
    form = {"csrf_token": token(amara), "email": "new@example.org", "role": "admin"}
    answer = amara.post("/organizations/lab/colleagues/invite", data=form)
    assert answer.status_code == 401
    assert 'href="/accounts/again"' in answer.text
    assert "new@example.org" in answer.text


def test_a_new_link_proves_it_again_and_keeps_the_session_strong(signed_in, person, link_in, session):
    staff = signed_in(person(AMARA, staff=True), ago=timedelta(minutes=30))
    before = session.scalars(select(SignedIn)).one().started_at
    assert staff.send("/accounts/again?next=/accounts/passkeys", "/accounts/sign-in").status_code == 303
    assert staff.send(link_in(), "/accounts/sign-in/open").location == "/accounts/passkeys"
    row = session.scalars(select(SignedIn)).one()
    assert row.strong
    assert row.started_at == before
    assert now() - row.proved_at < timedelta(minutes=1)
