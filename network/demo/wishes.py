"""What generated organisations offer and seek."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from network.demo.chance import Chance
from network.demo.speech import Speaker, Subject
from network.demo.written import AREA, DELIVERY
from network.directory.concepts import Concept
from network.directory.vocabulary import STAGES

REACHES = ("online", "here", "country", "countries")
STATES = ("open", "open", "open", "open", "open", "met", "paused")


def wishes(
    chance: Chance, speaker: Speaker, subject: Subject, helps: Sequence[Concept], columns: dict[str, Any], today: date
) -> Iterator[tuple[dict[str, Any], tuple[int, ...]]]:
    """The listings of an organisation, each with the ids of its topics.

    `helps` are the kinds of help to choose from: the first two are what it speaks of itself. A partner always offers
    something, and says what it wants in return.
    """
    partner = columns["category"] == "partner"
    offers = max(1, min(4, chance.days(1.3) + 1)) if partner else min(3, chance.days(1.1))
    seeks = min(3, chance.days(1.2))
    for position in range(offers + seeks):
        side = "offer" if position < offers else "seek"
        help = (helps[0], helps[1]) if position == 0 else (chance.likely(helps), chance.likely(helps))
        key = help[0].kind
        reach = chance.likely(REACHES)
        wants = side == "offer" and (partner or chance.chance(0.35))
        confirmed = columns["confirmed_on"]
        yield (
            {
                "side": side,
                "title": speaker.say(f"{side}s", subject, help)[:200],
                "detail": speaker.say("details", subject, help) if chance.chance(0.4) else "",
                "kind": key,
                "area": AREA.get(key, "community"),
                "delivery": DELIVERY.get(key, "direct"),
                "stage": chance.choice(("", "", *STAGES.keys)),
                "languages": columns["languages"],
                "reach": reach,
                "reach_km": chance.choice((10, 20, 30, 50, 100)) if reach == "here" else None,
                "reach_countries": (columns["country"],) if reach == "countries" else (),
                "in_return": speaker.say("returns", subject, help) if wants else "",
                "until": today + timedelta(days=chance.randrange(10, 400)) if chance.chance(0.06) else None,
                "state": chance.likely(("open", "open", "open", "open", "open", "met", "paused")),
                "position": position if side == "offer" else position - offers,
                "confirmed_on": confirmed,
                "created_at": columns["changed_at"] - timedelta(days=chance.days(80)),
            },
            tuple(dict.fromkeys((help[0].id, subject.topic.id, subject.audience.id)))[: chance.randint(1, 3)],
        )
