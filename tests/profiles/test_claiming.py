"""Claiming a profile: nothing is granted by itself, and nobody learns who looks after it."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from network.accounts.models import Role
from network.clock import now
from network.profiles import claims
from network.profiles.models import Claim

TOKEN = re.compile(r"claim\?token=([\w-]+)")


@pytest.fixture
def lab(organization):
    return organization("Harbour Lab", email="hello@harbour.example.org")


def page(of, below="claim") -> str:
    return f"/organizations/{of.slug}/{below}"


def admins(session, of) -> list[str]:
    roles = session.scalars(select(Role).where(Role.organization_id == of.id, Role.role == "admin"))
    return sorted(role.person.email for role in roles)


@pytest.fixture
def asked(lab, letters):
    """A function that asks by mail for a page and gives the token of the mail."""

    def ask(browser, of=lab) -> str:
        assert browser.send(page(of), way="address").status_code == 303
        return TOKEN.search(letters("claim_address")[-1].text)[1]

    return ask


def opened(browser, of, token):
    return browser.send(f"{page(of)}?token={token}", f"{page(of)}/open")


def test_the_mail_goes_to_the_published_address_which_the_page_never_shows(session, lab, person, signed_in, letters):
    browser = signed_in(person("amara@example.org"))
    assert "hello@harbour" not in browser.get(page(lab)).text
    assert "h…@harbour.example.org" in browser.get(page(lab)).text
    browser.send(page(lab), way="address")
    (letter,) = letters("claim_address")
    assert letter.address == "hello@harbour.example.org"
    assert "amara@example.org" in letter.text
    assert admins(session, lab) == []


def test_whoever_opens_the_mailed_link_looks_after_the_page(session, lab, person, signed_in, asked):
    browser = signed_in(person("amara@example.org"))
    token = asked(browser)
    browser.get(f"{page(lab)}?token={token}")
    assert admins(session, lab) == []
    assert opened(browser, lab, token).status_code == 303
    assert admins(session, lab) == ["amara@example.org"]
    assert session.scalars(select(Claim)).one().state == "granted"


def test_the_link_works_once(session, lab, person, signed_in, asked):
    browser = signed_in(person("amara@example.org"))
    token = asked(browser)
    opened(browser, lab, token)
    assert signed_in(person()).get(f"{page(lab)}?token={token}").status_code == 404


def test_a_colleague_who_reads_the_mailbox_takes_the_page_and_the_asker_is_told(
    session, lab, person, signed_in, asked, letters
):
    token = asked(signed_in(person("stranger@example.org")))
    opened(signed_in(person("office@harbour.example.org")), lab, token)
    assert admins(session, lab) == ["office@harbour.example.org"]
    assert letters("claim_decided")[0].address == "stranger@example.org"


def test_a_link_is_good_for_seven_days_and_for_its_own_page(session, lab, organization, person, signed_in, asked):
    browser = signed_in(person())
    token = asked(browser)
    other = organization("Riverside Lab")
    assert browser.get(f"{page(other)}?token={token}").status_code == 404
    session.scalars(select(Claim)).one().asked_at = now() - timedelta(days=8)
    session.commit()
    assert browser.get(f"{page(lab)}?token={token}").status_code == 404
    assert "out of date" in claims.end_waiting(session())
    assert session.scalars(select(Claim)).one().state == "withdrawn"


def test_without_signing_in_one_is_led_there_and_back(client, lab, person, signed_in, asked):
    assert "next=%2Forganizations%2F" in client.get(page(lab)).text
    token = asked(signed_in(person()))
    text = client.get(f"{page(lab)}?token={token}").text
    assert f"token%3D{token}" in text
    assert "Look after this page" not in text


def test_words_typed_by_somebody_signed_out_are_kept(client, lab, person, signed_in):
    browser = signed_in(person())
    form = browser.get(page(lab)).text
    token = form.partition('name="csrf_token" value="')[2].partition('"')[0]
    with browser.session_transaction() as cookie:
        cookie.pop("_user_id")
    answer = browser.post(page(lab), data={"csrf_token": token, "way": "staff", "reason": "I lead the Tuesday group"})
    assert answer.status_code in (400, 401)
    assert "I lead the Tuesday group" in answer.text


def test_a_decision_is_the_staffs_or_the_coordinators_with_a_reason(
    session, lab, organization, link, person, signed_in, letters
):
    network, other = organization("Northern Network", category="affiliate_network"), organization("Southern Network")
    link(lab, network, confirmed_on=now().date())
    person("staff@example.org", staff=True)
    mine = person("mine@example.org", coordinator=network)
    foreign = person("foreign@example.org", coordinator=other)
    asker = signed_in(person("amara@example.org"))
    assert asker.send(page(lab), way="staff", reason="").status_code == 422
    asker.send(page(lab), way="staff", reason="I lead the Tuesday group")
    assert sorted(letter.address for letter in letters("claim_asked")) == ["mine@example.org", "staff@example.org"]
    claim = session.scalars(select(Claim)).one()
    assert asker.get(page(lab, "claims")).status_code == 403
    assert signed_in(foreign).get(page(lab, "claims")).status_code == 403
    coordinator = signed_in(mine)
    assert "I lead the Tuesday group" in coordinator.get(page(lab, "claims")).text
    coordinator.send(page(lab, "claims"), decision="grant", words="Welcome")
    assert admins(session, lab) == ["amara@example.org"]
    (told,) = letters("claim_decided")
    assert (told.address, "Welcome" in told.text) == ("amara@example.org", True)
    assert (claim.state, claim.decided_by_id) == ("granted", mine.id)


def test_a_refusal_is_told_and_gives_nothing(session, lab, person, signed_in, letters):
    signed_in(person("amara@example.org")).send(page(lab), way="staff", reason="I like it")
    staff = signed_in(person(staff=True))
    staff.send(page(lab, "claims"), decision="refuse", words="Ask the group first")
    assert admins(session, lab) == []
    assert "Ask the group first" in letters("claim_decided")[0].text


def test_nobody_decides_about_a_claim_of_their_own(session, lab, person, signed_in):
    someone = person("staff@example.org", staff=True)
    browser = signed_in(someone)
    browser.send(page(lab), way="staff", reason="It is mine")
    assert "somebody else decides" in browser.get(page(lab, "claims")).text
    claim = session.scalars(select(Claim)).one()
    with pytest.raises(claims.Refused):
        claims.decide(session(), lab, claim, someone, True, "")


def test_present_admins_are_told_and_may_object_for_seven_days(session, lab, person, signed_in, letters):
    person("staff@example.org", staff=True)
    present = person("admin@example.org", "Zuri", admin=lab)
    asker = signed_in(person("amara@example.org"))
    asker.send(page(lab), way="staff", reason="I lead the Tuesday group now")
    text = asker.get(page(lab)).text
    assert "Zuri" not in text
    assert "admin@example.org" not in text
    assert {letter.address for letter in letters("claim_asked")} == {"admin@example.org", "staff@example.org"}
    claim = session.scalars(select(Claim)).one()
    staff = signed_in(person(staff=True))
    assert "Grant it" not in staff.get(page(lab, "claims")).text
    staff.send(page(lab, "claims"), decision="grant")
    assert "amara@example.org" not in admins(session, lab)
    admin = signed_in(present)
    assert admin.send(page(lab, f"claims/{claim.id}/object"), words="").status_code == 422
    admin.send(page(lab, f"claims/{claim.id}/object"), words="She left in spring")
    assert "She left in spring" in letters("claim_objection")[0].text
    assert "She left in spring" in staff.get(page(lab, "claims")).text
    claim.objections_until = now() - timedelta(minutes=1)
    session.commit()
    assert "1 claims ready" in claims.end_waiting(session())
    assert (claim.state, admins(session, lab)) == ("asked", ["admin@example.org"])
    staff.send(page(lab, "claims"), decision="grant")
    assert admins(session, lab) == ["admin@example.org", "amara@example.org"]


def test_a_mailed_link_waits_for_the_seven_days_and_an_objection_stops_it(session, lab, person, signed_in, asked):
    present = person("admin@example.org", admin=lab)
    browser = signed_in(person("amara@example.org"))
    token = asked(browser)
    claim = session.scalars(select(Claim)).one()
    assert "may object until" in browser.get(f"{page(lab)}?token={token}").text
    claim.objections_until = now() - timedelta(minutes=1)
    session.commit()
    assert "Look after this page" in browser.get(f"{page(lab)}?token={token}").text
    claim.objections_until = now() + timedelta(days=1)
    session.commit()
    signed_in(present).send(page(lab, f"claims/{claim.id}/object"), words="Nobody knows her here")
    claim.objections_until = now() - timedelta(minutes=1)
    session.commit()
    assert "objected" in browser.get(f"{page(lab)}?token={token}").text
    with pytest.raises(claims.Refused):
        claims.redeem(session(), lab, claim, claim and session.get_one(type(present), claim.person_id))


def test_two_links_for_the_same_page_don_t_both_give_it(session, lab, person, signed_in, asked):
    first, second = signed_in(person("first@example.org")), signed_in(person("second@example.org"))
    one, two = asked(first), asked(second)
    opened(first, lab, one)
    opened(second, lab, two)
    assert admins(session, lab) == ["first@example.org"]
    assert session.scalars(select(Claim).where(Claim.state == "waiting")).one().objections_until


def test_a_representative_may_not_object(session, lab, person, signed_in):
    person(admin=lab)
    signed_in(person()).send(page(lab), way="staff", reason="I lead it")
    claim = session.scalars(select(Claim)).one()
    assert signed_in(person(representative=lab)).get(page(lab, f"claims/{claim.id}/object")).status_code == 403


def test_one_claim_at_a_time_few_of_a_person_and_few_mails_to_an_address(session, lab, person, signed_in, organization):
    browser = signed_in(person())
    browser.send(page(lab), way="address")
    form = browser.get(page(lab))
    assert "You asked for this page" in form.text
    for _ in range(claims.MOST_MAILS - 1):
        signed_in(person()).send(page(lab), way="address")
    signed_in(person()).send(page(lab), way="address")
    assert len(session.scalars(select(Claim)).all()) == claims.MOST_MAILS
    asker = person()
    for number in range(claims.MOST_OPEN):
        claims.ask(session(), organization(f"Group {number}"), asker, "staff", "mine")
    with pytest.raises(claims.Refused):
        claims.ask(session(), organization("One more"), asker, "staff", "mine")


def test_what_one_asked_one_can_take_back(session, lab, person, signed_in):
    browser = signed_in(person())
    browser.send(page(lab), way="address")
    browser.send(page(lab), f"{page(lab)}/withdraw")
    assert session.scalars(select(Claim)).one().state == "withdrawn"


def test_without_a_published_address_the_staff_decide(session, organization, person, signed_in):
    lab = organization("Harbour Lab")
    browser = signed_in(person())
    text = browser.get(page(lab)).text
    assert 'value="address"' not in text
    assert browser.send(page(lab), way="address", reason="mine").status_code == 422


def test_what_is_not_public_cannot_be_claimed(client, organization, person, signed_in):
    hidden = organization("Harbour Lab", standing="desired")
    assert client.get(page(hidden)).status_code == 404
    assert signed_in(person()).get(page(hidden)).status_code == 404


def at_once(app, *requests):
    """Send requests of several browsers at the same moment; gives the answers."""
    start = threading.Barrier(len(requests))

    def send(one):
        browser, path, typed = one
        start.wait()
        return browser.fetch(path, method="POST", data=typed)

    with ThreadPoolExecutor(len(requests)) as pool:
        return list(pool.map(send, requests))


def token_of(browser, path) -> str:
    return browser.get(path).text.partition('name="csrf_token" value="')[2].partition('"')[0]


def test_of_two_who_decide_at_once_one_decides(app, session, lab, person, signed_in, letters):
    signed_in(person("amara@example.org")).send(page(lab), way="staff", reason="I lead the Tuesday group")
    claim = session.scalars(select(Claim)).one()
    browsers = [signed_in(person(staff=True)) for _ in range(2)]
    path = page(lab, f"claims/{claim.id}/decide")
    typed = [{"csrf_token": token_of(one, page(lab, "claims"))} for one in browsers]
    requests = [
        (browser, path, {**known, "decision": decision})
        for browser, known, decision in zip(browsers, typed, ("grant", "refuse"), strict=True)
    ]
    session.commit()
    answers = at_once(app, *requests)
    session.expire_all()
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(letters("claim_decided")) == 1
    assert (claim.state == "granted") == (admins(session, lab) == ["amara@example.org"])


def test_a_double_click_asks_once_and_takes_the_page_once(app, session, lab, person, signed_in, letters):
    amara = person("amara@example.org")
    browsers = [signed_in(amara) for _ in range(2)]

    def both(path: str, action: str, **typed: str):
        requests = [(one, action, {"csrf_token": token_of(one, path), **typed}) for one in browsers]
        session.commit()
        answers = at_once(app, *requests)
        session.expire_all()
        return {answer.status_code for answer in answers}

    assert both(page(lab), page(lab), way="address") == {303}
    (letter,) = letters("claim_address")
    token = TOKEN.search(letter.text)[1]
    assert both(f"{page(lab)}?token={token}", f"{page(lab)}/open", token=token) <= {303, 404}
    assert admins(session, lab) == ["amara@example.org"]
