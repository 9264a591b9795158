"""What ships of the thesaurus, in files: concepts, their labels, and what hints at one and names nothing.

Sayings are phrases in everyday words; situations are sentences from which one infers what is meant.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LABELS, SAYINGS, SITUATIONS = (Path(__file__).with_name(name) for name in ("labels", "sayings", "situations"))
LANGUAGES = ("en", "es", "fr", "pt", "de", "ar")
STORED = 6  # labels of a language that stand in the database, the preferred ones; all others are read from the files


def shipped_concepts() -> dict[str, dict[str, Any]]:
    """The concepts that ship, by slug: facet, kind of help, broader one, how near others are, labels by language."""
    concepts: dict[str, dict[str, Any]] = json.loads((LABELS / "concepts.json").read_text("utf-8"))
    for language in LANGUAGES:
        labels = shipped_labels(language)
        for slug, concept in concepts.items():
            concept.setdefault("labels", {})[language] = labels.get(slug, [])
    return concepts


def shipped_labels(language: str) -> dict[str, list[str]]:
    """The labels of a language that ship, by the concept's slug; none of a language that we don't have."""
    if language not in LANGUAGES:
        return {}
    labels: dict[str, list[str]] = json.loads((LABELS / f"{language}.json").read_text("utf-8"))
    return labels


def further_labels(language: str) -> dict[str, list[str]]:
    """The labels of a language that ship and don't stand in the database, by the concept's slug."""
    return {slug: labels[STORED:] for slug, labels in shipped_labels(language).items()}


def hints(folder: Path, language: str) -> dict[str, list[str]]:
    """The sayings or the situations of a language, by the concept's slug."""
    found: dict[str, list[str]] = {}
    for file in sorted((folder / language).glob("*.json")):
        phrases: dict[str, list[str]] = json.loads(file.read_text("utf-8"))
        found |= phrases
    return found


def taught(*folders: Path) -> Iterator[tuple[str, str, str]]:
    """All labels that ship, and the hints of some folders: phrase, language, the concept's slug."""
    for language in LANGUAGES:
        for said in (shipped_labels(language), *(hints(folder, language) for folder in folders)):
            for slug, phrases in said.items():
                yield from ((phrase, language, slug) for phrase in phrases)


def sources() -> list[Path]:
    """The files of all that ships."""
    return sorted([*LABELS.glob("*.json"), *SAYINGS.glob("*/*.json"), *SITUATIONS.glob("*/*.json")])
