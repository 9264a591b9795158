"""What people say who mean a concept, in everyday words: it hints, and names nothing."""

import json
from pathlib import Path

FOLDER = Path(__file__).with_name("sayings")  # a file of phrases for each language


def sayings() -> dict[str, list[tuple[str, str]]]:
    """The phrases for each concept, by its slug, each with its language."""
    found: dict[str, list[tuple[str, str]]] = {}
    for file in sorted(FOLDER.glob("*.json")):
        phrases: dict[str, list[str]] = json.loads(file.read_text("utf-8"))
        language = file.stem
        for slug, said in phrases.items():
            found.setdefault(slug, []).extend((phrase, language) for phrase in said)
    return found
