"""The fictional organisations as they are written down in `organizations/*.toml` and `towns.toml`, completed.

What is not said follows from what is: the place from the town, the address from the name, a listing's area, delivery
and reach from its kind. Days are counted back from the day of loading, so that the demonstration never goes stale.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

from network.directory.slugs import slug_of

FOLDER = Path(__file__).parent
TIES = ("member_of", "hosted_by", "works_with", "funds", "fiscal_sponsor_of")
SIDES = {"offers": "offer", "seeks": "seek"}
SAID = (
    "name category standing summary description languages founded coordinator phone meets meets_rule meets_at "
    "newcomers online address town region country latitude longitude precision area_served"
).split()
AREA = {"legal": "governance", "funding": "sustainability", "software": "technical", "hosting": "technical"}
DELIVERY = {"funding": "grant", "mentoring": "advice", "legal": "advice", "research": "partnership"}
REACH = {"venue": "here", "time": "here", "training": "country", "legal": "country", "funding": "country"}
NEAR_KM = 30


@dataclass(frozen=True)
class Tie:
    """A link from one organisation to another, by their slugs; `proposed_by` is empty once it is confirmed."""

    tied: str
    to: str
    type: str
    proposed_by: str
    started_on: date
    ended_on: date | None


@dataclass(frozen=True)
class Written:
    """An organisation with the columns of its row, its listings' columns, the slugs of its topics, and its ties."""

    slug: str
    columns: dict[str, Any]
    topics: tuple[str, ...]
    listings: tuple[dict[str, Any], ...]
    ties: tuple[Tie, ...] = field(default=())


@cache
def files() -> dict[str, Any]:
    """Every file as it stands, by its name without the ending."""
    paths = (*sorted(FOLDER.glob("organizations/*.toml")), FOLDER / "towns.toml")
    return {path.stem: tomllib.loads(path.read_text("utf-8")) for path in paths}


def written(today: date) -> list[Written]:
    """Every fictional organisation as of `today`, in the order of the files."""
    found = [
        organization(entry, today)
        for name, content in files().items()
        if name != "towns"
        for entry in content["organization"]
    ]
    slugs = {one.slug for one in found}
    for one in found:
        for tie in one.ties:
            if tie.to not in slugs:
                raise ValueError(f"{one.slug} is tied to {tie.to}, which is nowhere")
    return found


def organization(entry: dict[str, Any], today: date) -> Written:
    """One organisation from its table in a file."""
    slug = entry.get("slug") or slug_of(entry["name"])
    confirmed = today - timedelta(days=entry["confirmed_days_ago"]) if "confirmed_days_ago" in entry else None
    town = files()["towns"][entry["town"]] if entry.get("town") else {}
    place = {"town": town.get("name", ""), **{key: town[key] for key in town if key != "name"}} if town else {}
    said = {key: entry[key] for key in SAID if key in entry and key != "town"}
    changed = moment(confirmed or today - timedelta(days=30), slug)
    columns: dict[str, Any] = {"precision": "town" if town else "unknown", "standing": "current"} | place | said
    columns |= {
        "slug": slug,
        "description": entry.get("description", "").strip(),
        "languages": tuple(entry["languages"]),
        "confirmed_on": confirmed,
        "created_at": changed - timedelta(days=200 + spread(slug, 900)),
        "changed_at": changed,
    }
    if columns["standing"] in ("current", "paused"):
        columns["email"] = f"hello@{slug}.example.org"
        columns["website"] = f"https://{slug}.example.org/" if has_website(entry) else ""
    listings = tuple(
        listing(one, side, position, columns, today)
        for name, side in SIDES.items()
        for position, one in enumerate(entry.get(name, ()))
    )
    return Written(slug, columns, tuple(entry.get("topics", ())), listings, tuple(ties(slug, entry, today)))


def has_website(entry: dict[str, Any]) -> bool:
    """A small club is content with an e-mail address."""
    return entry["category"] != "club" or bool(entry.get("description"))


def listing(one: dict[str, Any], side: str, position: int, columns: dict[str, Any], today: date) -> dict[str, Any]:
    """The columns of a listing."""
    kind = one["kind"]
    reach = one.get("reach") or REACH.get(kind, "online")
    confirmed = columns["confirmed_on"]
    first = moment(confirmed or today - timedelta(days=60), one["title"]) - timedelta(days=spread(one["title"], 240))
    return {
        "side": side,
        "title": one["title"],
        "detail": one.get("detail", ""),
        "kind": kind,
        "area": one.get("area") or AREA.get(kind, "community"),
        "delivery": one.get("delivery") or DELIVERY.get(kind, "direct"),
        "stage": one.get("stage", ""),
        "languages": tuple(one.get("languages", columns["languages"])),
        "reach": reach,
        "reach_km": one.get("km", NEAR_KM) if reach == "here" else None,
        "reach_countries": tuple(one.get("countries", ())),
        "in_return": one.get("in_return", ""),
        "until": today + timedelta(days=one["until_in_days"]) if "until_in_days" in one else None,
        "state": one.get("state", "open"),
        "position": position,
        "confirmed_on": confirmed,
        "created_at": first,
    }


def ties(slug: str, entry: dict[str, Any], today: date) -> Iterator[Tie]:
    """The links that an entry states: a slug, or a table with `to` and `proposed` or `ended_days_ago`."""
    for type in TIES:
        stated = entry.get(type, [])
        for one in [stated] if isinstance(stated, str) else stated:
            tie: dict[str, Any] = {"to": one} if isinstance(one, str) else one
            ended = today - timedelta(days=tie["ended_days_ago"]) if "ended_days_ago" in tie else None
            started = (ended or today) - timedelta(days=90 + spread(slug + tie["to"], 1800))
            yield Tie(slug, tie["to"], type, tie.get("proposed", ""), started, ended)


def spread(text: str, width: int) -> int:
    """A number from 0 to below `width` that is always the same for a text."""
    return crc32(text.encode()) % width


def moment(day: date, text: str) -> datetime:
    """Some time of the working day, always the same for a text."""
    return datetime.combine(day, time(8 + spread(text, 10), spread(text + "m", 60)))
