"""Ties by reference: an id of the same list, a slug or an exact name, also of a row that comes later in the list."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.directory.models import ExternalId, Organization
from network.interchange.remarks import remark

if TYPE_CHECKING:
    from network.interchange.plans import Planned

BATCH = 500
SEVERAL = -1
WRITTEN = ("new", "updated", "unchanged")


class References:
    """What references mean. While rows are planned they are noted; once all are, `target` answers.

    A target is ("row", number) for a row of the list, ("organization", id) for one that is there, or a reason in words.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self.asked: dict[tuple[str, str], None] = {}
        self.rows_by_id: dict[tuple[str, str], int] = {}
        self.rows_by_name: dict[str, int] = {}
        self.here: dict[str, Any] = {}
        self.ids: dict[int, int] = {}  # row number: organisation

    def note(self, planned: "Planned") -> None:
        """Remember a row as something that others may refer to, and what it refers to itself."""
        for references in planned.ties.values():
            self.asked |= {(planned.source, reference): None for reference, _since in references}
        if planned.fate not in WRITTEN:
            return
        if planned.organization_id is not None:
            self.ids[planned.number] = planned.organization_id
        for source, value in ((planned.source, planned.id), ("\0slug", planned.slug)):
            if value:
                self.rows_by_id.setdefault((source, value), planned.number)
        others = self.rows_by_name.setdefault(planned.name, planned.number)
        if others != planned.number:
            self.rows_by_name[planned.name] = SEVERAL

    def resolve(self) -> None:
        """Ask the database about all references at once."""
        self.ids_here: dict[tuple[str, str], int] = {}
        self.slugs_here: dict[str, int] = {}
        self.names_here: dict[str, int] = {}
        texts = list(dict.fromkeys(text for _source, text in self.asked))
        connection = self.session.connection()
        for start in range(0, len(texts), BATCH):
            some = texts[start : start + BATCH]
            known = select(ExternalId.source, ExternalId.value, ExternalId.organization_id)
            for source, value, id in connection.execute(known.where(ExternalId.value.in_(some))):
                self.ids_here[source, value] = id
            rows = select(Organization.id, Organization.slug, Organization.name)
            for id, slug, _name in connection.execute(rows.where(Organization.slug.in_(some))):
                self.slugs_here[slug] = id
            for id, _slug, name in connection.execute(rows.where(Organization.name.in_(some))):
                self.names_here[name] = SEVERAL if name in self.names_here else id

    def target(self, source: str, text: str) -> tuple[str, int] | str:
        """What a reference of a list means."""
        for key in ((source, text), ("\0slug", text)):
            if key in self.rows_by_id:
                return self.of_row(self.rows_by_id[key])
        for found in (self.ids_here.get((source, text)), self.slugs_here.get(text)):
            if found is not None:
                return ("organization", found)
        row, here = self.rows_by_name.get(text), self.names_here.get(text)
        if SEVERAL in (row, here):
            return remark("several_organizations", value=repr(text))
        target = None if row is None else self.of_row(row)
        if target and here is not None and target != ("organization", here):
            return remark("several_organizations", value=repr(text))
        if target:
            return target
        return ("organization", here) if here is not None else remark("no_organization", value=repr(text))

    def of_row(self, number: int) -> tuple[str, int]:
        return ("organization", self.ids[number]) if number in self.ids else ("row", number)
