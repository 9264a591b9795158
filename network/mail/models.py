"""What waits to be sent, what was, and who wants no more of it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.clock import now
from network.extensions import Base


class Message(Base):
    """One mail to one address; a kept one waits for its reader's digest.

    Once it is sent, or given up, its words and its address are emptied.
    """

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_waiting", "state", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str | None] = mapped_column(String(120), unique=True)  # asked for twice, sent once
    kind: Mapped[str] = mapped_column(String(40))
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id", ondelete="SET NULL"), index=True)
    address: Mapped[str] = mapped_column(String(254))
    locale: Mapped[str] = mapped_column(String(10))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    unsubscribe: Mapped[str] = mapped_column(String(500), default="")  # an address of ours, for List-Unsubscribe
    reply_to: Mapped[str] = mapped_column(String(254), default="")
    state: Mapped[str] = mapped_column(String(10), default="waiting")  # kept, waiting, sending, sent, failed, dropped
    created_at: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime] = mapped_column(default=now)  # while it is sending: when somebody else may take it up
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    problem: Mapped[str] = mapped_column(String(500), default="")  # what the server said last, without addresses

    def end(self, state: str, at: datetime) -> None:
        """Be sent, or failed: what was written, and to whom, is nobody's business any more."""
        self.state, self.sent_at = state, at if state == "sent" else None
        self.address = self.subject = self.text = self.html = self.unsubscribe = self.reply_to = ""


class Refusal(Base):
    """An address that wants no more notices, as a keyed hash: it is known again when it comes, and not before."""

    __tablename__ = "refusal"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)
