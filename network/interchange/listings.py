"""Offers and seeks: as a row states them, and how they differ from those that are there."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from network.directory.filter import kind_key, language_key
from network.directory.texts import clean
from network.directory.vocabulary import AREAS, DELIVERIES, REACHES, STAGES
from network.interchange.cells import Unreadable, iso_day, one_line, plain, storable
from network.interchange.remarks import remark
from network.places.countries import country_code

Listing = dict[str, Any]
SIDES = {"offers": "offer", "seeks": "seek"}
LONGEST = 200
CLOSED = {"area": AREAS, "delivery": DELIVERIES, "stage": STAGES, "reach": REACHES}
EMPTY: Listing = {
    "detail": "",
    "kind": "",
    "topics": [],
    "area": "",
    "delivery": "",
    "stage": "",
    "languages": [],
    "reach": "",
    "reach_km": "",
    "reach_countries": [],
    "in_return": "",
    "until": "",
    "confirmed_on": "",
}
"""What a listing says beside its side and title, when it says nothing."""


def known_topics(words: Iterable[str], topic_of: Callable[[str], str | None]) -> tuple[list[str], list[str]]:
    """The topics that words mean, in one order, and the words that mean none."""
    pairs = [(word, topic_of(word)) for word in words]
    known = {slug for _word, slug in pairs if slug}
    return sorted(known), [word for word, slug in pairs if not slug]


@dataclass
class Reading:
    """Reads the listings of one row, collecting what cannot be read."""

    topic_of: Callable[[str], str | None]
    errors: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)
    unknown_topics: list[str] = field(default_factory=list)

    def listings(self, values: dict[str, Any], empty: set[str]) -> list[Listing]:
        """The listings of a row: those that `offers` and `seeks` name, with the details of the same title.

        Where neither column is there, `listings` alone says which there are.
        """
        details = self.details(values.get("listings"))
        if not ({"offers", "seeks"} & (values.keys() | empty)):
            return details
        by_title: defaultdict[tuple[str, str], list[Listing]] = defaultdict(list)
        for one in details:
            by_title[one["side"], one["title"]].append(one)
        found = []
        for column, side in SIDES.items():
            for item in values.get(column, ()):
                said = self.listing(item if isinstance(item, dict) else {"title": item}, column, side)
                if said:
                    known = by_title[side, said["title"]]
                    found.append((known.pop(0) if known else {}) | said)
        return found

    def details(self, value: Any) -> list[Listing]:
        """The column `listings`: a JSON list of objects, each with its side."""
        if value is None:
            return []
        try:
            items = json.loads(value) if isinstance(value, str) else value
        except (ValueError, RecursionError):
            items = None
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            self.errors.append(("listings", "it is no JSON list of objects"))
            return []
        found = []
        for item in items:
            if item.get("side") not in SIDES.values():
                self.errors.append(("listings", remark("no_side", value=repr(item.get("side")))))
            elif listing := self.listing(item, "listings", item["side"]):
                found.append(listing)
        return found

    def listing(self, item: dict[str, Any], column: str, side: str) -> Listing | None:
        """One listing, with the fields that are said and no others."""
        try:
            title = one_line(storable(plain(item.get("title"))))
            if not title or len(title) > LONGEST:
                raise Unreadable(remark("no_title", most=LONGEST, value=repr(title[:60])))
            listing: Listing = {"side": side, "title": title}
            for name in EMPTY:
                if item.get(name) not in (None, "", []):
                    listing[name] = self.detail(name, item[name], column)
        except Unreadable as error:
            self.errors.append((column, error.reason))
            return None
        return listing

    def detail(self, name: str, value: Any, column: str) -> Any:
        """One field of a listing."""
        if name in ("topics", "languages", "reach_countries"):
            words = [storable(plain(one)).strip() for one in (value if isinstance(value, list) else [value])]
            return self.words(name, words, column)
        text = storable(plain(value))
        if name in ("detail", "in_return"):
            return clean(text)
        if name in ("until", "confirmed_on"):
            return iso_day(text).isoformat()
        if name == "reach_km":
            if text.isascii() and text.isdigit() and 0 < int(text[:6]) <= 20_038:
                return int(text)
            raise Unreadable(remark("no_reach", value=repr(text[:20])))
        key = kind_key(text) if name == "kind" else text if text in CLOSED[name] else None
        if key is None:
            raise Unreadable(remark("no_such", field=name, value=repr(text[:40])))
        return key

    def words(self, name: str, words: list[str], column: str) -> list[str]:
        if name == "topics":
            known, unknown = known_topics(words, self.topic_of)
            self.unknown_topics += unknown
            return known
        read = language_key if name == "languages" else country_code
        for word in words:
            if not read(word):
                self.warnings.append((column, remark("unknown_word", column=name, value=repr(word[:40]))))
        return list(dict.fromkeys(code for word in words if (code := read(word))))


@dataclass
class Differences:
    """What has to be done with listings; `changed` maps the id of one to its new fields."""

    added: list[Listing] = field(default_factory=list)
    changed: dict[int, Listing] = field(default_factory=dict)
    removed: list[int] = field(default_factory=list)
    before: dict[int, Listing] = field(default_factory=dict)  # those changed or removed, as they were
    kept: list[str] = field(default_factory=list)  # titles that were left as somebody changed them here

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def paired(here: list[Listing], there: list[Listing]) -> tuple[dict[int, int], list[int]]:
    """Which listing of `here` (by index) is which of `there`, by side and title, and those of `there` that are none."""
    waiting: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for index, one in enumerate(there):
        waiting[one["side"], one["title"]].append(index)
    pairs = {}
    for index, one in enumerate(here):
        if found := waiting[one["side"], one["title"]]:
            pairs[index] = found.pop(0)
    return pairs, [index for left in waiting.values() for index in left]


def differences(existing: list[Listing], stated: list[Listing], before: list[Listing] | None) -> Differences:
    """From the listings that are there to those a list states, sparing what was changed here since `before`.

    `before` is what the list said last time. What it says again unchanged is not done again; what it no longer says is
    removed where nobody touched it.
    """
    found = Differences()
    ranked = sorted(existing, key=lambda one: one["state"] != "open")
    said = before or []
    here, untold = paired(stated, ranked)
    earlier, _gone = paired(stated, said)
    for index, one in enumerate(stated):
        old = said[earlier[index]] if index in earlier else None
        if index not in here:
            if old is None:
                found.added.append(one)
            else:
                found.kept.append(one["title"])
            continue
        current = ranked[here[index]]
        new = {name: value for name, value in one.items() if value != current[name]}
        spared = {name for name in new if old is not None and old.get(name) == new[name]}
        if spared:
            found.kept.append(one["title"])
        if kept := {name: value for name, value in new.items() if name not in spared}:
            found.changed[current["id"]] = kept
            found.before[current["id"]] = current
    left = [ranked[index] for index in untold]
    for index, which in paired(left, said)[0].items():
        if all(left[index][name] == value for name, value in said[which].items()) and which not in earlier.values():
            found.removed.append(left[index]["id"])
            found.before[left[index]["id"]] = left[index]
    return found
