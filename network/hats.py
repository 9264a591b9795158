"""Who asks, the hats that they wear, and what these reach."""

from dataclasses import dataclass
from enum import StrEnum


class Hat(StrEnum):
    """The parts that a signed-in person may play."""

    REPRESENTATIVE = "representative"  # of an organisation
    ADMIN = "admin"  # of an organisation
    COORDINATOR = "coordinator"  # of a network
    STAFF = "staff"
    OPERATOR = "operator"


class Reach(StrEnum):
    """Which organisations a hat reaches in an action."""

    OWN = "own"  # the one that it belongs to
    NET = "net"  # the network that it belongs to, and the members of that
    ALL = "all"


@dataclass(frozen=True)
class Worn:
    """A hat that somebody wears, and the organisation or network that it belongs to."""

    hat: Hat
    organization_id: int | None = None


@dataclass(frozen=True)
class Identity:
    """Who asks: nobody in particular, or a person with hats. `recent` says that they signed in within 15 minutes."""

    person_id: int | None = None
    worn: tuple[Worn, ...] = ()
    recent: bool = False

    @property
    def signed_in(self) -> bool:
        return self.person_id is not None


VISITOR = Identity()


@dataclass(frozen=True)
class Subject:
    """What permissions need to know of an organisation: the ids of the networks that it is a shown member of."""

    id: int
    public: bool
    networks: frozenset[int] = frozenset()
