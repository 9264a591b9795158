"""The facets of an answer as links that the server made: what a further filter would leave, with counts."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import get_locale

from network.directory.categories import CATEGORIES
from network.directory.filter import Filter
from network.directory.saying import country
from network.directory.thesaurus import Thesaurus
from network.directory.vocabulary import KINDS

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
    locale = str(get_locale())
    kinds = dict(counts.get("offered", {})) if filter.side != "seek" else {}
    if filter.side != "offer":
        for key, count in counts.get("sought", {}).items():
            kinds[key] = max(kinds.get(key, 0), count) if filter.side != "seek" else count
    return {
        "category": [
            Facet(
                key,
                str(CATEGORIES[key].plural),
                counts["category"][key],
                filter.narrowed("category", key).address(path),
            )
            for key in CATEGORIES
            if key in counts.get("category", {}) and key not in filter.category
        ],
        "kind": ranked(filter, "kind", kinds, lambda key: str(KINDS[key].label), path),
        "country": ranked(filter, "country", counts.get("country", {}), country, path),
        "topic": ranked(
            filter,
            "topic",
            {topics.concepts[id].slug: n for id, n in counts.get("topic", {}).items() if id in topics.concepts},
            lambda slug: topics.label(topics.by_slug[slug].id, locale),
            path,
        ),
    }


def ranked(filter: Filter, field: str, counts: Mapping, words, path: str) -> list[Facet]:
    """The most frequent values of one facet that the filter doesn't have yet."""
    chosen = getattr(filter, field)
    rest = sorted(((-count, key) for key, count in counts.items() if key and key not in chosen))[:SHOWN]
    return [Facet(key, words(key), -count, filter.narrowed(field, key).address(path)) for count, key in rest]
