from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from network.accounts.models import Person, Role, SignedIn, SignInLink
from network.accounts.present import LONGEST
from network.clock import now

AMARA = "amara@example.org"


@pytest.fixture
def run(app):
    """A function that runs a command of accounts, and gives what came of it."""
    return lambda *words: app.test_cli_runner().invoke(args=["accounts", *words])


def refused(result, words: str) -> None:
    assert result.exit_code == 1
    assert words in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_inviting_makes_an_account_with_its_role_and_mails_it(run, session, organization, letters):
    lab = organization("Harbour Lab", slug="lab")
    result = run("invite", " Amara@Example.org ", "--role", "admin", "--organization", "lab")
    assert result.exit_code == 0, result.output
    role = session.scalars(select(Role)).one()
    assert (role.person.email, role.role, role.organization_id) == (AMARA, "admin", lab.id)
    assert "Harbour Lab" in letters("invitation")[0].text
    assert run("invite", AMARA, "--role", "staff").exit_code == 0
    assert run("invite", AMARA, "--role", "staff").exit_code == 0
    assert session.scalars(select(Role.role).order_by(Role.id)).all() == ["admin", "staff"]
    assert len(session.scalars(select(Person)).all()) == 1


def test_what_cannot_be_is_refused_in_one_line(run, organization):
    organization(slug="club")
    refused(run("invite", AMARA, "--role", "admin"), "--organization")
    refused(run("invite", AMARA, "--role", "admin", "--organization", "nowhere"), "nowhere")
    refused(run("invite", AMARA, "--role", "coordinator"), "--organization")
    refused(run("invite", AMARA, "--role", "coordinator", "--organization", "club"), "no network")
    refused(run("invite", AMARA, "--role", "staff", "--organization", "club"), "leave out")
    refused(run("invite", "amara", "--role", "staff"), "no e-mail address")
    refused(run("sign-in-link", "amara"), "no e-mail address")
    refused(run("remove", AMARA, "--role", "staff"), "no such role")
    assert run("invite", AMARA, "--role", "queen").exit_code == 2
    assert run("sign-in-link", AMARA, "--minutes", "0").exit_code == 2


def test_a_coordinator_is_given_a_network(run, session, organization):
    net = organization(slug="net", category="core_network")
    assert run("invite", AMARA, "--role", "coordinator", "--organization", "net").exit_code == 0
    assert session.scalars(select(Role.organization_id)).one() == net.id


def test_the_printed_link_signs_in_anywhere_and_is_as_good_as_a_passkey(run, client, session, person):
    person(AMARA, staff=True)
    printed = run("sign-in-link", AMARA).stdout.strip()
    assert len(printed.splitlines()) == 1
    parts = urlsplit(printed)
    assert client.send(f"{parts.path}?{parts.query}", "/accounts/sign-in/open").location == "/accounts/"
    assert session.scalars(select(SignedIn.strong)).one()
    assert client.get(f"{parts.path}?{parts.query}").status_code == 410


def test_a_printed_link_lasts_as_long_as_asked(run, session):
    result = run("sign-in-link", AMARA, "--minutes", "90")
    assert "Nobody has the address" in result.stderr
    link = session.scalars(select(SignInLink)).one()
    assert link.expires_at - link.created_at == timedelta(minutes=90)


def test_a_role_is_taken_and_its_sessions_end(run, session, person, signed_in):
    browser = signed_in(person(AMARA, staff=True))
    assert run("remove", AMARA, "--role", "staff").exit_code == 0
    assert session.scalars(select(Role)).all() == []
    assert browser.get("/accounts/").status_code == 303


def test_the_timer_forgets_what_had_its_time(app, session, person, signed_in):
    signed_in(person(AMARA), ago=LONGEST + timedelta(minutes=1))
    session.add(SignInLink(token_hash="x", email=AMARA, expires_at=now() - timedelta(days=2)))
    session.commit()
    app.extensions["jobs"]["accounts"](session)
    assert session.scalars(select(SignInLink)).all() == []
    assert session.scalars(select(SignedIn)).all() == []
