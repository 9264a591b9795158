import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from network.accounts import colleagues
from network.accounts.models import Invitation, Role
from network.clock import now
from network.directory.models import Organization
from network.extensions import db
from tests.accounts.conftest import token

AMARA, BEN = "amara@example.org", "ben@example.org"
PAGE = "/organizations/lab/colleagues"


@pytest.fixture
def lab(organization):
    return organization("Harbour Lab", slug="lab")


def roles(session) -> list[tuple[str, str]]:
    return [(one.person.email, one.role) for one in session.scalars(select(Role).order_by(Role.id))]


def role_id(session, email: str) -> int:
    return next(one.id for one in session.scalars(select(Role)) if one.person.email == email)


def invite(browser, email=BEN, role="representative"):
    return browser.send(PAGE, f"{PAGE}/invite", email=email, role=role)


def press(browser, path, **sent):
    return browser.post(path, data={"csrf_token": token(browser), **sent})


def test_an_admin_invites_and_the_invited_accepts(lab, person, signed_in, client, letters, link_in, session):
    cleo = person("cleo@example.org", admin=lab)
    admin = signed_in(person(AMARA, name="Amara Diallo", admin=lab))
    assert invite(admin).status_code == 303
    letter = letters("invitation")[0]
    assert letter.address == BEN
    assert "Amara Diallo invites you" in letter.text
    assert BEN in admin.get(PAGE).text
    assert (BEN, "representative") not in roles(session), "nobody acts for anybody before they accept"
    client.send(link_in("invitation"), "/accounts/sign-in", email=BEN)
    assert client.send(link_in(), "/accounts/sign-in/open").location == "/accounts/invitation"
    assert "Harbour Lab" in client.get("/accounts/invitation").text
    assert client.send("/accounts/invitation", "/accounts/invitation", answer="accept").location == "/accounts/"
    assert (BEN, "representative") in roles(session)
    assert "Harbour Lab" in client.get("/accounts/").text
    assert {one.address for one in letters("colleague_joined")} == {AMARA, cleo.email}


def test_an_invitation_is_for_its_address_and_for_seven_days(lab, person, signed_in, session):
    admin = signed_in(person(AMARA, admin=lab))
    invite(admin)
    stranger, ben = signed_in(person()), signed_in(person(BEN))
    invitation = session.scalars(select(Invitation)).one()
    assert invitation.expires_at - invitation.created_at == timedelta(days=7)
    assert "Harbour Lab" not in stranger.get("/accounts/invitation").text
    press(stranger, "/accounts/invitation", id=invitation.id, answer="accept")
    assert roles(session) == [(AMARA, "admin")]
    invitation.expires_at = now()
    session.commit()
    press(ben, "/accounts/invitation", id=invitation.id, answer="accept")
    assert roles(session) == [(AMARA, "admin")]


def test_an_invitation_is_accepted_once_declined_or_taken_back(lab, person, signed_in, session, letters):
    admin, ben = signed_in(person(AMARA, admin=lab)), signed_in(person(BEN))
    invite(admin)
    invite(admin)
    assert len(session.scalars(select(Invitation)).all()) == 1, "asked again, the same one begins anew"
    ben.send("/accounts/invitation", "/accounts/invitation", answer="decline")
    assert session.scalars(select(Invitation)).all() == []
    invite(admin)
    id = session.scalars(select(Invitation.id)).one()
    admin.send(PAGE, f"{PAGE}/invitations/{id}/withdraw")
    assert "No invitation waits" in ben.get("/accounts/invitation").text
    assert letters("colleague_joined") == []


def test_accepting_asks_for_a_recent_sign_in(lab, person, signed_in, session):
    invite(signed_in(person(AMARA, admin=lab)))
    late = signed_in(person(BEN), ago=timedelta(minutes=20))
    answer = late.send("/accounts/invitation", "/accounts/invitation", answer="accept")
    assert answer.status_code == 401
    assert roles(session) == [(AMARA, "admin")]


def test_who_acts_already_is_not_invited(lab, person, signed_in):
    admin = signed_in(person(AMARA, admin=lab))
    person(BEN, representative=lab)
    answer = invite(admin)
    assert answer.status_code == 422
    assert "already" in answer.text
    assert invite(admin, role="admin").status_code == 303


def test_a_representative_asks_and_the_admins_decide(lab, person, signed_in, session, letters):
    person(AMARA, admin=lab)
    browser = signed_in(person("cleo@example.org", representative=lab))
    assert press(browser, f"{PAGE}/invite", email=BEN, role="representative").status_code == 403
    assert browser.send(PAGE, f"{PAGE}/ask", email=BEN).status_code == 303
    letter = letters("colleague_wanted")[0]
    assert letter.address == AMARA
    assert BEN in letter.text
    assert session.scalars(select(Invitation)).all() == []


def test_without_an_admin_the_network_decides_and_invites_the_first(
    lab, organization, link, person, signed_in, letters, session
):
    net = organization("Coast Network", slug="net", category="affiliate_network")
    link(lab, net, confirmed_on=date.today())
    dana = person("dana@example.org", coordinator=net)
    signed_in(person("cleo@example.org", representative=lab)).send(PAGE, f"{PAGE}/ask", email=BEN)
    assert [one.address for one in letters("colleague_wanted")] == [dana.email]
    coordinator = signed_in(dana)
    assert press(coordinator, f"{PAGE}/invite", email=BEN, role="representative").status_code == 422
    assert invite(coordinator, role="admin").status_code == 303
    session.add(Role(person_id=person(BEN).id, role="admin", organization_id=lab.id))
    session.commit()
    assert press(coordinator, f"{PAGE}/invite", email="more@example.org", role="admin").status_code == 422
    assert "It has an admin" in coordinator.get(PAGE).text


def test_staff_invite_coordinators_to_networks_alone(lab, organization, person, signed_in):
    organization("Coast Network", slug="net", category="core_network")
    staff = signed_in(person(AMARA, staff=True))
    net = "/organizations/net/colleagues"
    assert staff.send(net, f"{net}/invite", email=BEN, role="coordinator").status_code == 303
    assert press(staff, f"{PAGE}/invite", email=BEN, role="coordinator").status_code == 422
    assert press(staff, f"{PAGE}/invite", email=BEN, role="staff").status_code == 422


def test_the_last_admin_cannot_leave_without_a_successor(lab, person, signed_in, session):
    admin = signed_in(person(AMARA, admin=lab))
    person(BEN, representative=lab)
    mine, bens = role_id(session, AMARA), role_id(session, BEN)
    answer = admin.send(PAGE, f"{PAGE}/{mine}/leave")
    assert answer.status_code == 422
    assert "the last admin" in answer.text
    assert "Make a colleague an admin first" in answer.text
    assert press(admin, f"{PAGE}/{mine}/role", role="representative").status_code == 422
    assert press(admin, f"{PAGE}/{bens}/role", role="admin").status_code == 303
    assert admin.send(PAGE, f"{PAGE}/{mine}/leave").location == "/accounts/"
    assert roles(session) == [(BEN, "admin")]
    assert admin.get(PAGE).status_code == 403


def test_the_last_admin_cannot_be_removed_by_staff_either(lab, person, signed_in, session):
    person(AMARA, admin=lab)
    staff = signed_in(person(BEN, staff=True))
    answer = staff.send(PAGE, f"{PAGE}/{role_id(session, AMARA)}/remove")
    assert answer.status_code == 422
    assert "Invite an admin below first" in answer.text


def test_two_admins_do_not_leave_at_once(app, lab, person, session):
    for email in (AMARA, BEN):
        person(email, admin=lab)
    ids, gate, refused = [role_id(session, email) for email in (AMARA, BEN)], threading.Barrier(2), []
    lab_id = lab.id
    session.commit()

    def leave(id):
        with app.test_request_context("/", method="POST"):
            gate.wait()
            role = colleagues.role_of(db.session(), lab_id, id)
            try:
                colleagues.remove(db.session(), db.session.get(Organization, lab_id), role, role.person)
                db.session.commit()
            except colleagues.LastAdmin:
                refused.append(id)
            db.session.remove()

    threads = [threading.Thread(target=leave, args=(id,)) for id in ids]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    session.expire_all()
    assert len(refused) == 1
    assert len(roles(session)) == 1


def test_who_is_removed_is_told_and_may_no_longer_look(lab, person, signed_in, session, letters):
    admin, ben = signed_in(person(AMARA, admin=lab)), signed_in(person(BEN, representative=lab))
    assert ben.get(PAGE).status_code == 200
    assert admin.send(PAGE, f"{PAGE}/{role_id(session, BEN)}/remove").status_code == 303
    assert ben.get(PAGE).status_code == 403
    assert [one.address for one in letters("colleague_removed")] == [BEN]


def test_a_representative_leaves_but_takes_nothing_from_others(lab, person, signed_in, session, letters):
    person(AMARA, admin=lab)
    ben = signed_in(person(BEN, representative=lab))
    admins = role_id(session, AMARA)
    for path in (f"{PAGE}/{admins}/remove", f"{PAGE}/{admins}/leave", f"{PAGE}/{admins}/role"):
        assert press(ben, path, role="admin").status_code == 403
    assert press(ben, f"{PAGE}/{role_id(session, BEN)}/role", role="admin").status_code == 403
    assert ben.send(PAGE, f"{PAGE}/{role_id(session, BEN)}/leave").status_code == 303
    assert [one.address for one in letters("colleague_left")] == [AMARA]


def test_roles_of_another_organisation_are_out_of_reach(lab, organization, person, signed_in, session):
    rival = organization("Hill Club", slug="hill")
    person(BEN, admin=rival)
    admin = signed_in(person(AMARA, admin=lab))
    theirs = role_id(session, BEN)
    for path in (f"{PAGE}/{theirs}/remove", f"{PAGE}/{theirs}/role"):
        assert press(admin, path, role="representative").status_code == 404
    assert press(admin, f"/organizations/hill/colleagues/{theirs}/remove").status_code == 403


def test_an_admin_of_a_network_does_not_take_its_coordinator(organization, person, signed_in, session):
    net = organization("Coast Network", slug="lab", category="core_network")
    person(BEN, coordinator=net)
    admin, staff = signed_in(person(AMARA, admin=net)), signed_in(person(staff=True))
    path = f"{PAGE}/{role_id(session, BEN)}/remove"
    assert press(admin, path).status_code == 403
    assert press(staff, path).status_code == 303


def test_an_accepted_admin_is_no_mere_representative_any_more(lab, person, signed_in, session):
    admin, ben = signed_in(person(AMARA, admin=lab)), signed_in(person(BEN, representative=lab))
    invite(admin, role="admin")
    ben.send("/accounts/invitation", "/accounts/invitation", answer="accept")
    assert roles(session) == [(AMARA, "admin"), (BEN, "admin")]
