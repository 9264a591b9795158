"""What the matcher thinks about: plain values, free of the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

STATED, INFERRED = "stated", "inferred"
LESS = 0.95  # what an inferred offer is worth beside a stated one


@dataclass(frozen=True)
class Item:
    """One offer or seek, understood.

    `kinds` are up to two concepts of help with weights 0..1, the strongest first; `topics` up to four concepts, topics
    and audiences; `words` the numbers of its stems with their weights (the square root of their count, about);
    `meanings` what a short text is about, by concept, as a vector of length 1, about. `id` is that of the listing, 0
    for what was inferred from work that was published, finished or met.
    `reach_km`, `countries` and `languages` say to whom it is limited (`possible`); 0 and none for no limit.
    """

    id: int
    organization: int
    offer: bool
    kinds: tuple[tuple[int, float], ...] = ()
    topics: tuple[int, ...] = ()
    words: Mapping[int, float] = field(default_factory=dict)
    meanings: Mapping[int, float] = field(default_factory=dict)
    origin: str = STATED
    until: date | None = None
    reach_km: int = 0
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Context:
    """What of an organisation changes how well a match suits, and never makes one."""

    id: int
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    languages: tuple[str, ...] = ()
    networks: frozenset[int] = frozenset()
    host: int = 0  # the organisation that hosts it, else 0
    confirmed: date | None = None


@dataclass(frozen=True)
class Profile:
    """An organisation as the matcher reads it: `themes` and `words` are of the whole, and count for each offer."""

    context: Context
    items: tuple[Item, ...] = ()
    themes: tuple[int, ...] = ()
    words: Mapping[int, float] = field(default_factory=dict)
