"""The revisions of the database. What migrates it takes 15 MB, and is loaded only when a command asks for it."""

from typing import Any

from flask import Flask
from sqlalchemy import text
from sqlalchemy.engine import Connection

from network.commands import Later
from network.config import ROOT
from network.extensions import db

FOLDER = ROOT / "network/migrations"


class Migrations:
    """Stands for flask-migrate in `app.extensions`, until somebody asks it for anything."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def __getattr__(self, name: str) -> Any:
        from flask_migrate import Migrate

        Migrate(render_as_batch=True).init_app(self.app, db, directory=str(FOLDER))
        return getattr(self.app.extensions["migrate"], name)


def known() -> list[str]:
    """The revisions of this code, oldest first: the numbers that the files of `versions` begin with."""
    return sorted(file.name.split("_")[0] for file in (FOLDER / "versions").glob("[0-9]*.py"))


def current(connection: Connection) -> set[str]:
    """The revisions that a database says it is at; none while it has never been migrated. Raises SQLAlchemyError."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return set()
    return set(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())


def upgrade() -> None:
    """Bring the database to the newest revision."""
    from flask_migrate import upgrade

    upgrade()


def init_app(app: Flask) -> None:
    app.extensions["migrate"] = Migrations(app)
    app.cli.add_command(Later("db", "flask_migrate.cli:db", "Perform database migrations."))
