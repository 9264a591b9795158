"""Who signs in, how, and for whom they act."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from network.clock import now
from network.extensions import Base


class Person(Base):
    """Somebody with an address who signs in. What they may do stands in their roles."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)  # folded: trimmed, in lower case
    name: Mapped[str] = mapped_column(String(120), default="")
    locale: Mapped[str] = mapped_column(String(10), default="en")
    mails: Mapped[str] = mapped_column(String(10), default="each")  # each, weekly, monthly, never
    handle: Mapped[bytes] = mapped_column(LargeBinary(64), unique=True)  # what passkeys know the person by
    created_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime | None]

    roles: Mapped[list["Role"]] = relationship(
        back_populates="person", foreign_keys="Role.person_id", cascade="all, delete-orphan", order_by="Role.id"
    )
    passkeys: Mapped[list["Passkey"]] = relationship(back_populates="person", cascade="all, delete-orphan")


class Role(Base):
    """A part that a person plays: for an organisation, for a network, or for the whole."""

    __tablename__ = "role"
    __table_args__ = (UniqueConstraint("person_id", "role", "organization_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(20))  # permissions.Hat
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), index=True)
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    given_at: Mapped[datetime] = mapped_column(default=now)

    person: Mapped[Person] = relationship(back_populates="roles", foreign_keys=[person_id])


class Invitation(Base):
    """A role that waits for whoever opens its mail."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    role: Mapped[str] = mapped_column(String(20))
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), index=True)
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]


class SignInLink(Base):
    """A link that signs in once: only hashes of its token, its code and the asking browser are kept."""

    __tablename__ = "sign_in_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    code_hash: Mapped[str] = mapped_column(String(64), default="")  # typed in the first browser, when opened in another
    browser_hash: Mapped[str] = mapped_column(String(64), default="", index=True)
    email: Mapped[str] = mapped_column(String(254))
    next: Mapped[str] = mapped_column(String(500), default="")
    strong: Mapped[bool] = mapped_column(default=False)  # printed by the operator's command: as good as a passkey
    tries: Mapped[int] = mapped_column(default=0)  # wrong codes
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]


class SignedIn(Base):
    """A browser that is signed in: what the cookie holds is kept as a hash."""

    __tablename__ = "signed_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    browser: Mapped[str] = mapped_column(String(120), default="")  # "Firefox on Linux", for the list of sessions
    strong: Mapped[bool] = mapped_column(default=False)  # a passkey was shown
    started_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now)
    proved_at: Mapped[datetime] = mapped_column(default=now)  # when the person last showed a link or a passkey


class Passkey(Base):
    """A credential of a person's device."""

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    credential: Mapped[bytes] = mapped_column(LargeBinary(1024), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary(2048))
    sign_count: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(80), default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    used_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(back_populates="passkeys")


class Recovery(Base):
    """Staff who lost their passkeys ask; two other staff vouch before a link is sent that is as good as one."""

    __tablename__ = "recovery"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    asked_at: Mapped[datetime] = mapped_column(default=now)
    browser_hash: Mapped[str] = mapped_column(String(64), default="")  # the asking one, which the link is bound to
    first_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    second_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    done_at: Mapped[datetime | None]
