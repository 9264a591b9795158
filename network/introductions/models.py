"""Introductions: who is to meet whom, what each side said, and what came of it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.clock import now
from network.extensions import Base


class Introduction(Base):
    """Two or three organisations that are to meet. Nobody sees a contact before all of them agreed."""

    __tablename__ = "introduction"
    __table_args__ = (Index("ix_introduction_state_due", "state", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(12), default="asked")
    # asked, accepted, declined, withdrawn, expired, closed
    origin: Mapped[str] = mapped_column(String(12), default="member")  # member, exchange, staff
    asker_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id", ondelete="SET NULL"), index=True)
    # empty when staff proposed it
    introducer_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id", ondelete="SET NULL"), index=True)
    listing_id: Mapped[int | None] = mapped_column(ForeignKey("listing.id", ondelete="SET NULL"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))  # who asked
    words: Mapped[str] = mapped_column(Text, default="")
    asked_at: Mapped[datetime] = mapped_column(default=now)
    changed_at: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime | None]  # when the timer looks at it again: a reminder, its expiry, "how did it go?"
    reminders: Mapped[int] = mapped_column(default=0)  # of the present state
    version: Mapped[int] = mapped_column(default=1)

    parties: Mapped[list["Party"]] = relationship(
        back_populates="introduction", cascade="all, delete-orphan", order_by="Party.position"
    )
    steps: Mapped[list["Step"]] = relationship(cascade="all, delete-orphan", order_by="Step.id")

    __mapper_args__ = {"version_id_col": version}


class Party(Base):
    """One of the organisations of an introduction: what it answered, by whom, and what came of it for them."""

    __tablename__ = "party"
    __table_args__ = (UniqueConstraint("introduction_id", "organization_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    introduction_id: Mapped[int] = mapped_column(ForeignKey("introduction.id", ondelete="CASCADE"))
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)  # in an exchange each gives to the next
    answer: Mapped[str] = mapped_column(String(12), default="waiting")  # waiting, accepted, declined
    reason: Mapped[str] = mapped_column(String(20), default="")  # why it declined
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))  # its contact
    answered_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(12), default="")  # nothing, talking, once, together, met
    outcome_at: Mapped[datetime | None]
    token_hash: Mapped[str] = mapped_column(String(64), default="", index=True)  # of the mail "how did it go?"

    introduction: Mapped[Introduction] = relationship(back_populates="parties")


class Step(Base):
    """Something that was done or said in an introduction, for its page and both histories."""

    __tablename__ = "introduction_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    introduction_id: Mapped[int] = mapped_column(ForeignKey("introduction.id", ondelete="CASCADE"), index=True)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id", ondelete="SET NULL"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    action: Mapped[str] = mapped_column(String(12))
    words: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(default=now)


class Block(Base):
    """An organisation wants nothing more from another; neither is suggested to the other."""

    __tablename__ = "block"
    __table_args__ = (UniqueConstraint("organization_id", "blocked_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"))
    blocked_id: Mapped[int] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)


class Inbox(Base):
    """What an organisation allows: being asked for introductions, and being named as one who introduces."""

    __tablename__ = "inbox"

    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), primary_key=True)
    open: Mapped[bool] = mapped_column(default=True)
    introduces: Mapped[bool] = mapped_column(default=False)


class ValueCheck(Base):
    """Twice a year: what did you get, what did you give, is it worth it; of a partner, or of the programmes."""

    __tablename__ = "value_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), index=True)
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), index=True)
    # empty for the network's own programmes
    token_hash: Mapped[str] = mapped_column(String(64), default="", index=True)
    asked_on: Mapped[date]
    got: Mapped[str] = mapped_column(String(10), default="")  # nothing, little, much
    gave: Mapped[str] = mapped_column(String(10), default="")
    worth: Mapped[str] = mapped_column(String(10), default="")  # yes, unsure, no
    words: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
