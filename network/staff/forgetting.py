"""What the desk forgets: decisions that are long past being taken back, charges of what waits no more."""

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from network.clock import now
from network.extensions import touched
from network.staff.deciding import WINDOW
from network.staff.models import Decision, DecisionPart

KEPT = timedelta(days=365)


def forget(session: Session) -> str:
    """Forget decisions after a year, and what it takes to go back once that is over; says how many decisions."""
    final = select(Decision.id).where(Decision.at < now() - WINDOW)
    session.execute(delete(DecisionPart).where(DecisionPart.decision_id.in_(final)))
    return f"{touched(session, delete(Decision).where(Decision.at < now() - KEPT))} decisions forgotten"
