"""What is asked about imports: those that wait, those that were made, and what is remembered of lists."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from network.accounts.models import Person
from network.interchange.models import Import, ImportDraft, ImportMapping, ImportRow, ImportSource

PER_PAGE = 20
PERSON = "person "
ALIKE = 0.8  # of all columns that two lists have between them


def waiting(session: Session) -> Sequence[ImportDraft]:
    """The lists that aren't imported yet, the newest first."""
    query = select(ImportDraft).where(ImportDraft.state != "done").order_by(ImportDraft.id.desc())
    return session.scalars(query).all()


def imports(session: Session, page: int) -> tuple[int, Sequence[Import]]:
    """How many imports there were, and a page of them, the newest first."""
    total = session.scalar(select(func.count()).select_from(Import)) or 0
    query = select(Import).order_by(Import.id.desc()).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    return total, session.scalars(query).all()


def draft_of(session: Session, import_id: int) -> ImportDraft | None:
    """The list that an import came from, while it is kept."""
    return session.scalars(select(ImportDraft).where(ImportDraft.import_id == import_id).limit(1)).first()


def recorded_rows(session: Session, import_id: int) -> int:
    """How many rows of an import changed anything."""
    query = select(func.count()).select_from(ImportRow).where(ImportRow.import_id == import_id)
    return session.scalar(query) or 0


def unfinished(session: Session) -> Sequence[ImportDraft]:
    """The lists for which something was ordered that isn't done."""
    query = select(ImportDraft).where(ImportDraft.state.in_(("reading", "ordered"))).order_by(ImportDraft.ordered_at)
    return session.scalars(query).all()


def undos_ordered(session: Session) -> Sequence[Import]:
    """The imports that are to be taken back and aren't yet."""
    query = select(Import).where(Import.undo_ordered_at.is_not(None), Import.undone_at.is_(None))
    return session.scalars(query.order_by(Import.undo_ordered_at)).all()


def older_than(session: Session, day: datetime) -> Sequence[ImportDraft]:
    """The lists that were brought before a day; of one that refreshes, what waits stays until it is decided."""
    kept = select(ImportSource.draft_id).where(ImportSource.draft_id.is_not(None))
    settled = or_(ImportDraft.state == "done", ImportDraft.id.not_in(kept))
    return session.scalars(select(ImportDraft).where(ImportDraft.at < day, settled)).all()


def remembered(session: Session, headers: Collection[str]) -> ImportMapping | None:
    """What is remembered of the list that had these columns the last time, or, but for a few, had them."""
    wanted, best = set(headers), None
    for one in session.scalars(select(ImportMapping).order_by(ImportMapping.changed_at.desc())):
        if set(one.headers) == wanted:
            return one
        if best is None and len(wanted & set(one.headers)) >= ALIKE * len(wanted | set(one.headers)):
            best = one
    return best


def makers(session: Session, found: Collection[Import]) -> dict[int, str]:
    """Who made imports, by the numbers of these: names; empty for who has left."""
    ids = {int(one.by.removeprefix(PERSON)) for one in found if one.by.startswith(PERSON)}
    names = {one.id: one.name or one.email for one in session.scalars(select(Person).where(Person.id.in_(ids)))}
    return {
        one.id: names.get(int(one.by.removeprefix(PERSON)), "") if one.by.startswith(PERSON) else one.by
        for one in found
    }
