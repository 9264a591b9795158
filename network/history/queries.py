"""Questions about what was changed; nothing here changes anything."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from network.history.models import Edit, PersonalValue

EACH = 20  # saves of a page


@dataclass(frozen=True)
class Save:
    """What was changed at once."""

    edits: list[Edit]

    @property
    def key(self) -> str:
        return self.edits[0].save

    @property
    def at(self) -> datetime:
        return self.edits[0].at

    @property
    def person_id(self) -> int | None:
        return self.edits[0].person_id

    @property
    def for_id(self) -> int | None:
        return self.edits[0].for_id

    @property
    def hat(self) -> str:
        return self.edits[0].hat


def newest(session: Session, organization_id: int) -> int:
    """The number of the last edit of an organisation: pages that count back from it stay as they are."""
    return session.scalar(select(func.max(Edit.id)).where(Edit.organization_id == organization_id)) or 0


def saves(session: Session, organization_id: int, until: int, page: int = 1) -> tuple[int, list[Save]]:
    """How many saves an organisation has up to an edit, and those of a page, the newest first."""
    shown = [Edit.organization_id == organization_id, Edit.id <= until]
    total = session.scalar(select(func.count(func.distinct(Edit.save))).where(*shown)) or 0
    last = func.max(Edit.id)
    keys: Select[Any] = select(Edit.save).where(*shown).group_by(Edit.save).order_by(last.desc())
    wanted = list(session.scalars(keys.limit(EACH).offset((page - 1) * EACH)))
    query = select(Edit).where(*shown, Edit.save.in_(wanted)).order_by(Edit.id)
    found: dict[str, list[Edit]] = {key: [] for key in wanted}
    for edit in session.scalars(query.options(selectinload(Edit.values))):
        found[edit.save].append(edit)
    return total, [Save(edits) for edits in found.values()]


def about_persons(session: Session, saves: Sequence[Save]) -> dict[int, list[PersonalValue]]:
    """The values about persons that nobody erased, by the id of their edit."""
    ids = [edit.id for save in saves for edit in save.edits]
    found = defaultdict(list)
    for value in session.scalars(
        select(PersonalValue).where(PersonalValue.edit_id.in_(ids)).order_by(PersonalValue.id)
    ):
        found[value.edit_id].append(value)
    return dict(found)


def edit_of(session: Session, organization_id: int, id: int) -> Edit | None:
    """An edit by its number, if it is one of the organisation's."""
    edit = session.get(Edit, id)
    return edit if edit and edit.organization_id == organization_id else None


def saved_with(session: Session, edit: Edit) -> list[Edit]:
    """All edits of an organisation that were saved at once with one of them."""
    same = (Edit.organization_id == edit.organization_id, Edit.save == edit.save)
    return list(session.scalars(select(Edit).where(*same).order_by(Edit.id).options(selectinload(Edit.values))))


def later_removal(session: Session, edit: Edit) -> bool:
    """Whether the thing of an edit was removed after it and not brought back: another may have its number by now."""
    query = select(Edit.id).where(
        Edit.organization_id == edit.organization_id,
        Edit.thing == edit.thing,
        Edit.thing_id == edit.thing_id,
        Edit.action == "removed",
        Edit.id > edit.id,
        Edit.undone_by_id.is_(None),
    )
    return session.scalar(query.limit(1)) is not None
