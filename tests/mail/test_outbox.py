"""Without a mail server mails are files that a person can read, and commands that list and show them."""

import pytest

from network.mail import forget, outbox, post
from network.mail.delivery import send_due


@pytest.fixture
def filing(app, tmp_path, monkeypatch):
    """The application, which has no mail server, with an outbox of its own."""
    monkeypatch.setattr(app, "instance_path", str(tmp_path))
    return app


@pytest.fixture
def run(filing, session):
    """A function that gives the command of an operator: its answer and how it ended."""

    def invoke(*words: str):
        session.commit()
        return filing.test_cli_runner().invoke(args=["mail", *words])

    return invoke


def sent(app) -> tuple[int, int]:
    with app.app_context():
        return send_due()


def test_a_message_is_a_file_that_a_person_can_read(filing, message, session, tmp_path):
    made = message("amara@example.org", subject="Grüße aus Süd", text="Liebe Amara,\nein Strauß Wörter.\n", kind="told")
    assert sent(filing) == (1, 0)
    (file,) = (tmp_path / "outbox").iterdir()
    assert file.name.endswith(f"-{made.id:06}-told.eml")
    text = file.read_text("utf-8")
    assert "To: amara@example.org\nSubject: Grüße aus Süd\n" in text
    assert "Liebe Amara,\nein Strauß Wörter.\n" in text
    assert text.index("text/plain") < text.index("text/html")
    assert file.stat().st_mode & 0o077 == 0


def test_the_list_names_what_waits_and_what_was_written(filing, message, session, run):
    message("amara@example.org", subject="First")
    session.commit()
    sent(filing)
    message("rosa@example.org", subject="Second")
    lines = run("list").output.splitlines()
    assert "sent" in lines[0]
    assert lines[0].endswith("amara@example.org  First")
    assert "waiting" in lines[1]
    assert lines[1].endswith("rosa@example.org  Second")
    assert lines[2].startswith("2 messages; 1 files in")


def test_a_message_is_shown_whether_it_waits_or_was_written(filing, message, session, run):
    first, second = message("amara@example.org", subject="First").id, None
    session.commit()
    sent(filing)
    second = message("rosa@example.org", subject="Second").id
    assert run("show", str(first)).output.startswith("To: amara@example.org\nSubject: First\n\nDear you,")
    assert run("show", str(second)).output.startswith("To: rosa@example.org\nSubject: Second\n\nDear you,")
    assert run("show", "--last").output == run("show", str(second)).output


def test_what_cannot_be_shown_is_said(message, run):
    assert run("show", "999999").exit_code == 1
    assert "no message 999999" in run("show", "999999").output
    assert run("show", "--last").exit_code == 1
    assert run("show").exit_code == 2
    gone = message(state="sent", address="", subject="", text="", html="").id
    assert "no longer kept" in run("show", str(gone)).output


def test_an_address_can_be_forgotten_with_all_that_waits_for_it(filing, message, session, letters):
    message("amara@example.org")
    session.commit()
    sent(filing)
    message("amara@example.org")
    message("rosa@example.org", reply_to="amara@example.org")
    message("rosa@example.org")
    files = len(outbox.files())
    assert forget(session, "amara@example.org") == 3
    assert len(outbox.files()) == files - 1
    assert [letter.address for letter in letters() if letter.state == "waiting"] == ["rosa@example.org"]


def test_a_command_leaves_sending_to_the_next_tick(sending, session, letters):
    app = sending("", MAIL_AT_ONCE=True)
    with app.app_context():
        post(session, "digest", "amara@example.org", subjects=["One"])
        session.commit()
    assert app.extensions["postman"].process == 0
