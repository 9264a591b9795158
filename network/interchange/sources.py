"""Lists at addresses that are fetched again and again: kept, paused, changed, taken away. The caller commits."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from network.clock import now
from network.interchange import drafts
from network.interchange.models import ImportDraft, ImportSource

EVERY = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30)}
AGAIN = timedelta(days=1)  # after a fetch that failed
SEVERAL = 3  # failures in a row, after which it is said at the desk
AT_WORK, WAITING = ("reading", "ordered"), ("columns", "ready")
LONGEST_DETAIL, LONGEST_ETAG, LONGEST_DAY = 500, 300, 100

TO_DECIDE = ImportSource.draft_id.in_(select(ImportDraft.id).where(ImportDraft.state.in_(WAITING)).correlate(None))
"""Whether something of a list waits for a person."""


def all_of(session: Session) -> list[ImportSource]:
    return list(session.scalars(select(ImportSource).order_by(func.lower(ImportSource.name))))


def due(session: Session, moment: datetime, most: int) -> list[int]:
    """The lists that are to be fetched, the longest overdue first."""
    query = select(ImportSource.id).where(ImportSource.due_at <= moment, ImportSource.paused_at.is_(None))
    return list(session.scalars(query.order_by(ImportSource.due_at, ImportSource.id).limit(most)))


def named(session: Session, name: str) -> ImportSource | None:
    return session.scalars(select(ImportSource).where(ImportSource.name == name)).first()


def of_draft(session: Session, draft_id: int) -> ImportSource | None:
    """Where a list that waits was fetched from; None for one that somebody brought."""
    return session.scalars(select(ImportSource).where(ImportSource.draft_id == draft_id)).first()


def draft_of(session: Session, source: ImportSource) -> ImportDraft | None:
    """What of a list waits or is being read."""
    draft = session.get(ImportDraft, source.draft_id) if source.draft_id else None
    return draft if draft and draft.state in (*AT_WORK, *WAITING) else None


def change(source: ImportSource, address: str, every: str) -> None:
    """Let a list be fetched from elsewhere, or at other times. What was known of another address counts no more."""
    if source.address != address:
        source.etag = source.modified = source.sha256 = ""
        forget_failures(source)
    source.address, source.every = address, every
    source.due_at = (source.asked_at + EVERY[every]) if source.asked_at and source.sha256 else now()


def pause(source: ImportSource) -> None:
    source.paused_at = source.paused_at or now()


def resume(source: ImportSource) -> None:
    source.paused_at, source.due_at = None, now()
    forget_failures(source)


def soon(source: ImportSource) -> None:
    """Let the next tick fetch a list."""
    source.due_at = now()


def forget_failures(source: ImportSource) -> None:
    source.failures, source.failing_since, source.problem, source.detail = 0, None, "", ""


def failed(source: ImportSource, problem: str, detail: str) -> None:
    """Keep why a list could not be fetched."""
    source.failures, source.failing_since = source.failures + 1, source.failing_since or now()
    source.problem, source.detail = problem, detail[:LONGEST_DETAIL]
    source.asked_at, source.due_at = now(), now() + min(EVERY[source.every], AGAIN)


def succeeded(source: ImportSource, etag: str, modified: str) -> None:
    """Keep that a list was there, and by what it is known when it hasn't changed."""
    forget_failures(source)
    source.etag = etag if len(etag) <= LONGEST_ETAG else ""
    source.modified = modified if len(modified) <= LONGEST_DAY else ""
    source.asked_at, source.due_at = now(), now() + EVERY[source.every]


def remove(session: Session, source: ImportSource) -> None:
    """Fetch a list no more. What it brought stays; what of it waits undecided goes."""
    draft = draft_of(session, source)
    if draft and draft.state in WAITING:
        drafts.discard(session, draft)
    session.delete(source)
