"""What a tick does: reminders, expiry, asking how it went, closing. Done twice it does nothing twice."""

from sqlalchemy.orm import Session

from network.clock import now
from network.introductions import states, telling
from network.introductions.keeping import forget_links, note, put
from network.introductions.models import Introduction, Party
from network.introductions.queries import due, introduction_at, position_of


def look(session: Session) -> str:
    """Look at every introduction whose time has come, and say in a line what was done."""
    done = {states.REMIND: 0, states.EXPIRE: 0, states.FOLLOW_UP: 0, states.CLOSE: 0}
    for id in due(session, now()):
        introduction = introduction_at(session, id, lock=True)
        told = advance(session, introduction) if introduction else ""
        if told:
            done[told] += 1
    return ", ".join(f"{number} {what.replace('_', ' ')}" for what, number in done.items())


def advance(session: Session, introduction: Introduction) -> str:
    """Do what time asks of a locked introduction; gives what that was."""
    before = position_of(introduction)
    after, told = states.tick(before, now())
    if not told:
        return ""
    unanswered = telling.waiting(introduction)
    put(introduction, after)
    session.flush()
    if told == states.REMIND:
        telling.tell(session, introduction, "reminder", unanswered)
    elif told == states.EXPIRE:
        note(session, introduction, "expire")
        telling.tell(session, introduction, "expired", answered(introduction))
    elif told == states.FOLLOW_UP:
        telling.ask_how_it_went(session, introduction)
    else:
        note(session, introduction, "close")
        forget_links(introduction)
    return told


def answered(introduction: Introduction) -> list[Party]:
    """The parties that waited for the others."""
    return [party for party in introduction.parties if party.answer == states.ACCEPTED]
