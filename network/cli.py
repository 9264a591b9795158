"""The commands of whoever runs an instance."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from network import backup, clock, health, index, ticking
from network.accounts.models import SignedIn, SignInLink
from network.directory.documents import reindex
from network.directory.models import Organization
from network.extensions import db
from network.history import ledger
from network.mail import keeping
from network.profiles import forgetting

CHANGES_KEPT = timedelta(days=7)

ops = AppGroup("ops", help="Look after an instance.")


@ops.command("reindex")
def rebuild() -> None:
    """Rebuild the search index from the organisations."""
    total = db.session.scalar(select(func.count()).select_from(Organization)) or 0
    with click.progressbar(length=total, label="Organisations") as bar:
        done = reindex(db.session, progress=bar.update)
    db.session.commit()
    click.echo(f"indexed {done} organisations")


@ops.command("check")
def check() -> None:
    """Check schema, foreign keys, mail, and the search index against the tables; exit 1 names what is wrong."""
    say_whether_all_is_well()


def say_whether_all_is_well() -> None:
    wrong = health.problems() or [
        *foreign_keys(),
        *index.check(db.session.connection()),
        *counts(),
        *keeping.problems(db.session()),
    ]
    for sentence in wrong:
        click.echo(sentence, err=True)
    if wrong:
        raise SystemExit(1)
    click.echo("all is well")


@ops.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
def copy(file: Path) -> None:
    """Write a backup of the database into FILE, while everything runs on."""
    with refusing(), click.progressbar(length=1, label="Backup") as bar:
        backup.back_up(file, along(bar))
    click.echo(f"{file}: {file.stat().st_size:,} bytes")


@ops.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
def put_back(file: Path) -> None:
    """Restore a backup into an empty instance, erase again what was erased since, and check the whole.

    The ledger of erasures is read from erasures.txt in the instance's folder: bring that and secret_key along.
    """
    with refusing():
        ledger.written(ledger.file())  # refuses another key before anything is written
        with click.progressbar(length=1, label="Restore") as bar:
            backup.restore(file, along(bar), settle_restored)
    if not ledger.file().exists():
        click.echo(f"there is no {ledger.file()}: what was erased after the backup is here again", err=True)
    say_whether_all_is_well()


def settle_restored() -> None:
    """Erase again what was erased since the backup, and end every session that it knew."""
    again = forgetting.erase_again(db.session(), ledger.since(db.session(), ledger.file()))
    db.session.execute(delete(SignedIn))
    db.session.execute(delete(SignInLink))
    keeping.drop_waiting(db.session())
    db.session.commit()
    forgetting.leave_no_trace(db.session(), ())
    click.echo(f"erased again: {again}")


@contextmanager
def refusing() -> Iterator[None]:
    """Say a refusal in one line."""
    try:
        yield
    except (backup.Refused, ledger.WrongKey) as error:
        click.echo(str(error), err=True)
        raise SystemExit(1) from None


def along(bar: Any) -> backup.Progress:
    """What moves a progress bar."""

    def move(done: int, total: int) -> None:
        bar.length = total
        bar.update(done - bar.pos)

    return move


@ops.command("tick")
def tick() -> None:
    """Do what is due: mail, reminders, digests, expiries. For a timer, every few minutes; two at once do no harm."""
    failed = ticking.tick(click.echo)
    for name in failed:
        click.echo(f"{name} failed: the log says why", err=True)
    if failed:
        raise SystemExit(1)


def foreign_keys() -> list[str]:
    """Rows that point at nothing; PostgreSQL never lets them in."""
    if db.engine.dialect.name != "sqlite":
        return []
    rows = db.session.connection().exec_driver_sql("PRAGMA foreign_key_check").all()
    return [f"{row[0]} row {row[1]} points at a {row[2]} that is not there" for row in rows[:20]]


def counts() -> list[str]:
    """Whether the index knows as many organisations as there are."""
    there = db.session.scalar(select(func.count()).select_from(Organization)) or 0
    known = db.session.connection().exec_driver_sql("SELECT count(*) FROM search_document").scalar() or 0
    return [] if there == known else [f"{there} organisations, but {known} in the index: run flask ops reindex"]


def forget_changes(session: Session) -> str:
    """Forget what the caches of every process followed long ago."""
    return f"{index.forget_changes(session.connection(), clock.now() - CHANGES_KEPT)} changes forgotten"


def init_app(app: Flask) -> None:
    """Add the commands; what is sent by a tick is sent last, with what its other jobs queued."""
    app.cli.add_command(ops)
    ticking.every_tick(app, "index", forget_changes)
    ticking.every_tick(app, "digests", keeping.gather)
    ticking.every_tick(app, "old mail", keeping.prune)
    ticking.every_tick(app, "mail", keeping.send)
