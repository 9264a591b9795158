"""Erasing leaves nothing: every byte is searched for what was planted, and the search is shown to find it."""

import logging
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import String, Text, cast, insert, select
from sqlalchemy.exc import IntegrityError

from network import mail
from network.accounts.actions import invite
from network.accounts.models import Passkey, SignedIn, SignInLink
from network.accounts.models import Person as Account
from network.clock import now
from network.directory.models import Task
from network.extensions import db
from network.hats import Hat
from network.history import ledger
from network.history.models import Edit, Erasure, PersonalValue
from network.logs import TextLines
from network.mail import outbox
from network.mail.models import Message
from network.profiles import entering, forgetting
from network.profiles.models import Claim, ContactPerson, Departure, OwnLink, Question, Suggestion

NAME, EMAIL, PHONE = "Zephyrine Quillfeather", "zephyrine.q@example.org", "+44 7700 900461"
FORMER = "Zephyrine Oldfeather"
PLANTED = (NAME, EMAIL, PHONE, FORMER)


@pytest.fixture
def instance(app, tmp_path, monkeypatch) -> Path:
    """A folder of the operator's own for this test: outbox and ledger are written there."""
    monkeypatch.setattr(app, "instance_path", str(tmp_path))
    return tmp_path


@pytest.fixture
def planted(session, organization, person, instance) -> Callable[[], None]:
    """A function that puts a person into every field that can hold one."""

    def plant() -> None:
        lab = organization("Harbour Lab", slug="lab", email="info@lab.example.org")
        admin = person("kofi@example.org", admin=lab)
        mine = person(EMAIL, name=NAME, representative=lab)
        fields = {"title": "workshop", "email": EMAIL, "phone": PHONE, "visible": "members"}
        contact = entering.enter(session, lab, admin, name=FORMER, **fields)
        session.commit()
        entering.change(session, lab, contact, admin, name=NAME)
        taken_out = entering.enter(session, organization("Hill Club", slug="hill"), admin, name=NAME, **fields)
        session.commit()
        session.delete(taken_out)
        session.add(SignedIn(token_hash="s", person_id=mine.id, browser="Firefox"))
        session.add(Passkey(person_id=mine.id, credential=b"c", public_key=b"k", name=f"{NAME}'s telephone"))
        later = now() + timedelta(hours=1)
        session.add(SignInLink(token_hash="l", email=EMAIL, expires_at=later))
        session.add(OwnLink(token_hash="o", email=EMAIL, expires_at=later))
        invite(session, EMAIL, Hat.ADMIN, lab.id, admin.id)
        session.add(Claim(organization_id=lab.id, person_id=mine.id, way="staff", reason=f"I am {NAME}, {PHONE}"))
        objection = f"{NAME} left us years ago"
        session.add(Claim(organization_id=lab.id, person_id=admin.id, way="staff", objection=objection))
        said = {"email": {"before": "info@lab.example.org", "after": EMAIL}}
        session.add(Suggestion(organization_id=lab.id, fields={}, note=f"Ask {NAME}", email=EMAIL.upper()))
        session.add(Suggestion(organization_id=lab.id, fields=said, note="", email="other@example.org"))
        session.add(Departure(organization_id=lab.id, reason=f"{NAME} has moved", standing="current"))
        asked = {"round": now().date(), "number": 0, "token_hash": "q", "expires_at": later}
        session.add(Question(organization_id=lab.id, email=EMAIL, **asked))
        session.add(Task(organization_id=lab.id, key="unknown", facts={"said": f"with {NAME}"}))
        facts = {"organization": "Harbour Lab", "name": NAME, "sender": NAME, "address": EMAIL, "message": PHONE}
        mail.post(session, "relay", EMAIL, **facts)
        mail.post(session, "relay", "other@example.org", reply_to=EMAIL, **facts)
        session.commit()
        outbox.folder().mkdir(exist_ok=True)
        (outbox.folder() / "1.eml").write_text(f"To: {EMAIL}\n\nDear {NAME}, call {PHONE}")
        (outbox.folder() / "2.eml").write_text("To: other@example.org\n\nDear other")

    return plant


def found_in_rows(session) -> list[str]:
    """Every column of every table that says something of what was planted."""
    found = []
    for table in forgetting.tables():
        for column in table.columns:
            if not isinstance(column.type, String) and column.type.python_type in (int, float, bool, bytes):
                continue
            texts = " ".join(str(text) for text in session.scalars(select(cast(column, Text)).select_from(table)))
            found += [f"{table.name}.{column.name}" for words in PLANTED if words.lower() in texts.lower()]
    session.rollback()
    return found


def found_in_files(*files: Path) -> list[str]:
    """Every file, and the words, among whose bytes something of what was planted stands.

    Another process reads them: to close the file of a SQLite database lets go of all locks of this process on it.
    """
    there, found = [str(file) for file in files if file.is_file()], []
    for words in PLANTED:
        search = ["grep", "--text", "--ignore-case", "--fixed-strings", "--files-with-matches", "-e", words, "--"]
        done = subprocess.run([*search, *there], env={"LC_ALL": "C"}, capture_output=True, text=True)
        assert done.returncode in (0, 1), done.stderr
        found += [f"{Path(file).name}: {words}" for file in done.stdout.splitlines()]
    return found


def files_of(session, instance: Path) -> list[Path]:
    """The files of the database that can be searched, the outbox and what else lies in the instance's folder."""
    if db.engine.dialect.name == "sqlite":
        database = Path(db.engine.url.database)
        return [database, Path(f"{database}-wal"), Path(f"{database}-shm"), *instance.rglob("*")]
    session.connection(execution_options={"isolation_level": "AUTOCOMMIT"}).exec_driver_sql("CHECKPOINT")
    folder = session.connection().exec_driver_sql("SHOW data_directory").scalar()
    mine = (
        session.connection().exec_driver_sql("SELECT oid FROM pg_database WHERE datname = current_database()").scalar()
    )
    session.rollback()
    return [*(Path(folder) / "base" / str(mine)).rglob("*"), *instance.rglob("*")]


def erase(session) -> None:
    words = forgetting.erase_person(session, EMAIL)
    session.commit()
    forgetting.leave_no_trace(session, words)


def test_the_search_finds_what_was_planted(session, planted, instance):
    planted()
    rows = {place.split(".")[0] for place in found_in_rows(session)}
    assert rows >= {
        *("person", "contact_person", "passkey", "sign_in_link", "own_link", "invitation", "claim", "suggestion"),
        *("departure", "question", "task", "message", "personal_value"),
    }
    files = "\n".join(found_in_files(*files_of(session, instance)))
    for words in PLANTED:
        assert words in files
    assert "1.eml" in files


def test_deleting_alone_would_leave_it_in_the_files(session, planted, instance):
    """What the search is for: the same without what comes after the commit."""
    planted()
    forgetting.erase_person(session, EMAIL)
    session.commit()
    assert found_in_files(*files_of(session, instance))


def test_erasing_leaves_not_one_byte(session, planted, instance, caplog):
    planted()
    session.connection(execution_options={"isolation_level": "AUTOCOMMIT"}).exec_driver_sql("ANALYZE")
    session.rollback()
    with caplog.at_level("DEBUG"):
        erase(session)
    assert found_in_rows(session) == []
    assert found_in_files(*files_of(session, instance)) == []
    assert not any(words.lower() in caplog.text.lower() for words in PLANTED)
    assert [file.name for file in outbox.files()] == ["2.eml"]


def test_what_was_about_others_stays(session, planted, signed_in):
    planted()
    erase(session)
    admin = session.query(Account).filter(Account.email == "kofi@example.org").one()
    assert signed_in(admin).get("/organizations/lab/history").status_code == 200
    assert session.query(Claim).count() == 1
    assert {row.email for row in session.query(Suggestion)} == {"", "other@example.org"}
    edits = session.query(Edit).filter(Edit.thing == "contact_person").all()
    assert "name" in edits[0].fields
    assert {edit.action for edit in edits} >= {"added", "changed", "removed"}
    assert session.query(PersonalValue).count() == 0
    assert session.query(Message).filter(Message.address == EMAIL).count() == 0


def test_the_ledger_holds_a_hash_and_no_word(session, planted, instance):
    planted()
    erase(session)
    text = (instance / "erasures.txt").read_text()
    assert ledger.digest(ledger.ADDRESS, EMAIL.upper()) in text
    assert "example.org" not in text
    assert session.query(Erasure).count() == 1
    ledger.write_down(session)
    assert (instance / "erasures.txt").read_text() == text
    assert (instance / "erasures.txt").stat().st_mode & 0o077 == 0


def test_a_ledger_of_another_key_is_refused(session, instance, app, monkeypatch):
    ledger.append(ledger.file(), [("0" * 64, now())])
    monkeypatch.setitem(app.config, "SECRET_KEY", "another")
    with pytest.raises(ledger.WrongKey):
        ledger.written(ledger.file())


def test_erasing_again_finds_whoever_is_in_the_ledger_and_nobody_else(session, planted, person):
    planted()
    person("other@example.org")
    assert forgetting.erase_again(session, {ledger.digest(ledger.ADDRESS, EMAIL)}) == 1
    session.commit()
    assert found_in_rows(session) == []
    assert forgetting.erase_again(session, {ledger.digest(ledger.ADDRESS, EMAIL)}) == 0


def test_one_entry_can_be_erased_while_others_stay(session, organization, person, instance):
    lab, hill = organization("Harbour Lab"), organization("Hill Club")
    admin = person(admin=lab)
    fields = {"name": NAME, "email": EMAIL, "visible": "staff"}
    first, _second = (entering.enter(session, one, admin, **fields) for one in (lab, hill))
    session.commit()
    entry = forgetting.entry_of(first)
    forgetting.erase_entry(session, first)
    session.commit()
    assert [one.organization_id for one in session.query(ContactPerson)] == [hill.id]
    assert session.query(PersonalValue).count() == 2
    again = entering.enter(session, lab, admin, **fields)
    assert forgetting.erase_again(session, {entry}) == 1
    session.commit()
    assert again.id not in session.scalars(select(ContactPerson.id)).all()


def test_a_profile_that_still_names_the_person_is_looked_at_by_staff(session, organization, person, instance):
    lab = organization("Harbour Lab", description=f"Ask {NAME} on Thursdays")
    person(EMAIL, name=NAME)
    erase(session)
    (task,) = session.query(Task).filter(Task.key == forgetting.MENTIONED)
    assert task.organization_id == lab.id
    assert task.facts == {}


def test_an_error_that_quotes_an_address_reaches_the_log_without_it(session, person):
    person(EMAIL)
    formatter = TextLines()
    try:
        session.execute(insert(Account).values(email=EMAIL, name=NAME, locale="en", mails="each", handle=b"h"))
    except IntegrityError:
        record = logging.LogRecord("network", logging.ERROR, "", 0, "no place for %s", (EMAIL,), sys.exc_info())
        session.rollback()
    said = formatter.format(record)
    assert "IntegrityError" in said
    assert EMAIL not in said
    assert NAME not in said


def test_a_tick_finishes_what_erasing_left_over(session, planted, instance):
    planted()
    forgetting.erase_person(session, EMAIL)
    session.add(OwnLink(token_hash="old", email="other@example.org", expires_at=now() - timedelta(hours=1)))
    session.commit()
    assert forgetting.catch_up(session) == "1 links forgotten"
    assert ledger.digest(ledger.ADDRESS, EMAIL) in (instance / "erasures.txt").read_text()
    if db.engine.dialect.name == "sqlite":
        assert Path(f"{db.engine.url.database}-wal").stat().st_size == 0
