"""What the API answers, told to programs (OpenAPI 3.1), from the same lists that the filter reads."""

from typing import Any

from network.directory.categories import CATEGORIES
from network.directory.filter import SORTS
from network.directory.vocabulary import KINDS, PRECISIONS, SIDES

Json = dict[str, Any]
TEXT: Json = {"type": "string"}
TEXTS: Json = {"type": "array", "items": TEXT}
MAYBE: Json = {"type": ["string", "null"]}
NUMBER: Json = {"type": ["number", "null"]}

LISTING: Json = {
    "type": "object",
    "required": ["title"],
    "properties": dict.fromkeys(("title", "detail", "kind", "area", "delivery", "stage", "reach", "in_return"), TEXT)
    | dict.fromkeys(("topics", "languages", "reach_countries"), TEXTS)
    | {"reach_km": {"type": ["integer", "null"]}, "until": MAYBE, "confirmed_on": MAYBE},
}
PLACE: Json = {
    "type": "object",
    "properties": {
        "town": TEXT,
        "region": TEXT,
        "country": TEXT,
        "latitude": NUMBER,
        "longitude": NUMBER,
        "precision": {"enum": list(PRECISIONS.keys)},
    },
}
OWN_TEXTS = ("slug", "name", "summary", "description", "website", "reach", "meets", "founded", "url")
ORGANIZATION: Json = {
    "type": "object",
    "required": ["slug", "name", "category", "place", "offers", "seeks", "url"],
    "properties": dict.fromkeys(
        ("slug", "name", "summary", "description", "website", "reach", "meets", "founded", "url"), TEXT
    )
    | {
        "category": {"enum": list(CATEGORIES)},
        "languages": TEXTS,
        "topics": TEXTS,
        "place": PLACE,
        "online": {"type": "boolean"},
        "newcomers": {"type": "boolean"},
        "networks": TEXTS,
        "hosted_by": MAYBE,
        "offers": {"type": "array", "items": LISTING},
        "seeks": {"type": "array", "items": LISTING},
        "links": {"type": "array", "items": {"type": "object"}},
        "confirmed_on": MAYBE,
        "distance_km": NUMBER,
    },
}
LIST: Json = {
    "type": "object",
    "required": ["items", "total", "next"],
    "properties": {
        "items": {"type": "array", "items": ORGANIZATION},
        "total": {"type": "integer"},
        "next": MAYBE,
        "next_url": MAYBE,
    },
}
DIRECTORY: Json = {
    "q": TEXT,
    "category": {"type": "array", "items": {"enum": list(CATEGORIES)}},
    "topic": TEXTS,
    "kind": {"type": "array", "items": {"enum": list(KINDS.keys)}},
    "side": {"enum": list(SIDES.keys)},
    "country": TEXTS,
    "near": TEXT,
    "radius": {"type": "integer", "description": "kilometres"},
    "network": TEXT,
    "language": TEXTS,
    "sort": {"enum": list(SORTS)},
}
CHAPTERS: Json = {"q": TEXT, "near": TEXT, "language": TEXTS, "online": {"enum": ["1"]}, "newcomers": {"enum": ["1"]}}
MORE: dict[str, Json] = {}
"""What the features above answer besides, by path."""
PAGE: Json = {"limit": {"type": "integer", "maximum": 200}, "cursor": TEXT}


def specification(base_url: str) -> Json:
    """The OpenAPI document of an instance that answers at `base_url`."""
    slug = {"name": "slug", "in": "path", "required": True, "schema": TEXT}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Big Tent", "version": "1"},
        "servers": [{"url": base_url}],
        "paths": {
            "/api/organizations": {"get": operation("Search the directory", DIRECTORY | PAGE, LIST)},
            "/api/chapters": {"get": operation("Chapters, nearest first", CHAPTERS | PAGE, LIST)},
            "/api/organizations/{slug}": {"get": operation("One organisation", {}, ORGANIZATION, [slug])},
            **MORE,
        },
    }


def operation(summary: str, arguments: Json, answer: Json, path: list[Json] | None = None) -> Json:
    query = [{"name": name, "in": "query", "schema": schema} for name, schema in arguments.items()]
    return {
        "summary": summary,
        "parameters": [*(path or []), *query],
        "responses": {"200": {"description": "The answer", "content": {"application/json": {"schema": answer}}}},
    }
