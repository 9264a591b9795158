"""Two organisations that could meet, a third, and the people who speak for them."""

from datetime import timedelta

import pytest

from network.introductions import actions, timing
from network.introductions.models import Introduction


@pytest.fixture
def lab(organization):
    return organization("Accra Open Lab", category="partner", slug="lab")


@pytest.fixture
def club(organization):
    return organization("Leeds Tinker Club", slug="club")


@pytest.fixture
def fund(organization):
    return organization("Harbour Fund", category="partner", slug="fund")


@pytest.fixture
def amara(person, lab):
    """The lab's representative."""
    return person("amara@lab.example.org", name="Amara Mensah", representative=lab)


@pytest.fixture
def kofi(person, lab):
    """The lab's admin."""
    return person("kofi@lab.example.org", name="Kofi Boateng", admin=lab)


@pytest.fixture
def bob(person, club):
    """The club's admin."""
    return person("bob@club.example.org", name="Bob Ramsden", admin=club)


@pytest.fixture
def carla(person, fund):
    """The fund's admin."""
    return person("carla@fund.example.org", name="Carla Fonseca", admin=fund)


WORDS = "We look for a room on Saturdays from March on."


@pytest.fixture
def asked(session, lab, club, amara, kofi, bob):
    """An introduction that the lab's representative asked for and that waits for the club."""
    made = actions.ask(session, lab, club, amara, WORDS)
    session.commit()
    return made


@pytest.fixture
def exchange(session, lab, club, fund, amara, bob, carla):
    """An exchange of three that the lab's representative proposed."""
    made = actions.ask_all(session, (lab, club, fund), amara, WORDS)
    session.commit()
    return made


@pytest.fixture
def pass_time(session):
    """A function that lets days pass for an introduction and then lets the timer look."""

    def later(introduction: Introduction, days: float) -> str:
        ago = timedelta(days=days)
        introduction.changed_at -= ago
        introduction.asked_at -= ago
        if introduction.due_at:
            introduction.due_at -= ago
        session.commit()
        said = timing.look(session)
        session.commit()
        return said

    return later
