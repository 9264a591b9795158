"""How Alembic reaches the application's database and tables."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from flask import current_app
from sqlalchemy import Connection, TypeDecorator

from network.extensions import db
from network.index import ddl


def rendered(kind: str, thing: object, autogenerating: object) -> str | bool:
    """Write a type of ours as what it is stored as, so that a migration doesn't depend on our code."""
    return f"sa.{thing.impl_instance!r}" if kind == "type" and isinstance(thing, TypeDecorator) else False


OURS = {
    **current_app.extensions["migrate"].configure_args,
    "target_metadata": db.metadata,
    "compare_type": True,
    "render_item": rendered,
    "transactional_ddl": True,  # SQLite can: our connections begin their transactions themselves
}


def ours(name: str | None, kind: str, parents: object) -> bool:
    """Whether Alembic may compare it: the text index makes tables and indexes of its own."""
    if kind == "table":
        return name in db.metadata.tables
    return kind != "index" or f"INDEX {name} " not in " ".join(ddl(context.get_context().dialect.name))


@contextmanager
def foreign_keys_aside(connection: Connection) -> Iterator[None]:
    """Let SQLite rebuild a table, which drops the old one, without erasing the rows that point to it."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        broken = driver.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"the migration left rows that point nowhere: {broken[:5]}")
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def migrate_online() -> None:
    """Apply the migrations to the database of the settings, all or none."""
    with db.engine.connect() as connection, foreign_keys_aside(connection):
        context.configure(connection=connection, include_name=ours, **OURS)
        with context.begin_transaction():
            context.run_migrations()
        count_anew(connection)


def count_anew(connection: Connection) -> None:
    """Let SQLite's planner know tables and indexes that were made anew: what it knew of them went with the old ones."""
    if connection.dialect.name == "sqlite":
        driver = connection.connection.driver_connection
        driver.execute("PRAGMA analysis_limit=1000")
        driver.execute("ANALYZE")


def migrate_offline() -> None:
    """Write the migrations as SQL."""
    url = db.engine.url.render_as_string(hide_password=False)
    context.configure(url=url, literal_binds=True, dialect_opts={"paramstyle": "named"}, **OURS)
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    migrate_offline()
else:
    migrate_online()
