"""Which page's word stays, field by field. What belongs together is chosen together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from network.history.recording import says

STAYS, GOES, BOTH = SIDES = ("stays", "goes", "both")
"""The page whose value is kept: that of the one that stays, of the one that goes, or both together."""

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """What is chosen at once: the columns of a profile that belong together. `several` ones can be joined."""

    key: str
    columns: tuple[str, ...]
    several: bool = False

    def of(self, facts: Facts) -> tuple[Any, ...]:
        return tuple(facts[name] for name in self.columns)

    def silent(self, facts: Facts) -> bool:
        """Whether a page says nothing of it."""
        told = [value for name, value in zip(self.columns, self.of(facts), strict=True) if name not in MUTE]
        return not any(says(value) and value != () for value in told)

    def differs(self, stays: Facts, goes: Facts) -> bool:
        """Whether there is anything to choose: the other page says something else."""
        if self.silent(goes) and self.silent(stays):
            return False
        same = [comparable(self.of(facts)) for facts in (stays, goes)]
        return same[0] != same[1]

    def usual(self, stays: Facts, goes: Facts) -> str:
        """What is chosen unless somebody chooses otherwise: what says something, the later day, both where they fit."""
        if self.silent(stays) or self.silent(goes):
            return STAYS if self.silent(goes) else GOES
        if self.key == "confirmed_on":
            return GOES if goes["confirmed_on"] > stays["confirmed_on"] else STAYS
        return BOTH if self.several else STAYS

    def chosen(self, side: str, stays: Facts, goes: Facts) -> dict[str, Any]:
        """The values that stay."""
        if side == BOTH and self.several:
            return {name: tuple(dict.fromkeys((*stays[name], *goes[name]))) for name in self.columns}
        facts = goes if side == GOES else stays
        return dict(zip(self.columns, self.of(facts), strict=True))


def comparable(values: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(frozenset(value) if isinstance(value, tuple) else value for value in values)


MUTE = ("precision", "meets_rule", "meets_at")  # columns that say nothing without the others of their field
FIELDS = (
    Field("name", ("name",)),
    Field("category", ("category",)),
    Field("standing", ("standing",)),
    Field("summary", ("summary",)),
    Field("description", ("description",)),
    Field("topics", ("topics",), several=True),
    Field("languages", ("languages",), several=True),
    Field("website", ("website",)),
    Field("email", ("email",)),
    Field("phone", ("phone",)),
    Field("founded", ("founded",)),
    Field("coordinator", ("coordinator",)),
    Field("meets", ("meets", "meets_rule", "meets_at")),
    Field("newcomers", ("newcomers",)),
    Field("online", ("online",)),
    Field("place", ("address", "town", "region", "country", "latitude", "longitude", "precision")),
    Field("area_served", ("area_served",)),
    Field("source", ("source", "source_url")),
    Field("confirmed_on", ("confirmed_on",)),
)
"""Every field of a profile that is chosen; `topics` are slugs."""


def facts_of(organization: Any) -> dict[str, Any]:
    """What a page says, by the columns of FIELDS."""
    names = [name for field in FIELDS for name in field.columns if name != "topics"]
    return {name: getattr(organization, name) for name in names} | {
        "topics": tuple(sorted(topic.slug for topic in organization.topics))
    }


def different(stays: Facts, goes: Facts) -> list[Field]:
    """The fields in which there is something to choose."""
    return [field for field in FIELDS if field.differs(stays, goes)]


def settled(asked: Mapping[str, str], stays: Facts, goes: Facts) -> dict[str, str]:
    """What is chosen of each field in which the pages differ: what was asked for, else what is usual."""
    found = {}
    for field in different(stays, goes):
        side = asked.get(field.key, "")
        possible = SIDES if field.several else (STAYS, GOES)
        found[field.key] = side if side in possible else field.usual(stays, goes)
    return found


def outcome(choices: Mapping[str, str], stays: Facts, goes: Facts) -> dict[str, Any]:
    """The columns of the page that stays that say something else afterwards."""
    values: dict[str, Any] = {}
    for field in different(stays, goes):
        values |= field.chosen(choices.get(field.key, STAYS), stays, goes)
    return {name: value for name, value in values.items() if value != stays[name]}
