"""The demonstration network, loaded."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from network.demo import actions

TODAY = date(2027, 2, 3)


@pytest.fixture
def demonstration(session: Session) -> Session:
    """The database with the demonstration as of one day, always the same."""
    actions.load(session, TODAY)
    session.commit()
    return session


@pytest.fixture
def lately(session: Session) -> Session:
    """The database with the demonstration as of today, for its pages."""
    actions.load(session, date.today())
    session.commit()
    return session
