"""What a list had brought and doesn't name any more. It is told, and nothing is done about it."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.directory.models import Organization
from network.interchange.linking import TIED
from network.interchange.models import Import, ImportRow
from network.interchange.plans import Plan

ENDED = "ended"
TOLD = 200  # so many are named


def named_by(plan: Plan) -> set[int]:
    """The organisations that the rows of a plan are, or may be."""
    return {id for row in plan.rows for id in (row.organization_id, row.looks_like) if id is not None}


def gone(session: Session, source: str, there: Collection[int]) -> list[str]:
    """The slugs of the organisations that the list `source` brought or changed, that stand, and aren't `there`."""
    query = (
        select(Organization.id, Organization.slug)
        .join(ImportRow, ImportRow.organization_id == Organization.id)
        .join(Import, Import.id == ImportRow.import_id)
        .where(ImportRow.source == source, ImportRow.fate != TIED, Import.undone_at.is_(None))
        .where(Organization.standing != ENDED)
        .distinct()
        .order_by(Organization.slug)
    )
    return [slug for id, slug in session.connection().execute(query) if id not in there]
