"""The migrations make what the models say, on both engines, and can be taken back."""

import pytest
from alembic.script import ScriptDirectory
from flask import current_app
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import inspect, text

from network import create_app, schema
from network.extensions import db
from tests.conftest import new_database


@pytest.fixture
def migrated(engine, request, tmp_path):
    """An application over a database of its own, at the newest revision."""
    app = create_app({"TESTING": True, "DATABASE_URL": new_database(engine, request, tmp_path / "migrated.db")})
    with app.app_context():
        upgrade()
        yield app
        db.session.remove()
        db.engine.dispose()


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names())


def test_the_models_and_the_migrations_agree(migrated):
    check()  # ends the test run's process with the difference when there is one


def test_the_migrations_can_be_taken_back_and_applied_again(migrated):
    before = tables()
    downgrade(revision="base")
    assert tables() == {"alembic_version"}
    upgrade()
    assert tables() == before


def test_foreign_keys_are_kept_after_a_migration(migrated):
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_a_migration_can_be_written_as_sql(migrated, capsys):
    upgrade(sql=True)
    assert "CREATE TABLE organization" in capsys.readouterr().out


def test_the_newest_file_is_the_newest_revision(migrated):
    script = ScriptDirectory(current_app.extensions["migrate"].directory)
    assert script.get_heads() == [schema.known()[-1]]
    assert {one.revision for one in script.walk_revisions()} == set(schema.known())


def test_the_command_line_knows_the_migrations(migrated):
    answer = migrated.test_cli_runner().invoke(args=["db", "heads"])
    assert answer.exit_code == 0, answer.output
    assert migrated.test_cli_runner().invoke(args=["db", "--help"]).output.count("upgrade")
