"""What the matcher keeps: profiles as it reads them, its counts, what people said of suggestions, and prospects."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from network.clock import now
from network.extensions import Base


class MatchingProfile(Base):
    """What an organisation offers and seeks, understood and packed (`packing`). Written anew from its listings."""

    __tablename__ = "matching_profile"

    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), primary_key=True)
    items: Mapped[bytes] = mapped_column(LargeBinary)
    words: Mapped[bytes] = mapped_column(LargeBinary)
    version: Mapped[int]  # of how it is packed; one of another version is written anew


class MatchingEpoch(Base):
    """How often concepts and words occur, counted once and kept, so that every process scores alike."""

    __tablename__ = "matching_epoch"

    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime] = mapped_column(default=now)
    items: Mapped[int]  # how many offers and seeks were counted
    counts: Mapped[bytes] = mapped_column(LargeBinary)


class Work(Base):
    """What an organisation published or finished: it counts as an inferred offer, at lower weight and labelled so."""

    __tablename__ = "work"

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    detail: Mapped[str] = mapped_column(Text, default="")
    year: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(default=now)


class Dismissal(Base):
    """An organisation does not want to be shown another: for good, with a reason, or until a day."""

    __tablename__ = "dismissal"
    __table_args__ = (UniqueConstraint("organization_id", "other_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), index=True)
    reason: Mapped[str] = mapped_column(String(20), default="")  # REASONS; empty for "later"
    until: Mapped[date | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(default=now)


class Shown(Base):
    """On how many days an organisation was shown another among its suggestions."""

    __tablename__ = "shown"

    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[int] = mapped_column(
        ForeignKey("organization.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    days: Mapped[int] = mapped_column(default=1)
    first_on: Mapped[date]
    last_on: Mapped[date]


class Prospect(Base):
    """A desired partner that staff look for to fill a gap: who looks after it, and what is to be done next."""

    __tablename__ = "prospect"

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), unique=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    next_step: Mapped[str] = mapped_column(String(300), default="")
    due_on: Mapped[date | None]
    kind: Mapped[str] = mapped_column(String(20), default="")  # the gap: kind of help, topic, region
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id", ondelete="SET NULL"))
    region: Mapped[str] = mapped_column(String(20), default="")
    # the network whose coordinator looks for it; empty for the staff
    network_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    closed_at: Mapped[datetime | None]


class ProspectSeeker(Base):
    """A seek that a prospect is to meet."""

    __tablename__ = "prospect_seeker"

    prospect_id: Mapped[int] = mapped_column(ForeignKey("prospect.id", ondelete="CASCADE"), primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id", ondelete="CASCADE"), primary_key=True, index=True)
