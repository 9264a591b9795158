"""How Alembic reaches the application's database and tables."""

from alembic import context
from flask import current_app

from network.extensions import db

OURS = current_app.extensions["migrate"].configure_args


def ours(name: str | None, kind: str, parents: object) -> bool:
    """Whether Alembic may look at it: the text index keeps its own tables, made by `network.index`."""
    return kind != "table" or name in db.metadata.tables


def migrate_online() -> None:
    """Apply the migrations to the database of the settings, in one transaction."""
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            include_name=ours,
            compare_type=True,
            **OURS,
        )
        with context.begin_transaction():
            context.run_migrations()


def migrate_offline() -> None:
    """Write the migrations as SQL."""
    context.configure(
        url=db.engine.url.render_as_string(hide_password=False),
        target_metadata=db.metadata,
        literal_binds=True,
        **OURS,
    )
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    migrate_offline()
else:
    migrate_online()
