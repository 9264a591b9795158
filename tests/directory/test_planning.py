"""SQLite's planner finds rows by what names few of them, also while it knows nothing of the tables."""

from datetime import date

import pytest
from sqlalchemy import Connection, create_engine, select

from network.directory import queries
from network.directory.models import Listing, Task
from network.directory.profile import LISTINGS
from network.extensions import db

IDS = {"ids": [1, 2, 3], "today": date(2026, 11, 22)}
UNDONE = select(Task.id).where(Task.organization_id == 1, Task.done_at.is_(None))
SOUGHT = select(Listing.id).where(Listing.organization_id == 1, Listing.state == "open", Listing.side == "seek")


@pytest.fixture
def untold():
    """A database of SQLite that holds nothing."""
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        db.metadata.create_all(connection)
        yield connection
    engine.dispose()


def plan(connection: Connection, query, values) -> str:
    text = str(query.params(values).compile(connection, compile_kwargs={"literal_binds": True}))
    return " ".join(row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}"))


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (queries.TITLES, "ix_listing_organization_id (organization_id=?)"),
        (LISTINGS, "ix_listing_organization_id (organization_id=?)"),
        (SOUGHT, "ix_listing_organization_id (organization_id=?)"),
        (UNDONE, "(organization_id=?)"),
    ],
)
def test_what_belongs_to_few_organisations_is_found_by_them(untold, query, index):
    assert index in plan(untold, query, IDS)
