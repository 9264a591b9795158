"""Maps that somebody keeps: who is on them, where each stands, what was written on them, and every step of drawing."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from network.clock import now
from network.extensions import Base


class SavedMap(Base):
    """A map with a name and an address of its own. A snapshot keeps what it showed on a day, and changes no more."""

    __tablename__ = "saved_map"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(Text, default="")
    audience: Mapped[str] = mapped_column(String(10), default="me")  # AUDIENCES: me, staff, network, public
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    # whose coordinators see it, where the audience is a network
    network_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id", ondelete="SET NULL"), index=True)
    asked: Mapped[str] = mapped_column(Text, default="")  # a query string, as `asked.Asked` reads it
    seed: Mapped[int] = mapped_column(default=1)
    snapshot: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    shown_on: Mapped[date | None]  # the day of a snapshot
    last: Mapped[int] = mapped_column(default=0)  # the number of its last step
    created_at: Mapped[datetime] = mapped_column(default=now)
    changed_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)


class MapPlace(Base):
    """Where an organisation stands on a map, and whether it was put there, or is hidden."""

    __tablename__ = "map_place"

    map_id: Mapped[int] = mapped_column(ForeignKey("saved_map.id", ondelete="CASCADE"), primary_key=True)
    organization_id: Mapped[int] = mapped_column(
        ForeignKey("organization.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    x: Mapped[float | None]  # in map units (scene.Point)
    y: Mapped[float | None]
    pinned: Mapped[bool] = mapped_column(default=False)
    hidden: Mapped[bool] = mapped_column(default=False)


class MapGroup(Base):
    """Organisations that somebody grouped on a map."""

    __tablename__ = "map_group"
    __table_args__ = (UniqueConstraint("map_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    map_id: Mapped[int] = mapped_column(ForeignKey("saved_map.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120))
    members: Mapped[list[int]] = mapped_column(JSON, default=list)


class MapNote(Base):
    """A text on a map, or the outline of a region."""

    __tablename__ = "map_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    map_id: Mapped[int] = mapped_column(ForeignKey("saved_map.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(String(300), default="")
    x: Mapped[float]
    y: Mapped[float]
    width: Mapped[float | None]
    height: Mapped[float | None]
    staff_only: Mapped[bool] = mapped_column(default=True)


class MapStep(Base):
    """One step of drawing: `said` is what was asked for, `before` what it takes to go back."""

    __tablename__ = "map_step"
    __table_args__ = (UniqueConstraint("map_id", "number"), UniqueConstraint("map_id", "key"))

    id: Mapped[int] = mapped_column(primary_key=True)
    map_id: Mapped[int] = mapped_column(ForeignKey("saved_map.id", ondelete="CASCADE"))
    number: Mapped[int]
    key: Mapped[str] = mapped_column(String(40))  # made by whoever asks: the same step twice is one step
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    said: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    before: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    undone: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(default=now)
