"""What an organisation's own people, and those who write to it, leave beside its profile."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.clock import now
from network.extensions import Base


class ContactPerson(Base):
    """Somebody to ask at an organisation. Personal data: shown only to whom they chose, erased on request."""

    __tablename__ = "contact_person"

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(120), default="")  # what they do there: "looks after the workshop"
    email: Mapped[str] = mapped_column(String(254), index=True)
    phone: Mapped[str] = mapped_column(String(60), default="")
    visible: Mapped[str] = mapped_column(String(10), default="staff")  # public, members, network, staff
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    token_hash: Mapped[str] = mapped_column(String(64), default="", index=True)  # of the link in the mail to them
    told_at: Mapped[datetime | None]
    agreed_at: Mapped[datetime | None]  # they themselves chose who sees them
    position: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class Claim(Base):
    """Somebody says that they speak for an organisation; it is never granted by itself."""

    __tablename__ = "claim"

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    way: Mapped[str] = mapped_column(String(10))  # address: by a mail to the published one; staff: they decide
    reason: Mapped[str] = mapped_column(Text, default="")
    token_hash: Mapped[str] = mapped_column(String(64), default="", index=True)
    state: Mapped[str] = mapped_column(String(10), default="asked")  # asked, waiting, granted, refused, withdrawn
    asked_at: Mapped[datetime] = mapped_column(default=now)
    objections_until: Mapped[datetime | None]  # present admins may object until then
    objection: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))


class Suggestion(Base):
    """A correction that somebody suggests: it waits for the organisation or staff, who accept it field by field.

    With a `reason` it is a report instead: it has no fields, and waits for the staff and coordinators alone.
    """

    __tablename__ = "suggestion"

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), index=True)
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)  # field: {"before": ..., "after": ...}
    reason: Mapped[str] = mapped_column(String(10), default="", server_default="")  # `reporting.REASONS`
    note: Mapped[str] = mapped_column(Text, default="")
    email: Mapped[str] = mapped_column(String(254), default="")  # only if they want to hear what came of it
    locale: Mapped[str] = mapped_column(String(10), default="en")  # in which they hear it
    at: Mapped[datetime] = mapped_column(default=now)
    state: Mapped[str] = mapped_column(String(10), default="waiting")  # waiting, decided
    accepted: Mapped[list[str]] = mapped_column(JSON, default=list)
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))


class Question(Base):
    """Asked of an organisation: is this still right? A row for each mail; one without an address asked nobody."""

    __tablename__ = "question"
    __table_args__ = (Index("ix_question_organization_round", "organization_id", "round"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"))
    round: Mapped[date]  # what it was last confirmed on when the round began
    number: Mapped[int]  # 0 the question, 1 and 2 its reminders
    email: Mapped[str] = mapped_column(String(254))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    asked_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class Departure(Base):
    """An organisation that left, and why: it is no longer public, and the staff's map remembers."""

    __tablename__ = "departure"

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    standing: Mapped[str] = mapped_column(String(20))  # the one before, for coming back
    at: Mapped[datetime] = mapped_column(default=now)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    returned_at: Mapped[datetime | None]


class OwnLink(Base):
    """A mailed link to everything that is stored about the address that it was sent to."""

    __tablename__ = "own_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    asked_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
