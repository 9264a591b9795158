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
