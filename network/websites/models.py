"""What is known of a website: when it was asked last, and since when it doesn't answer."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from network.extensions import Base


class WebsiteCheck(Base):
    """How the website of an organisation answered the last time. It belongs to that address: another begins anew."""

    __tablename__ = "website_check"

    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), primary_key=True)
    website: Mapped[str] = mapped_column(String(500))
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime] = mapped_column(index=True)
    failures: Mapped[int] = mapped_column(default=0)  # in a row, on so many days
    failed_on: Mapped[date | None]
    failing_since: Mapped[datetime | None]
