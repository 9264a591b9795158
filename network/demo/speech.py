"""What generated organisations call themselves and say, in five languages: phrases filled from the thesaurus."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from network.demo.chance import Chance
from network.directory.concepts import Concept

FOLDER = Path(__file__).parent / "phrases"
LANGUAGES = ("en", "es", "fr", "pt", "de")
SPOKEN = {
    "es": "AR BO CL CO CR CU DO EC ES GQ GT HN MX NI PA PE PR PY SV UY VE",
    "fr": "BF BI BJ CD CF CG CI CM DJ DZ FR GA GN HT KM LU MA MC MG ML MR NE NC PF RE SN TD TG TN",
    "pt": "AO BR CV GW MO MZ PT ST TL",
    "de": "AT CH DE LI",
}
LANGUAGE_OF = {country: language for language, countries in SPOKEN.items() for country in countries.split()}
NATURAL = {"kind": 4, "topic": 4, "audience": 3}  # so many labels of a concept are used
AFTER = ("for ", "para ", "pour ", "für ")  # a label that begins so doesn't fit into a phrase


@dataclass(frozen=True, slots=True)
class Subject:
    """What an organisation speaks about."""

    town: str
    region: str
    topic: Concept
    topic2: Concept
    audience: Concept


@cache
def phrases(language: str) -> dict[str, list[str]]:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8"))


@cache
def slots(phrase: str) -> tuple[str, ...]:
    """The names of the slots of a phrase."""
    return tuple(name for _, name, _, _ in Formatter().parse(phrase) if name)


class Speaker:
    """Fills the phrases of one language by chance."""

    def __init__(self, language: str, chance: Chance, coined: list[str]) -> None:
        self.language = language
        self.chance = chance
        self.coined = coined
        self.phrases = phrases(language)

    def name(self, category: str, subject: Subject) -> str:
        """A name for an organisation of the category."""
        kind = "network" if category.endswith("network") else category
        return self.say(f"{kind}_names", subject, title=True)

    def say(self, what: str, subject: Subject, help: tuple[Concept, ...] = (), title: bool = False) -> str:
        """One of the phrases `what`; with `title` its words are those of a name."""
        phrase = self.chance.rather(self.phrases[what])
        text = phrase.format_map({slot: self.slot(slot, subject, help, title) for slot in slots(phrase)})
        return text[:1].upper() + text[1:]

    def slot(self, slot: str, subject: Subject, help: tuple[Concept, ...], title: bool) -> str:
        """What stands in a slot."""
        if slot in ("town", "region"):
            return getattr(subject, slot)
        if slot in ("help", "help2"):
            return self.label(help[0 if slot == "help" else -1])
        if slot in ("topic", "topic2", "audience"):
            label = self.label(getattr(subject, slot))
            return self.headed(label) if title else label
        if slot in ("proper", "proper2"):
            return self.chance.likely(self.coined)
        pool = {"noun": "nouns", "noun2": "nouns", "adjective": "adjectives", "body": "bodies"}[slot]
        return self.chance.rather(self.phrases[pool])

    def label(self, concept: Concept) -> str:
        """A label of a concept, the preferred one most often; German writes its nouns with a capital."""
        labels = concept.labels[self.language][: NATURAL[concept.facet]]
        label = self.chance.likely([one for one in labels if not one.startswith(AFTER)])
        return label[:1].upper() + label[1:] if self.language == "de" else label

    def headed(self, label: str) -> str:
        """A label as part of a name: English writes every word of it with a capital."""
        words = label.split(" ") if self.language == "en" else [label]
        return " ".join(word[:1].upper() + word[1:] for word in words)

    def meeting(self) -> dict[str, Any]:
        """When a club meets: in words, as a rule and as a time of the day."""
        day, hour, half = (
            self.chance.randrange(7),
            self.chance.choice((10, 14, 17, 18, 18, 19, 19)),
            self.chance.random(),
        )
        at = f"{hour}:{'30' if half < 0.4 else '00'}"
        code = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[day]
        monthly = self.chance.chance(0.3)
        rule = f"FREQ=MONTHLY;BYDAY=1{code}" if monthly else f"FREQ=WEEKLY;BYDAY={code}"
        phrase = self.chance.rather(self.phrases["meets_monthly" if monthly else "meets"])
        words = phrase.format(day=self.phrases["weekdays"][day], time=at)
        return {"meets": words[:1].upper() + words[1:], "meets_rule": rule, "meets_at": at}
