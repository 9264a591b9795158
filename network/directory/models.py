"""Organisations, how they are tied, what they offer and seek, and the topics they share."""

from datetime import date, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.clock import now
from network.directory.vocabulary import PUBLIC_STANDINGS
from network.extensions import Base


class Codes(TypeDecorator[tuple[str, ...]]):
    """Several short codes in one text column, joined by `;`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str:
        return ";".join(value or ())

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:
        return tuple(value.split(";")) if value else ()


class Organization(Base):
    """Any body in the directory. Only current and paused ones are public."""

    __tablename__ = "organization"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(200), index=True)
    category: Mapped[str] = mapped_column(String(30))
    standing: Mapped[str] = mapped_column(String(20), default="current")
    summary: Mapped[str] = mapped_column(String(400), default="")
    description: Mapped[str] = mapped_column(Text, default="")  # Markdown
    website: Mapped[str] = mapped_column(String(500), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    languages: Mapped[tuple[str, ...]] = mapped_column(Codes, default=())  # BCP 47
    founded: Mapped[str] = mapped_column(String(10), default="")  # a year, a month or a day, ISO 8601
    coordinator: Mapped[str] = mapped_column(String(200), default="")  # who coordinates a core network, as published

    meets: Mapped[str] = mapped_column(String(200), default="")  # the meeting rhythm, in words
    meets_rule: Mapped[str] = mapped_column(String(200), default="")  # the same as an RFC 5545 RRULE, when known
    meets_at: Mapped[str] = mapped_column(String(5), default="")  # local time, HH:MM
    newcomers: Mapped[bool] = mapped_column(default=False)  # open to newcomers
    online: Mapped[bool] = mapped_column(default=False)

    address: Mapped[str] = mapped_column(String(300), default="")
    town: Mapped[str] = mapped_column(String(120), default="")
    region: Mapped[str] = mapped_column(String(120), default="")
    country: Mapped[str] = mapped_column(String(2), default="", index=True)  # ISO 3166-1 alpha-2
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    precision: Mapped[str] = mapped_column(String(10), default="unknown")
    area_served: Mapped[str] = mapped_column(Text, default="")  # places.area: "50 km; GB; US.CA; world"

    source: Mapped[str] = mapped_column(String(200), default="")
    source_url: Mapped[str] = mapped_column(String(500), default="")
    confirmed_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    changed_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
    version: Mapped[int] = mapped_column(default=1)

    listings: Mapped[list["Listing"]] = relationship(
        back_populates="organization", cascade="all, delete-orphan", order_by="Listing.position, Listing.id"
    )
    links_out: Mapped[list["Link"]] = relationship(
        back_populates="from_organization", foreign_keys="Link.from_id", cascade="all, delete-orphan"
    )
    links_in: Mapped[list["Link"]] = relationship(
        back_populates="to_organization", foreign_keys="Link.to_id", cascade="all, delete-orphan"
    )
    external_ids: Mapped[list["ExternalId"]] = relationship(cascade="all, delete-orphan")
    topics: Mapped[list["Topic"]] = relationship(secondary="organization_topic", order_by="Topic.id")

    __table_args__ = (
        Index("ix_organization_category", "category", "standing", "confirmed_on"),
        {"sqlite_autoincrement": True},  # the number of one that is gone is never another's
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def public(self) -> bool:
        """Whether everyone may see it."""
        return self.standing in PUBLIC_STANDINGS


class FormerSlug(Base):
    """An address that an organisation had; `organization_id` is empty when the organisation is gone (410)."""

    __tablename__ = "former_slug"

    slug: Mapped[str] = mapped_column(String(120), primary_key=True)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id", ondelete="SET NULL"), index=True)


class ExternalId(Base):
    """What another list calls the organisation."""

    __tablename__ = "external_id"
    __table_args__ = (UniqueConstraint("source", "value"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), index=True)
    source: Mapped[str] = mapped_column(String(200))
    value: Mapped[str] = mapped_column(String(200))


class Link(Base):
    """A typed, dated tie from one organisation to another; shown once the other side or staff confirmed it."""

    __tablename__ = "link"
    __table_args__ = (UniqueConstraint("from_id", "to_id", "type"), CheckConstraint("from_id <> to_id", "two_ends"))

    id: Mapped[int] = mapped_column(primary_key=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"))
    to_id: Mapped[int] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), index=True)
    type: Mapped[str] = mapped_column(String(20))
    started_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    proposed_by: Mapped[str] = mapped_column(String(60), default="")  # "from", "to", "staff" or "import"
    proposed_at: Mapped[datetime] = mapped_column(default=now)
    confirmed_by: Mapped[str] = mapped_column(String(60), default="")
    confirmed_on: Mapped[date | None]

    from_organization: Mapped[Organization] = relationship(back_populates="links_out", foreign_keys=[from_id])
    to_organization: Mapped[Organization] = relationship(back_populates="links_in", foreign_keys=[to_id])

    @property
    def shown(self) -> bool:
        """Whether both sides stand by it today."""
        return self.confirmed_on is not None and self.ended_on is None


class Listing(Base):
    """One thing that an organisation offers or seeks."""

    __tablename__ = "listing"

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), index=True)
    side: Mapped[str] = mapped_column(String(5))  # offer, seek
    title: Mapped[str] = mapped_column(String(200))
    detail: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[str] = mapped_column(String(20), default="")
    area: Mapped[str] = mapped_column(String(20), default="")
    delivery: Mapped[str] = mapped_column(String(20), default="")
    stage: Mapped[str] = mapped_column(String(20), default="")
    languages: Mapped[tuple[str, ...]] = mapped_column(Codes, default=())
    reach: Mapped[str] = mapped_column(String(20), default="")
    reach_km: Mapped[int | None]
    reach_countries: Mapped[tuple[str, ...]] = mapped_column(Codes, default=())
    in_return: Mapped[str] = mapped_column(Text, default="")
    until: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(10), default="open")
    position: Mapped[int] = mapped_column(default=0)
    confirmed_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    organization: Mapped[Organization] = relationship(back_populates="listings")
    topics: Mapped[list["Topic"]] = relationship(secondary="listing_topic", order_by="Topic.id")

    __table_args__ = (Index("ix_listing_lately", "created_at", "side", "state"),)


class Topic(Base):
    """A concept of the controlled vocabulary: a kind of help, a topic or an audience."""

    __tablename__ = "topic"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    facet: Mapped[str] = mapped_column(String(10))  # kind, topic, audience
    kind: Mapped[str] = mapped_column(String(20), default="")  # the listing kind that a concept of help belongs to
    broader_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id"), index=True)  # it is only an address now

    labels: Mapped[list["TopicLabel"]] = relationship(cascade="all, delete-orphan", order_by="TopicLabel.position")
    relations: Mapped[list["TopicRelation"]] = relationship(
        cascade="all, delete-orphan", foreign_keys="TopicRelation.topic_id"
    )


AWAY = -1


class TopicLabel(Base):
    """A name of a topic in one language; the first of a language is the preferred one.

    At the position AWAY it is none: staff took it away, and what ships doesn't bring it back.
    """

    __tablename__ = "topic_label"
    __table_args__ = (UniqueConstraint("topic_id", "locale", "label"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"))
    locale: Mapped[str] = mapped_column(String(10))
    label: Mapped[str] = mapped_column(String(120))
    position: Mapped[int] = mapped_column(default=0)


class TopicRelation(Base):
    """How near another topic is, from 0 (unrelated) to 1 (the same)."""

    __tablename__ = "topic_relation"

    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True)
    related_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True)
    weight: Mapped[float]


class OrganizationTopic(Base):
    """Which topics an organisation works on."""

    __tablename__ = "organization_topic"

    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True, index=True)


class ListingTopic(Base):
    """Which topics a listing is about."""

    __tablename__ = "listing_topic"

    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id", ondelete="CASCADE"), primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True, index=True)


class Task(Base):
    """Something for staff to look at: a rule that is not met, a place that was not found. It hides nothing."""

    __tablename__ = "task"
    __table_args__ = (
        UniqueConstraint("organization_id", "key"),
        Index("ix_task_waiting", "key", "done_at", "opened_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(40))  # "rule:place", "place:town_not_found" ...
    facts: Mapped[dict] = mapped_column(JSON, default=dict)  # what the sentence needs: the town as typed, the point
    opened_at: Mapped[datetime] = mapped_column(default=now)
    done_at: Mapped[datetime | None]


class Alike(Base):
    """Two organisations that are probably one. Written anew by comparing them, so it holds no decision of anybody."""

    __tablename__ = "alike"
    __table_args__ = (UniqueConstraint("one_id", "other_id"), Index("ix_alike_found_at", "found_at", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    one_id: Mapped[int] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"))  # the smaller number
    other_id: Mapped[int] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), index=True)
    evidence: Mapped[list] = mapped_column(JSON, default=list)  # pieces: key, weight, and the two values compared
    found_at: Mapped[datetime] = mapped_column(default=now)


class Apart(Base):
    """Two organisations of which somebody said that they are two, though they look like one."""

    __tablename__ = "apart"
    __table_args__ = (UniqueConstraint("one_id", "other_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    one_id: Mapped[int] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), index=True)
    said_at: Mapped[datetime] = mapped_column(default=now)


class Comparing(Base):
    """How far the search for look-alikes has come; one row."""

    __tablename__ = "comparing"

    id: Mapped[int] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(BigInteger)  # what was written up to this number (`index`) is compared
    beyond: Mapped[int | None]  # the number up to which all are compared for the first time; empty once they are
    rests_until: Mapped[datetime] = mapped_column(default=now)
