import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from network.accounts.models import Person, SignedIn, SignInLink
from network.accounts.signing_in import code_typed
from network.clock import now
from network.extensions import db
from tests.markup import read

AMARA = "amara@example.org"
OPEN = "/accounts/sign-in/open"


def press(browser, address):
    """Open a mailed link and press its button."""
    return browser.send(address, OPEN)


def code_on(page) -> str:
    return read(page.text)[0].first(lambda element: element.get("class") == "code").text


def is_signed_in(browser) -> bool:
    return browser.get("/accounts/").status_code == 200


def test_the_mailed_link_signs_in_where_it_was_asked_for(client, ask, link_in, session):
    assert ask("  Amara@Example.org ").location == "/accounts/sign-in/sent"
    assert AMARA in client.get("/accounts/sign-in/sent").text
    assert press(client, link_in()).location == "/accounts/"
    assert session.scalars(select(Person)).one().email == AMARA
    assert AMARA in client.get("/accounts/").text


def test_looking_at_a_link_changes_nothing_however_often(client, app, ask, link_in):
    ask(AMARA)
    scanner = app.test_client()
    for _ in range(3):
        assert scanner.get(link_in()).status_code == 200
        assert scanner.head(link_in()).status_code == 200
        assert client.get(link_in()).status_code == 200
    assert press(client, link_in()).status_code == 303


def test_a_link_is_spent_by_its_button_once(client, app, ask, link_in):
    ask(AMARA)
    press(client, link_in())
    again = client.get(link_in())
    assert again.status_code == 410
    assert "used already" in again.text
    token = link_in().partition("token=")[2]
    page = app.test_client()
    assert page.send("/accounts/sign-in", "/accounts/sign-in", email=AMARA).status_code == 303
    form = read(page.get("/accounts/sign-in").text)[0].first(lambda one: one.get("name") == "csrf_token")
    assert page.post(OPEN, data={"token": token, "csrf_token": form.get("value")}).status_code == 410


@pytest.mark.parametrize("token", ["", "nonsense", "x" * 5000])
def test_a_link_that_was_cut_on_the_way_offers_a_new_one(client, token):
    page = client.get(OPEN, query_string={"token": token})
    assert page.status_code == 410
    assert "Mail me a new link" in page.text


def test_a_link_is_good_for_ten_minutes(client, ask, link_in, session):
    ask(AMARA)
    address = link_in()
    link = session.scalars(select(SignInLink)).one()
    assert link.expires_at - link.created_at == timedelta(minutes=10)
    session.execute(update(SignInLink).values(expires_at=now()))
    assert client.get(address).status_code == 410


def test_only_hashes_of_secrets_are_kept(client, ask, link_in, session):
    ask(AMARA)
    token = link_in().partition("token=")[2]
    row = session.execute(select(*SignInLink.__table__.c)).one()
    assert len(token) >= 43  # 256 bits
    assert token not in map(str, row)
    assert client.get_cookie("browser", path="/accounts").value not in map(str, row)


def test_in_another_browser_the_button_shows_a_code_for_the_first(client, app, ask, link_in, letters):
    ask(AMARA)
    phone = app.test_client()
    assert "another browser" in phone.get(link_in()).text
    page = press(phone, link_in())
    code = code_on(page)
    assert not is_signed_in(phone)
    assert code_on(press(app.test_client(), link_in())) == code, "a scanner that presses too must not make another"
    typed = f" {code.lower().replace(' ', '-')} "
    answer = client.send("/accounts/sign-in/sent", "/accounts/sign-in/code", code=typed)
    assert answer.location == "/accounts/"
    assert is_signed_in(client)
    assert not is_signed_in(phone)
    assert letters("sign_in_elsewhere")[0].address == AMARA


def test_a_code_means_nothing_in_a_third_browser(app, client, ask, link_in):
    ask(AMARA)
    code = code_on(press(app.test_client(), link_in()))
    third = app.test_client()
    ask("someone@example.org", third)
    answer = third.send("/accounts/sign-in/sent", "/accounts/sign-in/code", code=code)
    assert answer.status_code == 422
    assert not is_signed_in(third)


def test_a_code_is_not_accepted_before_somebody_opened_the_link(client, ask, link_in, app):
    from network.accounts.signing_in import code_of

    ask(AMARA)
    with app.app_context():
        code = code_of(link_in().partition("token=")[2])
    answer = client.send("/accounts/sign-in/sent", "/accounts/sign-in/code", code=code)
    assert answer.status_code == 422
    assert "Press the button in the mail first" in answer.text


def test_five_codes_may_be_tried(app, client, ask, link_in):
    ask(AMARA)
    code = code_on(press(app.test_client(), link_in()))
    for left in (4, 3, 2, 1):
        answer = client.send("/accounts/sign-in/sent", "/accounts/sign-in/code", code="AAAAAAAA")
        assert f"{left} more" in answer.text
    assert "too often" in client.send("/accounts/sign-in/sent", "/accounts/sign-in/code", code="AAAAAAAA").text
    assert client.send("/accounts/sign-in/sent", "/accounts/sign-in/code", code=code).status_code == 422


def test_codes_are_read_however_they_are_typed():
    assert code_typed(" abcd-2345\n") == "ABCD2345"


def test_twenty_presses_at_once_sign_in_exactly_once(app, client, ask, link_in, session):
    ask(AMARA)
    address = link_in()
    page = read(client.get(address).text)[0]
    token = page.first(lambda one: one.get("name") == "csrf_token").get("value")
    cookies = {
        name: client.get_cookie(name, path=path).value for name, path in (("browser", "/accounts"), ("session", "/"))
    }
    session.commit()
    statuses, gate = [], threading.Barrier(20)

    def go():
        with app.app_context():
            browser = app.test_client()
            for name, value in cookies.items():
                browser.set_cookie(name, value)
            gate.wait()
            sent = {"token": address.partition("token=")[2], "csrf_token": token}
            statuses.append(type(browser).__mro__[1].open(browser, OPEN, method="POST", data=sent).status_code)
            db.session.remove()

    threads = [threading.Thread(target=go) for _ in range(20)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(statuses) == [303] + [410] * 19
    assert session.scalar(select(func.count()).select_from(SignedIn)) == 1
    assert session.scalar(select(func.count()).select_from(Person)) == 1


def test_a_known_address_and_an_unknown_one_get_the_same_answer(app, ask, person, session, letters):
    person(AMARA)
    answers = []
    for email in (AMARA, "nobody@example.org"):
        browser = app.test_client()
        answer = ask(email, browser)
        answers.append(
            (answer.status_code, answer.location, browser.get("/accounts/sign-in/sent").text.replace(email, ""))
        )
    page, other = (read(text)[0].text for *_facts, text in answers)
    assert answers[0][:2] == answers[1][:2]
    assert page == other
    assert len(letters("sign_in")) == 2
    assert session.scalar(select(func.count()).select_from(Person)) == 1, "nobody is made before a link is spent"


def test_what_is_no_address_says_what_one_looks_like_and_stays(client):
    for typed in ("", "amara", "amara@", "a" * 250 + "@example.org", "amara@example.org\nBcc: x@example.org"):
        answer = client.send("/accounts/sign-in", "/accounts/sign-in", email=typed)
        assert answer.status_code == 422
        assert "errors" in answer.text
    assert 'value="amara@"' in client.send("/accounts/sign-in", "/accounts/sign-in", email="amara@").text


def test_one_lands_on_the_page_that_was_wanted(client, ask, link_in, organization, person, session):
    lab = organization(slug="harbour-lab")
    person(AMARA, admin=lab)
    led = client.get("/organizations/harbour-lab/colleagues")
    assert led.location == "/accounts/sign-in?next=/organizations/harbour-lab/colleagues"
    ask(AMARA, next="/organizations/harbour-lab/colleagues")
    assert press(client, link_in()).location == "/organizations/harbour-lab/colleagues"


@pytest.mark.parametrize("next", ["https://elsewhere.example", "//elsewhere.example", "/%5Celsewhere.example"])
def test_nobody_is_led_elsewhere(client, ask, link_in, next):
    ask(AMARA, next=next)
    assert press(client, link_in()).location == "/accounts/"


def test_a_session_gets_a_new_id_each_time_one_signs_in(client, ask, link_in, session):
    tokens = set()
    for email in (AMARA, AMARA, "other@example.org"):
        next = "/accounts/again" if tokens else ""
        if tokens:
            client.send("/accounts/again", "/accounts/sign-in", email=email, next=next)
        else:
            ask(email)
        press(client, link_in())
        tokens.add(session.scalars(select(SignedIn.token_hash)).one())  # the one before is gone
    assert len(tokens) == 3


def test_spent_links_are_forgotten_with_their_addresses(client, ask, session):
    ask(AMARA)
    session.execute(update(SignInLink).values(expires_at=now() - timedelta(days=2)))
    ask("later@example.org")
    assert session.scalars(select(SignInLink.email)).all() == ["later@example.org"]


def test_signing_out_ends_the_session(client, ask, link_in, session):
    ask(AMARA)
    press(client, link_in())
    assert client.send("/accounts/", "/accounts/sign-out").status_code == 303
    assert not is_signed_in(client)
    assert session.scalars(select(SignedIn)).all() == []
    assert client.get("/accounts/sign-out").status_code == 405


def test_a_form_without_its_token_is_kept_and_explained(client):
    answer = client.post("/accounts/sign-in", data={"email": AMARA})
    assert answer.status_code == 400
    assert "Nothing that you typed is lost" in answer.text
    assert AMARA in answer.text
