"""The commands of whoever runs an instance."""

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy import func, select

from network import health, index
from network.directory.documents import reindex
from network.directory.models import Organization
from network.extensions import db

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
    """Check schema, foreign keys and the search index against the tables; exit 1 names what is wrong."""
    wrong = health.problems() or [*foreign_keys(), *index.check(db.session.connection()), *counts()]
    for sentence in wrong:
        click.echo(sentence, err=True)
    if wrong:
        raise SystemExit(1)
    click.echo("all is well")


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


def init_app(app: Flask) -> None:
    app.cli.add_command(ops)
