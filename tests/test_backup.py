"""A backup is made while others write, and comes back whole: without what was erased since."""

import os
import sqlite3
import threading
from pathlib import Path

import pytest
from flask_migrate import upgrade

from network import create_app
from network.accounts.models import Person, SignedIn
from network.directory.models import Organization
from network.extensions import db
from network.history import ledger
from network.profiles import forgetting
from network.profiles.models import ContactPerson
from tests.conftest import new_database
from tests.profiles.test_erasing import found_in_files

NAME, EMAIL = "Zephyrine Quillfeather", "zephyrine.q@example.org"


@pytest.fixture
def instance(engine, request, tmp_path):
    """A function that makes an instance with a database of its own, with the schema unless it is told otherwise."""
    made = []

    def make(name: str, schema: bool = True):
        folder = tmp_path / name
        folder.mkdir()
        url = new_database(engine, request, folder / "network.db")
        app = create_app({"TESTING": True, "DATABASE_URL": url, "LOG_LEVEL": "WARNING"})
        app.instance_path = str(folder)
        if schema:
            with app.app_context():
                upgrade()
        made.append(app)
        return app

    yield make
    for app in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def lived_in(instance):
    """An instance with two organisations and some people."""
    app = instance("here")
    with app.app_context():
        lab = Organization(name="Harbour Lab", slug="lab", category="club")
        db.session.add_all([lab, Organization(name="Hill Club", slug="hill", category="club")])
        db.session.flush()
        mine = Person(email=EMAIL, name=NAME, handle=os.urandom(32))
        db.session.add_all([mine, Person(email="kofi@example.org", handle=os.urandom(32))])
        db.session.flush()
        db.session.add(ContactPerson(organization_id=lab.id, name=NAME, email=EMAIL, phone="+44 7700 900461"))
        db.session.add(SignedIn(token_hash="s", person_id=mine.id))
        db.session.commit()
        db.session.remove()
    return app


def run(app, *words: object):
    """What a command says, and how it ends."""
    result = app.test_cli_runner().invoke(args=["ops", *map(str, words)])
    with app.app_context():
        db.session.remove()
    return result


def names(app) -> set[str]:
    with app.app_context():
        found = set(db.session.scalars(db.select(Organization.name)))
        db.session.remove()
        return found


def bring_ledger(here, there) -> None:
    """What the guide says to bring along beside the backup."""
    (Path(there.instance_path) / ledger.FILE).write_bytes((Path(here.instance_path) / ledger.FILE).read_bytes())


def test_a_backup_comes_back_in_an_empty_instance(lived_in, instance, tmp_path):
    file = tmp_path / "backup"
    assert run(lived_in, "backup", file).exit_code == 0
    assert file.stat().st_mode & 0o077 == 0
    there = instance("there", schema=False)
    result = run(there, "restore", file)
    assert (result.exit_code, result.stderr.count("\n")) == (0, 1), result.output
    assert "erasures.txt" in result.stderr
    assert "all is well" in result.output
    assert names(there) == {"Harbour Lab", "Hill Club"}
    with there.app_context():
        assert db.session.query(Person).count() == 2
        assert db.session.query(SignedIn).count() == 0
    assert "harbour" in there.test_client().get("/organizations/?q=harbour").text.lower()


def test_an_instance_that_only_has_its_schema_is_empty(lived_in, instance, tmp_path):
    run(lived_in, "backup", tmp_path / "backup")
    assert run(instance("there"), "restore", tmp_path / "backup").exit_code == 0


def test_an_instance_that_is_not_empty_is_left_alone(lived_in, instance, tmp_path):
    run(lived_in, "backup", tmp_path / "backup")
    result = run(lived_in, "restore", tmp_path / "backup")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "not empty" in result.stderr
    assert names(lived_in) == {"Harbour Lab", "Hill Club"}


@pytest.mark.parametrize("what", ["nothing", "words", "cut"])
def test_what_is_no_backup_is_refused_and_leaves_the_instance_empty(lived_in, instance, tmp_path, what):
    file = tmp_path / "backup"
    if what == "words":
        file.write_text("Dear diary, " * 1000)
    if what == "cut":
        run(lived_in, "backup", file)
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    there = instance("there", schema=False)
    result = run(there, "restore", file)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1), result.stderr
    assert run(there, "restore", file).exit_code == 1
    run(lived_in, "backup", tmp_path / "good")
    assert run(there, "restore", tmp_path / "good").exit_code == 0


def test_a_backup_with_a_newer_schema_is_refused(lived_in, instance, tmp_path):
    with lived_in.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    run(lived_in, "backup", tmp_path / "backup")
    result = run(instance("there", schema=False), "restore", tmp_path / "backup")
    assert result.exit_code == 1
    assert "9999" in result.stderr


def test_what_was_erased_after_the_backup_does_not_come_back(lived_in, instance, tmp_path, engine):
    file = tmp_path / "backup"
    run(lived_in, "backup", file)
    with lived_in.app_context():
        words = forgetting.erase_person(db.session(), EMAIL)
        gone = forgetting.erase_organization(
            db.session(), db.session.scalar(db.select(Organization).filter_by(slug="hill"))
        )
        db.session.commit()
        forgetting.leave_no_trace(db.session(), {*words, *gone})
        db.session.remove()
    there = instance("there", schema=False)
    bring_ledger(lived_in, there)
    result = run(there, "restore", file)
    assert result.exit_code == 0, result.output
    assert "erased again: 2" in result.output
    assert names(there) == {"Harbour Lab"}
    assert there.test_client().get("/organizations/hill").status_code == 410
    with there.app_context():
        assert [one.email for one in db.session.query(Person)] == ["kofi@example.org"]
        assert db.session.query(ContactPerson).count() == 0
        db.session.remove()
        db.engine.dispose()
    if engine == "sqlite":
        assert found_in_files(file)
        assert found_in_files(*Path(there.instance_path).rglob("*")) == []


def test_who_came_back_after_an_erasure_stays_when_a_later_backup_is_restored(lived_in, instance, tmp_path):
    with lived_in.app_context():
        words = forgetting.erase_person(db.session(), EMAIL)
        db.session.commit()
        forgetting.leave_no_trace(db.session(), words)
        db.session.add(Person(email=EMAIL, name=NAME, handle=os.urandom(32)))
        db.session.commit()
        db.session.remove()
    run(lived_in, "backup", tmp_path / "backup")
    there = instance("there", schema=False)
    bring_ledger(lived_in, there)
    assert "erased again: 0" in run(there, "restore", tmp_path / "backup").output


def test_a_ledger_of_another_key_is_refused_before_anything_is_written(lived_in, instance, tmp_path):
    run(lived_in, "backup", tmp_path / "backup")
    there = instance("there", schema=False)
    (Path(there.instance_path) / ledger.FILE).write_text(f"{ledger.HEAD}{'0' * 64}\n")
    result = run(there, "restore", tmp_path / "backup")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "SECRET_KEY" in result.stderr
    (Path(there.instance_path) / ledger.FILE).unlink()
    assert run(there, "restore", tmp_path / "backup").exit_code == 0


def test_a_backup_goes_nowhere_where_it_would_do_harm(lived_in, tmp_path, engine):
    assert run(lived_in, "backup", tmp_path / "nowhere/backup").exit_code == 1
    assert run(lived_in, "backup", tmp_path).exit_code == 1
    if engine == "sqlite":
        assert run(lived_in, "backup", Path(lived_in.instance_path) / "network.db").exit_code == 1
    assert names(lived_in) == {"Harbour Lab", "Hill Club"}
    assert not list(tmp_path.glob("*.part"))


def test_backups_during_writes_are_each_one_moment(lived_in, tmp_path, engine):
    """Two rows are always written together: a backup has both or neither."""
    if engine != "sqlite":
        return  # pg_dump's own promise
    ended = threading.Event()

    def write() -> None:
        connection = sqlite3.connect(Path(lived_in.instance_path) / "network.db", isolation_level=None, timeout=10)
        number = 0
        while not ended.is_set():
            number += 1
            connection.execute("BEGIN IMMEDIATE")
            for half in ("a", "b"):
                connection.execute("INSERT INTO erasure (digest, at) VALUES (?, '2026-01-01')", (f"{half}{number}",))
            connection.execute("COMMIT")
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            assert run(lived_in, "backup", tmp_path / f"backup-{number}").exit_code == 0
    finally:
        ended.set()
        writer.join()
    for number in range(5):
        copy = sqlite3.connect(tmp_path / f"backup-{number}")
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        halves = [copy.execute(f"SELECT count(*) FROM erasure WHERE digest LIKE '{half}%'").fetchone() for half in "ab"]
        assert halves[0] == halves[1]
        copy.close()
