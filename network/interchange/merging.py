"""What a row changes of an organisation that is there: pure, field by field, sparing what was changed here since."""

from dataclasses import dataclass, field
from typing import Any

from network.interchange.listings import Differences, Listing, differences
from network.interchange.states import DEFAULTS, State, comparable
from network.interchange.stating import Stated

Said = dict[str, Any]
UNSAID = object()


@dataclass
class Changes:
    """What would be written: new values of facts beside those of before, listings, and the names of what was spared."""

    after: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    listings: Differences = field(default_factory=Differences)
    kept: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.after or self.listings)


def changes(state: State, row: Stated, said: Said | None) -> Changes:
    """What `row` changes of `state`, when the same list said `said` the last time (None: it never did).

    A value that the list repeats is left as it is here; one that it changed is taken over. An empty cell takes back
    what the list said before and nobody changed since; otherwise it says nothing. What was inferred only fills gaps.
    """
    found = Changes()
    earlier: dict[str, Any] = (said or {}).get("facts", {})
    told = row.facts | ({} if row.topics is None else {"topics": row.topics})
    for name in (*told, *(column for column in row.empty if column in DEFAULTS)):
        here, before = state.facts[name], earlier.get(name, UNSAID)
        current = comparable(name, here)
        value = told.get(name, UNSAID)
        if value is UNSAID:
            if before is UNSAID or current != before or current == DEFAULTS[name]:
                continue
            value = DEFAULTS[name]
        elif value == current:
            continue
        elif value == before:
            found.kept.append(name)
            continue
        elif before is UNSAID and not may_replace(name, current, value, row):
            continue
        found.before[name], found.after[name] = here, value
    if row.listings is not None:
        mine = [comparable_listing(one) for one in state.listings if one["side"] in row.sides]
        found.listings = differences(mine, row.listings, of_sides((said or {}).get("listings"), row.sides))
        found.kept += found.listings.kept
    return found


def may_replace(name: str, current: Any, value: Any, row: Stated) -> bool:
    """Whether a list that never said anything of a field may set it now."""
    if current in ("", None, []) or current == DEFAULTS[name]:
        return True
    if name == "confirmed_on":
        return bool(value > current)
    return name not in row.inferred


def comparable_listing(listing: Listing) -> Listing:
    return {name: comparable(name, value) for name, value in listing.items()}


def of_sides(listings: list[Listing] | None, sides: frozenset[str]) -> list[Listing] | None:
    return None if listings is None else [one for one in listings if one["side"] in sides]


def saying(row: Stated, before: Said | None) -> Said:
    """All that the list says of an organisation now: this row, and what columns said that it doesn't have."""
    earlier = before or {}
    facts = {name: value for name, value in earlier.get("facts", {}).items() if name not in row.empty}
    facts |= row.facts | ({} if row.topics is None else {"topics": row.topics})
    left = [one for one in earlier.get("listings", []) if one["side"] not in row.sides]
    return {"facts": facts, "listings": [*left, *(row.listings or [])]}
