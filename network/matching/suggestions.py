"""What the matcher answers: suggestions with their reasons, exchanges, gaps. Plain values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from network.matching import score


@dataclass(frozen=True)
class Pair:
    """A seek and an offer that fit (listings; 0 for what is none): parts that add up to `points`, and evidence."""

    seek: int
    offer: int
    kind: float = 0.0
    topic: float = 0.0
    words: float = 0.0
    kinds: tuple[int, int] | None = None
    topics: tuple[tuple[int, int], ...] = ()
    shared: tuple[str, ...] = ()
    meanings: tuple[int, ...] = ()  # further concepts that both texts are probably about
    inferred: bool = False

    @property
    def points(self) -> float:
        return self.kind + self.topic + self.words

    @property
    def strength(self) -> str:
        return score.strength(self.points)


@dataclass(frozen=True)
class Barred:
    """A pair that would fit and is impossible: why (`possible`), and the listing and organisation that limit it so."""

    why: str
    listing: int
    organization: int
    km: int = 0
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Factor:
    """What raises or lowers a suggestion among others; 1 changes nothing."""

    name: str
    value: float
    facts: Mapping[str, Any] = field(default_factory=dict)


class Suggestion(NamedTuple):
    """An organisation to meet: what one gets and gives, 0..1, the pairs it stands on, and what moved its rank."""

    organization: int
    gets: float
    gives: float
    mutual: float
    rank: float
    got: tuple[Pair, ...] = ()
    given: tuple[Pair, ...] = ()
    discovery: bool = False
    barred: tuple[Barred, ...] = ()
    weigh: Callable[[], tuple[Factor, ...]] = tuple

    @property
    def factors(self) -> tuple[Factor, ...]:
        """What moved its rank, weighed when it is told: most of what is ranked isn't."""
        return self.weigh()

    @property
    def direction(self) -> str:
        if self.gets > 0 and self.gives > 0:
            return "both"
        return "they_help" if self.gets > 0 else "you_help"

    @property
    def strength(self) -> str:
        return score.strength(max((pair.points for pair in (*self.got, *self.given)), default=0.0))


@dataclass(frozen=True)
class Answer:
    """An organisation that answers one listing, or some typed words."""

    organization: int
    pair: Pair


@dataclass(frozen=True)
class Exchange:
    """Three organisations each of which gives to the next; as strong as its weakest pair."""

    organizations: tuple[int, int, int]
    links: tuple[Pair, Pair, Pair]
    strength: float


@dataclass(frozen=True)
class Gap:
    """What is sought more than it is offered: a kind of help, about a topic, in a country."""

    kind: str
    topic: int | None
    region: str
    demand: int
    supply: int
    best: float
    seeks: tuple[int, ...]
