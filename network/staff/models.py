"""What the desk itself keeps: who looks after a card, until when it rests, and what was decided."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from network.clock import now
from network.extensions import Base


class Charge(Base):
    """Who looks after something that waits. It belongs to what waits since then: what waits anew has none."""

    __tablename__ = "charge"
    __table_args__ = (UniqueConstraint("kind", "thing_id", "since"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    thing_id: Mapped[int]
    since: Mapped[datetime]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    until: Mapped[date | None]  # it is shown again on that day
    aside_at: Mapped[datetime | None]  # it needs nothing: shown no more


class Decision(Base):
    """Something that was done at the desk, and what it takes to go back: ids, days and standings, nothing personal."""

    __tablename__ = "decision"
    __table_args__ = (Index("ix_decision_at", "at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    thing_id: Mapped[int]
    since: Mapped[datetime]
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), index=True)
    act: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    together: Mapped[str] = mapped_column(String(32), default="")  # what was decided at once shares it
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))


class DecisionPart(Base):
    """What a decision about many organisations changed of one: how it was, and how it is then."""

    __tablename__ = "decision_part"

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="CASCADE"), index=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), index=True)
    before: Mapped[Any] = mapped_column(JSON, nullable=False)
    after: Mapped[Any] = mapped_column(JSON, nullable=False)
