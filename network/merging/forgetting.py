"""What merges forget when somebody, or an organisation, is erased: their journals hold rows that were dropped."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from network.history import ledger
from network.merging.models import Merge
from network.merging.queries import DONE
from network.merging.rows import cascades, foreign, table
from network.profiles import forgetting

TEXTS = {"merge": ("words", "reason", "gone_name", "moved")}
"""Where somebody may have written about somebody else, as `profiles.forgetting.FREE_TEXTS` has it.

An undo after that brings back what the journal still says.
"""


def forget_person(session: Session, id: int) -> None:
    """Take a person out of the rows that merges keep: what hangs on them goes, and what they wrote."""
    for merge in session.scalars(select(Merge).where(Merge.moved.is_not(None))):
        moved: dict[str, Any] = merge.moved or {}
        merge.moved = moved | {"steps": list(without(moved["steps"], id))}
    session.flush()


def without(steps: list[dict[str, Any]], id: int) -> Iterator[dict[str, Any]]:
    """The steps of a journal without a person."""
    for step in steps:
        if step["did"] != "dropped":
            yield step
            continue
        row, gone = dict(step["row"]), False
        for column, there in foreign(table(step["table"])):
            if there.table.name == "person" and row.get(column.name) == id:
                gone = gone or cascades(column)
                row |= {column.name: None} | ({"words": ""} if "words" in row else {})
        if not gone:
            yield step | {"row": row}


def forget_organization(session: Session, id: int) -> None:
    """Erase, with an organisation, all that was merged into it: it must not come back from a backup, or by an undo."""
    for merge in session.scalars(select(Merge).where(Merge.organization_id == id, Merge.state == DONE)).all():
        for forget in forgetting.ORGANIZATION_GOES:
            if forget is not forget_organization:
                forget(session, merge.gone_id)
        ledger.enter(session, [ledger.digest(ledger.ORGANIZATION, merge.gone_slug)])
    session.execute(delete(Merge).where((Merge.organization_id == id) | (Merge.gone_id == id)))
    session.flush()
