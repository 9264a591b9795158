"""The topics that ship, organisations that use some, and one of the staff."""

from typing import Any

import pytest
from sqlalchemy import select

from network.directory.models import Task, Topic
from network.extensions import db
from network.history.recording import encoded
from tests.topics import load_topics

BESIDE = ("topic_change", "change", "edit", "edit_value", "alembic_version", "matching_epoch", "search_text_content")
"""What was done and its history, what caches follow, and numbers that are counted anew."""
PREFIXES = ("place", "search_")


@pytest.fixture(autouse=True)
def loaded(session):
    load_topics(session)
    session.commit()


@pytest.fixture
def topic(session):
    """A function that gives the topic of a slug."""
    return lambda slug: session.scalars(select(Topic).where(Topic.slug == slug)).one()


@pytest.fixture
def farida(person):
    return person("farida@lantern-and-loom.example", "Farida", staff=True)


@pytest.fixture
def staff(farida, signed_in):
    """A browser of the staff."""
    return signed_in(farida)


@pytest.fixture
def lab(organization, listing, topic, session):
    """It works on robotics, and offers to repair robots."""
    made = organization("Harbour Lab", slug="lab", category="member", summary="We build robots with children.")
    made.topics = [topic("robotics")]
    offer = listing(made, title="A robot arm to borrow", kind="software")
    offer.topics = [topic("robotics"), topic("coding")]
    session.commit()
    return made


@pytest.fixture
def hill(organization, topic, session):
    """It works on coding, and on robotics, too."""
    made = organization("Hill Club", slug="hill", category="club", summary="Thursdays are for games.")
    made.topics = [topic("robotics"), topic("coding")]
    session.commit()
    return made


@pytest.fixture
def unknown(session):
    """A function that notes words of an organisation that no topic covers, as the editor and lists do."""

    def store(of, *words: str) -> Task:
        made = Task(organization_id=of.id, key="topic:unknown", facts={"topics": list(words)})
        session.add(made)
        session.commit()
        return made

    return store


@pytest.fixture
def everything(session):
    """A function that gives every row that a change of the topics could reach."""

    def rows() -> dict[str, list[tuple[Any, ...]]]:
        session.commit()
        found = {}
        for table in db.metadata.sorted_tables:
            if table.name not in BESIDE and not table.name.startswith(PREFIXES):
                columns = [column for column in table.columns if column.name not in ("changed_at", "version")]
                said = session.execute(select(*columns)).all()
                found[table.name] = sorted(tuple(str(encoded(value)) for value in row) for row in said)
        session.rollback()
        return found

    return rows
