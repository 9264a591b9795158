from datetime import timedelta

from sqlalchemy import select

from network.accounts.models import Recovery, SignedIn
from network.clock import now
from tests.accounts.conftest import token

AMARA, PAGE = "amara@example.org", "/accounts/recovery"


def vouch(browser, id):
    return browser.post(f"{PAGE}/{id}/vouch", data={"csrf_token": token(browser)})


def test_two_others_of_the_staff_bring_somebody_back(person, signed_in, session, letters, link_in, app):
    amara = person(AMARA, staff=True)
    first, second = (signed_in(person(f"{name}@example.org", staff=True)) for name in ("ben", "cleo"))
    lost = signed_in(amara, strong=False)
    assert lost.send(PAGE, PAGE).status_code == 303
    assert {one.address for one in letters("recovery_asked")} == {"ben@example.org", "cleo@example.org"}
    id = session.scalars(select(Recovery.id)).one()
    assert "One more of the staff" in first.get(vouch(first, id).location).text
    assert vouch(first, id).status_code == 403, "nobody vouches twice"
    assert letters("recovery") == []
    assert vouch(second, id).status_code == 303
    assert letters("recovery")[0].address == AMARA
    thief = app.test_client()
    assert "Show me the code" in thief.get(link_in("recovery")).text
    assert lost.send(link_in("recovery"), "/accounts/sign-in/open").location == "/accounts/passkeys"
    rows = session.scalars(select(SignedIn).where(SignedIn.person_id == amara.id)).all()
    assert [row.strong for row in rows] == [True]


def test_nobody_vouches_for_themselves(person, signed_in, session):
    amara = person(AMARA, staff=True)
    signed_in(amara, strong=False).send(PAGE, PAGE)
    id = session.scalars(select(Recovery.id)).one()
    assert vouch(signed_in(amara, strong=True), id).status_code == 403


def test_only_staff_who_showed_a_passkey_vouch(person, signed_in, session, organization):
    signed_in(person(AMARA, staff=True), strong=False).send(PAGE, PAGE)
    id = session.scalars(select(Recovery.id)).one()
    ben = person("ben@example.org", staff=True)
    for browser in (signed_in(ben, strong=False), signed_in(person(admin=organization()))):
        assert vouch(browser, id).status_code == 403
        assert AMARA not in browser.get(PAGE).text
    assert vouch(signed_in(ben, ago=timedelta(minutes=20)), id).status_code == 401


def test_asking_again_tells_nobody_twice(person, signed_in, letters):
    person("ben@example.org", staff=True)
    lost = signed_in(person(AMARA, staff=True), strong=False)
    lost.send(PAGE, PAGE)
    lost.post(PAGE, data={"csrf_token": token(lost)})
    assert len(letters("recovery_asked")) == 1


def test_asking_from_another_browser_begins_anew(person, signed_in, session):
    amara, ben = person(AMARA, staff=True), signed_in(person("ben@example.org", staff=True))
    signed_in(amara, strong=False).send(PAGE, PAGE)
    vouch(ben, session.scalars(select(Recovery.id)).one())
    other = signed_in(amara, strong=False)
    other.post(PAGE, data={"csrf_token": token(other)})
    assert session.scalars(select(Recovery.first_id)).one() is None


def test_a_request_waits_for_three_days(person, signed_in, session):
    ben = signed_in(person("ben@example.org", staff=True))
    signed_in(person(AMARA, staff=True), strong=False).send(PAGE, PAGE)
    recovery = session.scalars(select(Recovery)).one()
    recovery.asked_at = now() - timedelta(days=3, minutes=1)
    session.commit()
    assert AMARA not in ben.get(PAGE).text
    assert "time is over" in ben.get(vouch(ben, recovery.id).location).text


def test_who_needs_no_passkey_needs_no_recovery(person, signed_in, organization):
    browser = signed_in(person(AMARA, admin=organization()))
    assert "mailed link" in browser.get(PAGE).text
    assert browser.post(PAGE, data={"csrf_token": token(browser)}).status_code == 403
