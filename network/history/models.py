"""Who changed what of an organisation, and when; what the change was stands beside it, so that it can be emptied."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.clock import now
from network.extensions import Base


class Edit(Base):
    """One change of one thing of an organisation: what was changed, by whom in which role, in which save."""

    __tablename__ = "edit"
    __table_args__ = (Index("ix_edit_organization_at", "organization_id", "at"), Index("ix_edit_at", "at", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"))
    thing: Mapped[str] = mapped_column(String(20))  # organization, listing, link, contact_person, introduction
    thing_id: Mapped[int]
    action: Mapped[str] = mapped_column(String(10))  # added, changed, confirmed, removed; exported
    fields: Mapped[str] = mapped_column(Text, default="")  # their names joined by `;`, which stay when values go
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    hat: Mapped[str] = mapped_column(String(20), default="")  # the role in which it was done; "visitor", "import"
    # the organisation or network that the hat belongs to
    for_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id", ondelete="SET NULL"), index=True)
    save: Mapped[str] = mapped_column(String(32), default="")  # what was saved at once shares it
    at: Mapped[datetime] = mapped_column(default=now)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("edit.id", ondelete="SET NULL"), index=True)

    values: Mapped[list["EditValue"]] = relationship(cascade="all, delete-orphan", order_by="EditValue.id")


class EditValue(Base):
    """What a field said before and after. A personal value is erased with the person: its row goes, the field stays."""

    __tablename__ = "edit_value"

    id: Mapped[int] = mapped_column(primary_key=True)
    edit_id: Mapped[int] = mapped_column(ForeignKey("edit.id", ondelete="CASCADE"), index=True)
    field: Mapped[str] = mapped_column(String(40))
    before: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    after: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)


class PersonalValue(Base):
    """The same for a field about a person: a side table that erasing empties."""

    __tablename__ = "personal_value"

    id: Mapped[int] = mapped_column(primary_key=True)
    edit_id: Mapped[int] = mapped_column(ForeignKey("edit.id", ondelete="CASCADE"), index=True)
    field: Mapped[str] = mapped_column(String(40))
    before: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    after: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)


class Erasure(Base):
    """The ledger of what was erased: a keyed hash of the address or name, applied again after every restore."""

    __tablename__ = "erasure"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)
