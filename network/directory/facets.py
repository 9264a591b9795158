"""The facets of an answer as links that the server made: what a further filter would leave, with counts."""

from collections.abc import Mapping
from dataclasses import dataclass

from network.directory.categories import CATEGORIES
from network.directory.filter import Filter
from network.directory.saying import country
from network.directory.thesaurus import Thesaurus
from network.directory.vocabulary import KINDS
from network.locales import chosen

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Facet:
    """One value of a facet: its key and words, how many it would leave, and where it leads."""

    key: str
    words: str
    count: int
    address: str


def facets(filter: Filter, counts: Mapping[str, Mapping], topics: Thesaurus, path: str) -> dict[str, list[Facet]]:
    """The values of each facet that would still narrow the answer, most frequent first; categories in order."""
    locale = chosen()
    kinds = counts.get({"offer": "offered", "seek": "sought"}.get(filter.side, "kind"), {})
    found = {
        "category": {key: counts["category"][key] for key in CATEGORIES if key in counts.get("category", {})},
        "kind": most(kinds),
        "country": most(counts.get("country", {})),
        "topic": most(
            {topics.concepts[id].slug: n for id, n in counts.get("topic", {}).items() if id in topics.concepts}
        ),
    }
    words = {
        "category": lambda key: str(CATEGORIES[key].plural),
        "kind": lambda key: str(KINDS[key].label),
        "country": country,
        "topic": lambda slug: topics.label(topics.by_slug[slug].id, locale),
    }
    here = filter.turned(1).address(path)
    begin = here + ("&" if "?" in here else "?")
    return {
        field: [
            Facet(key, words[field](key), count, f"{begin}{field}={key}")
            for key, count in values.items()
            if key and key not in getattr(filter, field)
        ]
        for field, values in found.items()
    }


def most(counts: Mapping[str, int]) -> dict[str, int]:
    """The most frequent values; those as frequent as each other by their key."""
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:SHOWN])
