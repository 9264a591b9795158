"""What is put into the index, what it is asked, and what it answers: plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Order = Literal["relevance", "name", "distance", "confirmed"]


@dataclass(frozen=True)
class Document:
    """What the index knows of one organisation. Words are folded already; tokens are lower-case letters and digits."""

    id: int
    name: str
    title_words: tuple[str, ...] = ()  # the words of the name, in its order: they also sort
    words: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()  # "kclub", "zgb": the first letter says what
    category: str = ""
    country: str = ""
    offered: tuple[str, ...] = ()  # kinds of help
    sought: tuple[str, ...] = ()
    topics: tuple[int, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    confirmed: int = 0  # the day as `date.toordinal()`; 0 when nobody ever did

    @property
    def facets(self) -> tuple[str, ...]:
        """Each facet value once, as its facet's letter and its key."""
        found = [letter + key for letter, key in (("k", self.category), ("z", self.country)) if key]
        found += ["o" + kind for kind in self.offered]
        found += ["s" + kind for kind in self.sought]
        found += ["h" + kind for kind in (*self.offered, *self.sought)]
        found += [f"t{topic}" for topic in self.topics]
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class Query:
    """One question to the index.

    Every group of `words` and of `require` must match; a group matches when any of its alternatives does, and an empty
    group never. In `words` an alternative that begins with `=` is a token: `=y7`. `near` is (latitude, longitude) in
    degrees. Without `radius_km` it cuts nothing off; with it, documents without a point are left out.
    """

    words: tuple[tuple[str, ...], ...] = ()
    require: tuple[tuple[str, ...], ...] = ()
    exclude: tuple[str, ...] = ()
    near: tuple[float, float] | None = None
    radius_km: float | None = None
    order: Order = "relevance"
    limit: int = 20
    offset: int = 0
    facets: bool = True  # whether the answer should count them


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found, and how far it is from `near`; None without `near` or without a point of its own."""

    id: int
    kilometres: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """How many documents match in all, those of the page asked for, and how the whole set divides.

    `facets` maps "category", "country", "offered", "sought", "kind" (offered or sought) and "topic" (by id) to the
    number of documents of each key.
    """

    total: int
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, Mapping[Any, int]] | None = None
