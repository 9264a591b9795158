"""How much of everything there is, so that loading can say what it added."""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from network.accounts.models import Person
from network.directory.models import Organization
from network.extensions import Base
from network.introductions.models import Introduction, ValueCheck
from network.maps.models import SavedMap
from network.matching.models import Prospect, Shown, Work
from network.profiles.models import Claim, Suggestion

COUNTED: dict[str, type[Base]] = {
    "organisations": Organization,
    "people who sign in": Person,
    "finished works": Work,
    "introductions": Introduction,
    "questions on value": ValueCheck,
    "partners that are looked for": Prospect,
    "suggestions that were seen": Shown,
    "maps": SavedMap,
    "claims": Claim,
    "suggested corrections": Suggestion,
}


def counted(session: Session) -> dict[str, int]:
    """How many there are of each kind, in the plural's words."""
    return {words: session.scalar(select(func.count()).select_from(table)) or 0 for words, table in COUNTED.items()}


def added(before: Mapping[str, int], after: Mapping[str, int]) -> str:
    """What there is more of than before, such as "150 organisations, 14 introductions"; empty where nothing is."""
    return ", ".join(f"{number - before[words]} {words}" for words, number in after.items() if number > before[words])
