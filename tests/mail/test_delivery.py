"""Mail and a real mail server: sent once, tried again, given up; nobody waits for it."""

import time
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from network.clock import now
from network.extensions import db
from network.mail import delivery, keeping, post
from network.mail.delivery import DELAYS, send_due
from network.mail.models import Message
from tests.mail.conftest import at_once, deaf_server, free_port, wait_until


def send(app) -> tuple[int, int]:
    with app.app_context():
        return send_due()


@pytest.fixture
def posting(sending, server):
    """The application with the mail server of the test."""
    return sending(f"smtp://127.0.0.1:{server.port}", BASE_URL="https://tent.example.org", SITE_NAME="Das Zelt, Süd")


def test_a_message_is_text_and_html_with_the_headers_that_programs_read(posting, message, letterbox):
    message(
        "amara@example.org", subject="Grüße", text="Liebe Amara,\n", locale="de", unsubscribe="https://t.example/u?t=1"
    )
    assert send(posting) == (1, 0)
    (letter,) = letterbox.letters
    assert letter["From"] == '"Das Zelt, Süd" <noreply@tent.example.org>'
    assert letter["To"] == "amara@example.org"
    assert letter["Subject"] == "Grüße"
    assert letter["Date"].datetime.utcoffset() == timedelta()
    assert letter["Message-ID"].endswith("@tent.example.org>")
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["List-Unsubscribe"] == "<https://t.example/u?t=1>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.get_body(("plain",)).get_content().splitlines() == ["Liebe Amara,"]
    assert letter.get_body(("html",)).get_content().strip() == "<p>Dear you,</p>"


def test_the_way_out_of_a_list_is_written_as_programs_read_it(posting, message, letterbox):
    address = "https://tent.example.org/mail/unsubscribe?token=" + "aB3-_x" * 30
    message(unsubscribe=address)
    send(posting)
    assert f"\r\nList-Unsubscribe: <{address}>\r\n".encode() in letterbox.written[0]


def test_a_message_about_signing_in_has_no_list_to_leave(posting, message, letterbox):
    message()
    send(posting)
    assert "List-Unsubscribe" not in letterbox.letters[0]


def test_what_was_sent_keeps_neither_words_nor_address(posting, message, session):
    made = message("amara@example.org", unsubscribe="https://x", reply_to="rosa@example.org")
    send(posting)
    session.refresh(made)
    assert (made.state, made.kind, made.sent_at is not None) == ("sent", "told", True)
    assert not any((made.address, made.subject, made.text, made.html, made.unsubscribe, made.reply_to))


@pytest.mark.parametrize(
    "fields",
    [
        {"address": "amara@example.org\r\nBcc: rival@example.org"},
        {"address": "amara@example.org, rival@example.org"},
        {"address": "amara"},
        {"address": "amara@example.org", "reply_to": "rosa@example.org\nBcc: rival@example.org"},
    ],
)
def test_an_address_that_is_none_fails_and_nothing_is_sent(posting, message, session, letterbox, fields):
    made = message(**fields)
    assert send(posting) == (0, 1)
    session.refresh(made)
    assert made.state == "failed"
    assert letterbox.letters == []


def test_a_subject_with_lines_in_it_stays_a_subject(posting, message, letterbox):
    message("amara@example.org", subject="Hello\r\nBcc: rival@example.org\r\n\r\nBody")
    send(posting)
    assert letterbox.letters[0]["Subject"] == "Hello Bcc: rival@example.org Body"
    assert "Bcc" not in letterbox.letters[0]


def test_a_recipient_who_is_refused_for_good_is_given_up_at_once(posting, message, session, letterbox):
    letterbox.answers = {"nobody@example.org": ["550 no such user <nobody@example.org> here"]}
    bad, good = message("nobody@example.org"), message("amara@example.org")
    assert send(posting) == (1, 1)
    session.expire_all()
    assert (bad.state, good.state) == ("failed", "sent")
    assert bad.problem == "550 no such user … here"
    assert bad.address == ""
    assert letterbox.to() == ["amara@example.org"]


def test_a_recipient_who_is_refused_for_now_is_tried_again_later(posting, message, session, letterbox):
    letterbox.answers = {"amara@example.org": ["451 greylisted", "451 greylisted"]}
    made = message("amara@example.org")
    for attempt in range(2):
        assert send(posting) == (0, 1)
        session.refresh(made)
        assert made.state == "waiting"
        assert timedelta() < made.due_at - now() <= DELAYS[attempt]
        assert send(posting) == (0, 0)  # not before it is due
        make_due(session)
    assert send(posting) == (1, 0)
    assert letterbox.to() == ["amara@example.org"]


def test_after_the_last_delay_a_message_is_given_up_and_the_operator_told(posting, message, session, letterbox):
    letterbox.answers = {"amara@example.org": ["451 later"] * 20}
    made = message("amara@example.org")
    for _ in range(len(DELAYS) + 1):
        send(posting)
        make_due(session)
    session.refresh(made)
    assert (made.state, made.address) == ("failed", "")
    (told,) = keeping.problems(session)
    assert "told" in told
    assert "451 later" in told


def make_due(session) -> None:
    session.execute(update(Message).where(Message.state == "waiting").values(due_at=now()))
    session.commit()


def test_a_server_that_is_not_there_costs_one_attempt_and_loses_nothing(sending, message, session):
    gone = sending(f"smtp://127.0.0.1:{free_port()}")
    for _ in range(3):
        message()
    assert send(gone) == (0, 1)
    session.expire_all()
    assert [one.state for one in session.scalars(select(Message))] == ["waiting"] * 3


def test_several_messages_go_over_one_connection(posting, message, letterbox):
    for _ in range(5):
        message()
    assert send(posting) == (5, 0)
    assert len(letterbox.letters) == 5


def test_whoever_waits_to_sign_in_is_served_first(posting, message, letterbox):
    message("later@example.org", due_at=now() - timedelta(hours=1))
    message("first@example.org", kind="sign_in")
    send(posting)
    assert [str(letter["To"]) for letter in letterbox.letters] == ["first@example.org", "later@example.org"]


def test_two_who_send_at_once_send_each_message_once(posting, message, session, letterbox):
    wanted = sorted(message().address for _ in range(12))
    session.commit()
    at_once(*[lambda: send(posting)] * 3)
    assert letterbox.to() == wanted


def test_a_message_that_somebody_began_to_send_is_left_to_them_until_their_time_is_over(posting, message, session):
    made = message(state="sending", attempts=1, due_at=now() + timedelta(minutes=5))
    assert send(posting) == (0, 0)
    made.due_at = now() - timedelta(seconds=1)
    session.commit()
    assert send(posting) == (1, 0)


def test_somebody_who_took_too_long_does_not_undo_what_the_next_one_did(posting, message, session):
    made = message()
    with posting.app_context():
        first = delivery.claim()
        session.execute(update(Message).values(due_at=now() - timedelta(seconds=1)))
        session.commit()
        second = delivery.claim()
        delivery.conclude(second, ("sent", ""))
        delivery.conclude(first, ("later", "451 too slow"))
    session.refresh(made)
    assert made.state == "sent"


def test_what_is_not_due_waits(posting, message, letterbox):
    message(due_at=now() + timedelta(hours=1))
    assert send(posting) == (0, 0)


def test_a_hanging_server_does_not_keep_the_page_waiting(sending, session, letters, monkeypatch):
    monkeypatch.setattr(delivery, "TIMEOUT", 2)
    with deaf_server() as port:
        app = sending(f"smtp://127.0.0.1:{port}", MAIL_AT_ONCE=True)
        began = time.monotonic()
        with app.test_request_context("/"):
            queue(app, "amara@example.org")
        assert time.monotonic() - began < 1
        wait_until(lambda: attempts(session) == [1])
        wait_until(lambda: states(session) == ["waiting"])
        assert "timed out" in letters()[0].problem


def queue(app, address: str) -> None:
    post(db.session, "digest", address, subjects=["One"])
    db.session.commit()


def states(session) -> list[str]:
    return read(session, Message.state)


def attempts(session) -> list[int]:
    return read(session, Message.attempts)


def read(session, column) -> list:
    """A column of the queue, without keeping a writer waiting."""
    session.rollback()
    found = list(session.scalars(select(column)))
    session.rollback()
    return found


def test_what_a_request_queued_is_sent_right_after_it(sending, server, session, letterbox):
    app = sending(f"smtp://127.0.0.1:{server.port}", MAIL_AT_ONCE=True)
    with app.test_request_context("/"):
        queue(app, "amara@example.org")
    wait_until(lambda: letterbox.letters)
    wait_until(lambda: states(session) == ["sent"])


def test_what_was_taken_back_is_not_sent(sending, server, session, letterbox):
    app = sending(f"smtp://127.0.0.1:{server.port}", MAIL_AT_ONCE=True)
    with app.test_request_context("/"):
        post(db.session, "digest", "amara@example.org", subjects=["One"])
        db.session.rollback()
        queue(app, "rosa@example.org")
    wait_until(lambda: states(session) == ["sent"])
    assert letterbox.to() == ["rosa@example.org"]


def test_a_key_that_was_used_queues_nothing_again(session, letters):
    assert post(session, "digest", "amara@example.org", key="once", subjects=["One"])
    session.commit()
    assert post(session, "digest", "amara@example.org", key="once", subjects=["One"]) is None
    assert len(letters()) == 1


def test_old_messages_are_forgotten(message, session, letters):
    long_ago = now() - timedelta(days=91)
    message(state="sent", created_at=long_ago)
    kept = [message(state="waiting", created_at=long_ago).id, message(state="sent").id]
    assert keeping.prune(session).startswith("1 forgotten")
    assert [one.id for one in letters()] == kept


def test_what_waited_in_a_backup_is_not_sent_after_its_restoration(posting, message, session, letters):
    message()
    message(state="sending")
    kept = message(state="kept")
    keeping.drop_waiting(session)
    session.commit()
    assert send(posting) == (0, 0)
    assert [letter.state for letter in letters()] == ["dropped", "dropped", "kept"]
    assert kept.text
    session.commit()
