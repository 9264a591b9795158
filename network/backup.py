"""A copy of the database while it runs, and putting one into an empty instance, on both engines."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import text

from network import schema
from network.extensions import db
from network.index.changes import forget

PAGES = 2000  # of SQLite, copied between two reports of progress
HELD = ("organization", "person")  # an instance with rows in one of these is somebody's

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much."""


class Refused(Exception):
    """Why something can't be done, in one line for the operator."""


def on_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def database_file() -> Path:
    """Where SQLite's database is."""
    return Path(db.engine.url.database or "")


def back_up(target: Path, progress: Progress) -> None:
    """Write the database as it is at one moment into a file that only its owner reads; others go on writing meanwhile.

    The file is there at once and whole, or not at all. Raises Refused.
    """
    if not target.parent.is_dir():
        raise Refused(f"there is no folder {target.parent}")
    if target.is_dir() or (on_sqlite() and target.exists() and target.samefile(database_file())):
        raise Refused(f"{target} is no place for a backup: name another file")
    unfinished = target.with_name(target.name + ".part")
    try:
        os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        copy_out(unfinished, progress) if on_sqlite() else dump(unfinished, progress)
        os.replace(unfinished, target)
    except OSError as error:
        raise Refused(f"{target} cannot be written: {error.strerror}") from error
    finally:
        unfinished.unlink(missing_ok=True)


def copy_out(target: Path, progress: Progress) -> None:
    """SQLite: its own online copy, of the one state that a transaction of ours sees."""
    with closing(sqlite3.connect(database_file())) as here, closing(sqlite3.connect(target)) as there:
        here.isolation_level = there.isolation_level = None
        here.execute("PRAGMA busy_timeout=5000")
        here.execute("BEGIN")
        here.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on it sees one state
        here.backup(there, pages=PAGES, progress=lambda _status, left, total: progress(total - left, total))
        there.execute("PRAGMA journal_mode=DELETE")  # one file, without companions


def restore(source: Path, progress: Progress, settle: Callable[[], None]) -> None:
    """Put a backup into this instance, which must be empty, bring its schema up to date, and settle it.

    Raises Refused. When it can't be used, or not be settled, the instance is as empty as before.
    """
    if not source.is_file():
        raise Refused(f"there is no file {source}")
    if not empty():
        raise Refused("this instance is not empty: restore into a new one (INSTANCE_PATH, DATABASE_URL)")
    with undone_on_failure():
        copy_in(source, progress) if on_sqlite() else load(source, progress)
        forget()
        check_revision()
        schema.upgrade()
        settle()
        db.session.remove()


def empty() -> bool:
    """Whether nobody's organisations or people are here."""
    if on_sqlite() and not database_file().exists():
        return True
    with db.engine.connect() as connection:
        there = {name for name in HELD if connection.dialect.has_table(connection, name)}
        return not any(connection.execute(text(f"SELECT 1 FROM {name} LIMIT 1")).first() for name in there)


@contextmanager
def undone_on_failure() -> Iterator[None]:
    """Leave nothing behind of what could not be restored to its end."""
    try:
        yield
    except BaseException:
        db.session.remove()
        clear()
        raise


def clear() -> None:
    """Empty the instance again."""
    db.engine.dispose()
    forget()
    if on_sqlite():
        for ending in ("", "-wal", "-shm"):
            Path(f"{database_file()}{ending}").unlink(missing_ok=True)
        return
    with db.engine.begin() as connection:
        db.metadata.drop_all(connection)
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))


def copy_in(source: Path, progress: Progress) -> None:
    """SQLite: check the copy, then let SQLite bring it into the database."""
    target = database_file()
    target.parent.mkdir(parents=True, exist_ok=True)
    db.engine.dispose()
    try:
        with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as there:
            wrong = there.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if wrong != "ok":
                raise Refused(f"{source} is damaged: {wrong}")
            if not there.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
                raise Refused(f"{source} is no backup of this application")
            os.close(os.open(target, os.O_WRONLY | os.O_CREAT, 0o600))
            with closing(sqlite3.connect(target)) as here:
                there.backup(here, pages=PAGES, progress=lambda _status, left, total: progress(total - left, total))
    except sqlite3.DatabaseError as error:
        raise Refused(f"{source} is no backup of this application: {error}") from error


def check_revision() -> None:
    """Refuse a schema that is newer than this code, or none of ours."""
    with db.engine.connect() as connection:
        found = schema.current(connection)
    if not found:
        raise Refused("the backup says nothing of its schema: it is none of this application")
    if not found <= set(schema.known()):
        raise Refused(f"the backup's schema is {', '.join(found)}, newer than this code: update it first")


def dump(target: Path, progress: Progress) -> None:
    """PostgreSQL: its own online copy."""
    run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}", progress=progress)


def load(source: Path, progress: Progress) -> None:
    """PostgreSQL: bring a copy in, all or nothing."""
    with source.open("rb") as opened:
        if opened.read(5) != b"PGDMP":
            raise Refused(f"{source} is no backup of PostgreSQL: a backup goes back to the engine that it came from")
    options = ("--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
    run("pg_restore", *options, str(source), progress=progress)


def run(name: str, *options: str, progress: Progress) -> None:
    """Run one of PostgreSQL's programs on our database; each table that it comes to is progress."""
    program = shutil.which(name) or str(max(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), default=""))
    if not program:
        raise Refused(f"{name} is missing: install PostgreSQL's client programs (on Debian: postgresql-client)")
    url = db.engine.url
    address = url.set(drivername="postgresql", password=None).render_as_string()
    environment = {**os.environ, "LC_ALL": "C", **({"PGPASSWORD": str(url.password)} if url.password else {})}
    db.engine.dispose()
    command = [program, *options, "--verbose", f"--dbname={address}"]
    said, done, total = "", 0, len(db.metadata.tables) + 1
    with subprocess.Popen(
        command, env=environment, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True
    ) as child:
        for line in child.stderr or ():
            if "error:" in line:
                said = said or line.strip()
            elif "contents of table" in line or "data for table" in line:
                done = min(done + 1, total)
                progress(done, total)
    if child.returncode:
        raise Refused(said or f"{name} failed")
    progress(total, total)
