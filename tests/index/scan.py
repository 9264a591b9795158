"""The same questions answered the slow way: by looking at every document. And documents to ask about."""

import random
from collections import Counter
from math import log

from network.index import Answer, Document, Hit, Query
from network.places.distance import kilometres

FACETS = ("category", "country", "offered", "sought", "kind", "topic")
WORDS = (
    "garden gardens gardening code music leeds ghent lab 北京 北京読書会 東京 ครัว école kclub and or not near".split()
)
KINDS = ("venue", "training", "legal")
CENTRES = ((53.8, -1.55), (-17.0, 179.95), (-16.5, -179.9), (89.7, 10.0), (-89.9, 120.0), (0.0, 0.0), (51.05, 3.72))


def club(id: int, name: str = "Leeds Code Club", text: str = "", **fields) -> Document:
    """A public club."""
    title = tuple(name.casefold().split())
    fields = {"tokens": ("kclub", "ppublic"), "category": "club", "country": "GB"} | fields
    return Document(id, name, title, (*title, *text.casefold().split()), **fields)


def crowd(number: int, chance: random.Random) -> list[Document]:
    """Documents of every sort, most of them around a few places: the date line, the poles, two towns."""
    return [one(id, chance) for id in chance.sample(range(1, number * 3), number)]


def one(id: int, chance: random.Random) -> Document:
    name, text = chance.choices(WORDS, k=chance.randint(1, 4)), chance.choices(WORDS, k=chance.randint(0, 6))
    category, country = chance.choice(("club", "member", "")), chance.choice(("GB", "FJ", "BE", ""))
    tokens = [chance.choice(("ppublic", "ppublic", "ddesired")), *(["k" + category] if category else [])]
    latitude, longitude = place(chance)
    return club(
        id,
        " ".join(name),
        " ".join(text),
        tokens=(*tokens, *(["wonline"] if chance.random() < 0.3 else [])),
        category=category,
        country=country,
        offered=tuple(chance.sample(KINDS, chance.randint(0, 3))),
        sought=tuple(chance.sample(KINDS, chance.randint(0, 2))),
        topics=tuple(chance.sample(range(1, 9), chance.randint(0, 3))),
        latitude=latitude,
        longitude=longitude,
        confirmed=chance.choice((0, 738000, 738000 + chance.randint(0, 99))),
    )


def place(chance: random.Random) -> tuple[float | None, float | None]:
    if chance.random() < 0.1:
        return None, None
    latitude, longitude = chance.choice(CENTRES)
    spread = chance.choice((0.0, 0.2, 3.0, 40.0))
    latitude = max(-90.0, min(90.0, latitude + chance.uniform(-spread, spread)))
    return latitude, (longitude + chance.uniform(-spread, spread) * 3 + 180) % 360 - 180


def question(chance: random.Random) -> Query:
    """A question of any sort."""
    groups = [
        tuple(dict.fromkeys(chance.choices(WORDS, k=chance.randint(1, 3)))) for _ in range(chance.choice((0, 1, 1, 2)))
    ]
    require = [("ppublic",)] if chance.random() < 0.7 else []
    require += [("kclub", "kmember")[: chance.randint(1, 2)]] if chance.random() < 0.4 else []
    near = place(chance)
    return Query(
        words=tuple(groups),
        require=tuple(require),
        exclude=("wonline",) if chance.random() < 0.2 else (),
        near=None if near[0] is None or chance.random() < 0.2 else near,
        radius_km=chance.choice((None, None, 1, 30, 60, 250, 900, 4000, 11000, 20016)),
        order=chance.choice(("relevance", "name", "distance", "confirmed")),
        limit=chance.choice((1, 5, 20)),
        offset=chance.choice((0, 0, 5)),
    )


def scan(documents: list[Document], query: Query) -> Answer:
    """What `ask` must answer."""
    found = [(document, far(document, query)) for document in documents if fits(document, query)]
    if query.near and query.radius_km is not None:
        found = [
            (document, distance) for document, distance in found if distance is not None and distance <= query.radius_km
        ]
    order = query.order
    order = "relevance" if order == "distance" and query.near is None else order
    order = "confirmed" if order == "relevance" and not query.words else order
    best = relevance([document for document, _distance in found], query)
    keys = {
        "name": lambda pair: " ".join(pair[0].title_words),
        "confirmed": lambda pair: -pair[0].confirmed,
        "distance": lambda pair: 99999 if pair[1] is None else round(pair[1], 6),
        "relevance": lambda pair: best[pair[0].id],
    }
    found.sort(key=lambda pair: (keys[order](pair), pair[0].id))
    page = found[query.offset : query.offset + query.limit]
    return Answer(len(found), tuple(Hit(document.id, distance) for document, distance in page), divided(found))


def divided(found) -> dict:
    values = {
        "category": lambda document: [document.category] if document.category else [],
        "country": lambda document: [document.country] if document.country else [],
        "offered": lambda document: document.offered,
        "sought": lambda document: document.sought,
        "kind": lambda document: {*document.offered, *document.sought},
        "topic": lambda document: document.topics,
    }
    return {
        name: dict(Counter(value for document, _distance in found for value in values[name](document)))
        for name in FACETS
    }


def far(document: Document, query: Query) -> float | None:
    if query.near is None or document.latitude is None or document.longitude is None:
        return None
    return kilometres(*query.near, document.latitude, document.longitude)


def fits(document: Document, query: Query) -> bool:
    return (
        all(any(has(document.words, word) for word in group) for group in query.words)
        and all(any(token in document.tokens for token in group) for group in query.require)
        and not any(token in document.tokens for token in query.exclude)
    )


def has(words, word: str) -> bool:
    """Whether a word is among the words; one of a script without spaces may stand inside another."""
    return word in words or (ord(word[0]) > 0x0E00 and any(word in other for other in words))


def relevance(documents: list[Document], query: Query) -> dict[int, tuple]:
    """The sort key of each document when words were asked for: see `network.index.ranking`."""
    score = {document.id: 0.0 for document in documents}
    missing = {document.id: 0 for document in documents}
    for group in query.words:
        named = {document.id for document in documents if any(has(document.title_words, word) for word in group)}
        weight = log(1 + len(documents) / (1 + len(named)))
        for document in documents:
            if document.id not in named:
                missing[document.id] += 1
                level = 1 if has(document.words, group[0]) else 0
            else:
                level = 3 if has(document.title_words, group[0]) else 2
            score[document.id] += weight * level
    return {one.id: (missing[one.id] > 0, -score[one.id], -one.confirmed) for one in documents}
