"""Deciding about claims and corrections from the staff's desk, and taking a decision back."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from network.accounts.actions import take_role
from network.accounts.models import Person, Role
from network.clock import now
from network.directory.models import Organization
from network.directory.tasks import CLOSED, settle_task
from network.hats import Hat
from network.history import undoing
from network.history.models import Edit
from network.profiles import claims, editing, suggestions
from network.profiles.models import Claim, Suggestion
from network.text import gettext as _
from network.waiting import Before, By, Refused, Row


def alone(session: Session, organization_id: int) -> Organization:
    """An organisation, decided about by nobody else until this transaction is over."""
    query = select(Organization).where(Organization.id == organization_id).with_for_update()
    found = session.scalars(query.execution_options(populate_existing=True)).first()
    if found is None:
        raise Refused(_("That organisation is no longer there."))
    return found


def claim_of(session: Session, id: int) -> tuple[Organization, Claim]:
    claim = session.get(Claim, id)
    if claim is None:
        raise Refused(_("This was decided already."))
    return alone(session, claim.organization_id), claim


def role_of(session: Session, claim: Claim) -> Role | None:
    """In which role whoever claims acts for the organisation."""
    mine = (Role.person_id == claim.person_id, Role.organization_id == claim.organization_id)
    return session.scalars(select(Role).where(*mine, Role.role.in_((Hat.ADMIN, Hat.REPRESENTATIVE)))).first()


def decided(session: Session, id: int, by: By, granted: bool) -> Before:
    """Grant or refuse a claim, which its asker is told."""
    organization, claim = claim_of(session, id)
    role = role_of(session, claim)
    before = {"state": claim.state, "role": role.role if role else ""}
    try:
        done = claims.decide(session, organization, claim, session.get_one(Person, by.person_id), granted, by.words)
    except claims.Refused as refused:
        raise Refused(str(refused)) from refused
    if not done:
        session.commit()  # that they were told stands
        raise Refused(_("Somebody looks after this page by now. They were told, and may object for seven days."))
    return before


def grant(session: Session, row: Row, by: By) -> Before:
    return decided(session, row.id, by, True)


def refuse(session: Session, row: Row, by: By) -> Before:
    return decided(session, row.id, by, False)


def claim_again(session: Session, row: Row, before: Before, by: By) -> None:
    """Let a claim wait again: what was granted with it is taken away, and the asker is told. Its link stays spent."""
    organization, claim = claim_of(session, row.id)
    if claims.own_claim(session, organization.id, claim.person_id):
        raise Refused(_("The same person asks again meanwhile: decide about that."))
    granted, role = claim.state == "granted", role_of(session, claim)
    if granted and role and not before["role"]:
        take_role(session, role)
    elif granted and role:
        role.role = before["role"]
    claim.state, claim.decided_at, claim.decided_by_id = before["state"], None, None
    claim.way = claims.STAFF
    asker = session.get_one(Person, claim.person_id)
    link = claims.address_of(organization, "claim")
    claims.write(session, claim, organization, asker, "claim_reopened", asker.email, asker.locale, link=link)
    session.flush()


def suggestion_of(session: Session, id: int) -> tuple[Organization, Suggestion]:
    suggestion = session.get(Suggestion, id)
    if suggestion is None:
        raise Refused(_("This was decided already."))
    return alone(session, suggestion.organization_id), suggestion


def settled(session: Session, id: int, by: By, accepted: tuple[str, ...]) -> Before:
    """Take over some fields of a suggestion and refuse the others; gives the edits that this made."""
    organization, suggestion = suggestion_of(session, id)
    last = select(func.coalesce(func.max(Edit.id), 0)).where(Edit.organization_id == organization.id)
    newest = session.scalar(last)
    try:
        suggestions.decide(session, organization, suggestion, accepted, by.person_id)
    except suggestions.Refused as refused:
        raise Refused(str(refused)) from refused
    made = select(Edit.id).where(Edit.organization_id == organization.id, Edit.id > newest).order_by(Edit.id)
    return {"edits": list(session.scalars(made)), "closed": suggestions.SHUT in suggestion.accepted}


def accept(session: Session, row: Row, by: By) -> Before:
    if not by.chosen:
        raise Refused(_("Tick what is right, or refuse it all."))
    return settled(session, row.id, by, by.chosen)


def decline(session: Session, row: Row, by: By) -> Before:
    return settled(session, row.id, by, ())


def suggest_again(session: Session, row: Row, before: Before, by: By) -> None:
    """Let a suggestion wait again; what was taken over of it is taken back, as far as nobody changed it since."""
    organization, suggestion = suggestion_of(session, row.id)
    query = select(Edit).where(Edit.id.in_(before["edits"]), Edit.undone_by_id.is_(None)).order_by(Edit.id)
    edits = session.scalars(query.options(selectinload(Edit.values))).all()
    possible = [edit for edit in edits if undoing.undoable(edit, now())]
    try:
        conflicts = undoing.undo(session, possible).conflicts if possible else []
    except undoing.Refused as refused:
        raise Refused(str(refused)) from refused
    if conflicts:
        raise Refused(_("It was changed again since. Take it back in the history of the page, field by field."))
    if before["closed"]:
        settle_task(session, organization.id, CLOSED, None)
    suggestion.state, suggestion.accepted = "waiting", []
    suggestion.decided_at = suggestion.decided_by_id = None
    editing.touch(organization)
    session.flush()
