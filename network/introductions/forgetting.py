"""What goes from introductions when a person or an organisation is erased: words, names, and what was to be mailed."""

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session, selectinload

from network.clock import now
from network.introductions import states, telling
from network.introductions.keeping import forget_links, note, put
from network.introductions.models import Introduction, Party, Step
from network.introductions.queries import position_of
from network.introductions.states import ACTIVE, ASKED, WAITING, WITHDRAWN

TEXTS = {"introduction": ("words",), "introduction_step": ("words",), "value_check": ("words",)}
"""Where somebody may have written about somebody else, as `profiles.forgetting.FREE_TEXTS` has it."""


def forget_person(session: Session, id: int) -> None:
    """Take out what a person wrote. What they asked and nobody answered ends; a consent of theirs is asked for anew."""
    wrote = select(Step.introduction_id).where(Step.person_id == id)
    spoke = select(Party.introduction_id).where(Party.person_id == id)
    for one in concerned(session, or_(Introduction.person_id == id, Introduction.id.in_(wrote.union(spoke)))):
        telling.forget(session, one)
        if one.state != ASKED:
            continue
        for party in one.parties:
            if party.person_id == id and party.organization_id != one.asker_id:
                party.answer, party.person_id = WAITING, None
        if one.person_id == id:
            end(session, one)
    session.flush()
    session.execute(update(Step).where(Step.person_id == id).values(words=""))
    session.execute(update(Introduction).where(Introduction.person_id == id).values(words=""))


def forget_organization(session: Session, id: int) -> None:
    """Take out what an organisation's people wrote, and end what goes on with it."""
    parties = select(Party.introduction_id).where(Party.organization_id == id)
    for one in concerned(session, Introduction.id.in_(parties)):
        telling.forget(session, one)
        if one.asker_id == id or one.asker_id is None:
            one.words = ""
        for said in one.steps:
            said.words = "" if said.organization_id == id else said.words
        if one.state in ACTIVE:
            end(session, one)
    session.flush()


def concerned(session: Session, which: ColumnElement[bool]) -> list[Introduction]:
    """Some introductions, locked until this transaction is over."""
    query = select(Introduction).where(which).order_by(Introduction.id).with_for_update()
    query = query.options(selectinload(Introduction.parties), selectinload(Introduction.steps))
    return list(session.scalars(query.execution_options(populate_existing=True)))


def end(session: Session, introduction: Introduction) -> None:
    """End an introduction because somebody is there no more: taken back before everyone agreed, closed after."""
    state = WITHDRAWN if introduction.state == ASKED else states.CLOSED
    put(introduction, states.turned(position_of(introduction), state, now()))
    note(session, introduction, "gone")
    forget_links(introduction)
