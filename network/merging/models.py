"""What was asked to be merged, who decided, and all that it takes to go back."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.clock import now
from network.extensions import Base


class Merge(Base):
    """Two organisations that are one: asked by one of the staff, decided by another.

    `organization_id` is the one that stays. The other's row is gone once they are merged, so its number points nowhere;
    no other organisation ever gets it. `moved` is the journal of what was done to every row, and what is needed to go
    back; it is emptied after that time, or when it was used.
    """

    __tablename__ = "merge"
    __table_args__ = (Index("ix_merge_state_asked_at", "state", "asked_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), index=True)
    gone_id: Mapped[int] = mapped_column(index=True)
    gone_slug: Mapped[str] = mapped_column(String(120))
    gone_name: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(10), default="asked")  # asked, declined, merged, undone
    choices: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)  # field: stays, goes, both
    words: Mapped[str] = mapped_column(Text, default="")  # why, by whoever asks
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    reason: Mapped[str] = mapped_column(Text, default="")  # why it was declined
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime | None]
    moved: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    undone_at: Mapped[datetime | None]
    left: Mapped[list[list[str]]] = mapped_column(JSON, default=list)  # what could not be put back: (table, why)
