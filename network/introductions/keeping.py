"""Writing what came of a step: the position into its rows, the step, and both histories."""

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from network.accounts.models import Person
from network.clock import now
from network.history import recording
from network.history.models import Edit
from network.introductions.models import Introduction, Step
from network.introductions.states import Position

THING = "introduction"
HISTORY = {
    "accept": "accepted",
    "decline": "declined",
    "withdraw": "withdrawn",
    "expire": "expired",
    "close": "closed",
    "gone": "closed",
    "proposed": "asked",
}


def put(introduction: Introduction, position: Position) -> None:
    """Write a position into its rows, as a new version."""
    introduction.state, introduction.changed_at = position.state, position.since
    introduction.reminders, introduction.due_at = position.reminders, position.due
    flag_modified(introduction, "state")  # though perhaps only a party's row changes
    for party, side in zip(introduction.parties, position.sides, strict=True):
        party.answer, party.outcome = side.answer, side.outcome


def note(
    session: Session,
    introduction: Introduction,
    action: str,
    organization_id: int | None = None,
    by: Person | None = None,
    words: str = "",
) -> None:
    """Keep a step, and that it happened in the history of each party: who it was, only in the party's own."""
    introduction.steps.append(
        Step(organization_id=organization_id, person_id=by.id if by else None, action=action, words=words, at=now())
    )
    said = HISTORY.get(action, action)
    author = recording.author(session)
    for party in introduction.parties:
        if party.organization_id == organization_id:
            recording.happened(session, party.organization_id, said, THING, introduction.id)
            continue
        edit = Edit(organization_id=party.organization_id, thing=THING, thing_id=introduction.id, action=said)
        edit.hat, edit.save, edit.at = author["hat"], recording.save(session), now()
        session.add(edit)


def forget_links(introduction: Introduction) -> None:
    """The links of its mails open nothing any more."""
    for party in introduction.parties:
        party.token_hash = ""
