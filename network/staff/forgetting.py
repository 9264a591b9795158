"""What the desk forgets: decisions that are long past being taken back, charges of what waits no more."""

from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from network.clock import now
from network.extensions import touched
from network.staff.models import Decision

KEPT = timedelta(days=365)


def forget(session: Session) -> str:
    """Forget decisions after a year; says how many."""
    return f"{touched(session, delete(Decision).where(Decision.at < now() - KEPT))} decisions forgotten"
