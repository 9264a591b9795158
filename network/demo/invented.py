"""Invented organisations, one after the other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from babel.languages import get_official_languages

from network.demo.chance import Chance
from network.demo.speech import LANGUAGE_OF, LANGUAGES, Speaker, Subject
from network.demo.towns import Town, area, place
from network.demo.wishes import wishes
from network.directory.concepts import Concept, Thesaurus
from network.directory.slugs import free_slug, slug_of

PARTNERS, CLUBS, NETWORKS = 0.12, 0.26, 0.02
CORE_NETWORKS = 3
STANDINGS = (("current", 94.5), ("desired", 2.5), ("paused", 1.5), ("in_conversation", 0.75), ("ended", 0.75))
CONFIRMED_MEAN = 190  # days


@dataclass(frozen=True, slots=True)
class Invented:
    """An organisation's row, the ids of its topics, its listings each with the ids of theirs, and its tasks' keys."""

    id: int
    columns: dict[str, Any]
    topics: tuple[int, ...] = ()
    listings: tuple[tuple[dict[str, Any], tuple[int, ...]], ...] = ()
    tasks: tuple[str, ...] = ()

    def light(self) -> "Invented":
        """What ties need to know of it."""
        return Invented(self.id, {key: self.columns[key] for key in ("category", "country", "region", "standing")})


class Inventor:
    """Makes organisations in given towns."""

    def __init__(self, chance: Chance, words: Thesaurus, today: date) -> None:
        self.chance = chance
        self.today = today
        coined = chance.coin_names()
        self.speakers = {language: Speaker(language, chance, coined) for language in LANGUAGES}
        self.by_facet = {
            facet: [
                one for one in words.concepts.values() if one.facet == facet and set(LANGUAGES) <= one.labels.keys()
            ]
            for facet in ("kind", "topic", "audience")
        }
        for concepts in self.by_facet.values():
            chance.shuffle(concepts)
        self.taken: set[str] = set()
        self.counted: dict[str, int] = {}
        self.official: dict[str, tuple[str, ...]] = {}

    def organization(self, id: int, category: str, town: Town) -> Invented:
        """One organisation in or near `town`."""
        chance = self.chance
        language = LANGUAGE_OF.get(town.country, "en")
        speaker = self.speakers[language]
        topic, topic2 = self.pick("topic"), self.pick("topic")
        audience = self.pick("audience")
        subject = Subject(town.name, town.region or town.name, topic, topic2, audience)
        name = speaker.name(category, subject)[:200]
        kind = "network" if category.endswith("network") else category
        helps = (self.pick("kind"), self.pick("kind"))
        confirmed = None if chance.chance(0.06) else self.today - timedelta(days=min(chance.days(CONFIRMED_MEAN), 2500))
        slug = self.slug(name)
        changed = self.moment(confirmed or self.today - timedelta(days=chance.randrange(30, 900)))
        columns = {
            "id": id,
            "slug": slug,
            "name": name,
            "category": category,
            "standing": chance.weighted([one for one, _ in STANDINGS], [weight for _, weight in STANDINGS], 1)[0],
            "summary": speaker.say(f"{kind}_summaries", subject, helps),
            "description": self.description(speaker, subject, helps),
            "website": f"https://{slug}.example.org/" if slug.isascii() and chance.chance(0.7) else "",
            "email": f"hello@{slug}.example.org" if slug.isascii() else f"organization-{id}@example.net",
            "phone": "",
            "languages": self.languages(language, town.country),
            "founded": str(self.today.year - min(chance.days(14) + 1, 90)) if chance.chance(0.8) else "",
            "coordinator": chance.likely(self.speakers["en"].coined) if category == "core_network" else "",
            "meets": "",
            "meets_rule": "",
            "meets_at": "",
            "newcomers": False,
            "online": False,
            "address": "",
            "source_url": "",
            "confirmed_on": confirmed,
            "created_at": changed - timedelta(days=chance.randrange(20, 1500)),
            "changed_at": changed,
            "version": 1,
        }
        columns |= place(chance, town) | {"area_served": area(chance, kind, town)}
        tasks = self.club(columns, speaker) if category == "club" else ()
        listings = tuple(wishes(chance, speaker, subject, (*helps, *self.by_facet["kind"]), columns, self.today))
        topics = tuple(dict.fromkeys((topic.id, topic2.id, audience.id)))
        return Invented(id, columns, topics, listings, tasks)

    def pick(self, facet: str) -> Concept:
        return self.chance.likely(self.by_facet[facet])

    def slug(self, name: str) -> str:
        """An address that no other has; many names come twice, so the last number of each is remembered."""
        wanted = slug_of(name)
        if wanted in self.taken:
            number = self.counted.get(wanted, 1) + 1
            while f"{wanted}-{number}" in self.taken:
                number += 1
            self.counted[wanted] = number
            wanted = f"{wanted}-{number}"
        slug = free_slug(wanted, ())
        self.taken.add(slug)
        return slug

    def moment(self, day: date) -> datetime:
        return datetime.combine(day, time(self.chance.randrange(7, 20), self.chance.randrange(60)))

    def description(self, speaker: Speaker, subject: Subject, helps: tuple[Concept, ...]) -> str:
        """A third of the organisations say more of themselves, in paragraphs."""
        if not self.chance.chance(0.33):
            return ""
        said = [speaker.say("sentences", subject, helps) for _ in range(self.chance.randint(2, 6))]
        said = list(dict.fromkeys(said))
        return "\n\n".join(" ".join(said[start : start + 3]) for start in range(0, len(said), 3))

    def languages(self, language: str, country: str) -> tuple[str, ...]:
        """The language that it writes, one of the country's, and sometimes English."""
        if country not in self.official:
            self.official[country] = tuple(code.replace("_", "-") for code in get_official_languages(country))[:3]
        spoken = [language]
        spoken += [code for code in self.official[country] if self.chance.chance(0.6)]
        spoken += ["en"] if self.chance.chance(0.3) else []
        return tuple(dict.fromkeys(spoken))

    def club(self, columns: dict[str, Any], speaker: Speaker) -> tuple[str, ...]:
        """What a club has besides; the few that don't say when or where they meet become tasks."""
        chance = self.chance
        tasks = []
        columns["newcomers"] = chance.chance(0.75)
        if chance.chance(0.93):
            columns |= speaker.meeting()
        else:
            tasks.append("rule:meets")
        nowhere = {"latitude": None, "longitude": None, "town": "", "region": ""}
        if chance.chance(0.05):
            columns["online"] = True
            if chance.chance(0.6):
                columns |= nowhere | {"precision": "online", "meets_rule": "", "meets_at": "", "area_served": "world"}
        elif chance.chance(0.01):
            columns |= nowhere | {"precision": "country"}
            tasks.append("rule:place")
        return tuple(tasks)


def categories(chance: Chance, number: int) -> list[str]:
    """The categories of `number` organisations, in the shares that networks have, shuffled."""
    networks = max(2, round(number * NETWORKS))
    core = min(CORE_NETWORKS, networks // 2)
    partners, clubs = round(number * PARTNERS), round(number * CLUBS)
    mixed = (
        ["core_network"] * core + ["affiliate_network"] * (networks - core) + ["partner"] * partners + ["club"] * clubs
    )
    mixed += ["member"] * (number - len(mixed))
    chance.shuffle(mixed)
    return mixed


def invent(chance: Chance, words: Thesaurus, based: Sequence[Town], first: int, today: date) -> Iterator[Invented]:
    """An organisation for each of the towns `based`, with ids from `first`."""
    inventor = Inventor(chance, words, today)
    for offset, category in enumerate(categories(chance, len(based))):
        yield inventor.organization(first + offset, category, based[offset])
