"""What was imported: each import, and what became of each row that changed something."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from network.clock import now
from network.extensions import Base


class Import(Base):
    """A list that was read and written, and whether that was taken back."""

    __tablename__ = "import"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)
    by: Mapped[str] = mapped_column(String(200), default="")
    file_name: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64))
    format: Mapped[str] = mapped_column(String(10))
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    undone_at: Mapped[datetime | None]
    undo_ordered_at: Mapped[datetime | None]
    kept: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))  # what undoing it left, and why


class ImportRow(Base):
    """What one row did to an organisation, and what the list said of it.

    `before` and `after` hold the fields that were changed, as states.py names them; a new organisation has the facts
    that are `said`. That is all that the list states, kept when it is not what the list said the last time, so that the
    next import sees what the list itself changed.
    """

    __tablename__ = "import_row"

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import.id", ondelete="CASCADE"), index=True)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id", ondelete="SET NULL"), index=True)
    line: Mapped[int]
    fate: Mapped[str] = mapped_column(String(10))
    source: Mapped[str] = mapped_column(String(200), default="")
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    said: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class ImportDraft(Base):
    """A list that somebody brought. Its file, its mapping and its preview lie in the instance's folder (folders.py).

    `state` is `columns` while it is asked what its columns mean, `reading` once the preview is ordered, `ready` when it
    stands, `ordered` once the import is, and `done`. Nothing of the list is in the directory before `done`.
    """

    __tablename__ = "import_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)
    ordered_at: Mapped[datetime | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("import.id", ondelete="SET NULL"), index=True)
    file_name: Mapped[str] = mapped_column(String(255))
    file: Mapped[str] = mapped_column(String(40))  # its name in the folder
    rows: Mapped[int] = mapped_column(default=0)
    source: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[str] = mapped_column(String(10), default="columns")
    note: Mapped[str] = mapped_column(String(500), default="")  # why it went no further, see notices.py
    attempts: Mapped[int] = mapped_column(default=0)
    decisions: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # see deciding.py
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    digest: Mapped[str] = mapped_column(String(64), default="")  # of the preview
    said: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # the head of the report
    version: Mapped[int] = mapped_column(default=1)


class ImportSource(Base):
    """A list at an address, that is fetched again and again. Its name is that of the list, by which rows are known."""

    __tablename__ = "import_source"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    address: Mapped[str] = mapped_column(String(500))
    every: Mapped[str] = mapped_column(String(10), default="week")  # day, week or month
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("import_draft.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime] = mapped_column(default=now)
    asked_at: Mapped[datetime | None]
    arrived_at: Mapped[datetime | None]  # when the last list came that was another
    paused_at: Mapped[datetime | None]
    format: Mapped[str] = mapped_column(String(10), default="")
    etag: Mapped[str] = mapped_column(String(300), default="")
    modified: Mapped[str] = mapped_column(String(100), default="")
    sha256: Mapped[str] = mapped_column(String(64), default="")  # of what came last
    told: Mapped[str] = mapped_column(String(100), default="")  # what was in doubt or gone: the same isn't told again
    failures: Mapped[int] = mapped_column(default=0)  # in a row
    failing_since: Mapped[datetime | None]
    problem: Mapped[str] = mapped_column(String(20), default="")  # why the last fetch failed, see source_words.py
    detail: Mapped[str] = mapped_column(String(500), default="")


class ImportMapping(Base):
    """What the columns of a list mean, as somebody said it the last time: a mapping file as JSON."""

    __tablename__ = "import_mapping"

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(200), unique=True)
    headers: Mapped[list[str]] = mapped_column(JSON, default=list)
    said: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    changed_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
