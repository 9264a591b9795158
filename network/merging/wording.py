"""Two pages side by side, field by field, in the reader's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from network.directory.models import Organization
from network.merging.choosing import BOTH, GOES, STAYS, Facts, Field, different, facts_of
from network.profiles.wording import field_name, value_words
from network.text import gettext as _

POINT = ("latitude", "longitude")


@dataclass(frozen=True)
class Beside:
    """A field of both pages: what each says, which stays, and whether both can."""

    key: str
    name: str
    stays: str
    goes: str
    chosen: str
    several: bool

    @property
    def kept(self) -> dict[str, bool]:
        """By side, whether what it says stays."""
        return {STAYS: self.chosen in (STAYS, BOTH), GOES: self.chosen in (GOES, BOTH)}


def beside(stays: Organization, goes: Organization, choices: Mapping[str, str]) -> list[Beside]:
    """The fields in which two pages differ."""
    mine, theirs = facts_of(stays), facts_of(goes)
    return [
        Beside(
            field.key,
            name_of(field),
            said(field, mine),
            said(field, theirs),
            choices.get(field.key) or field.usual(mine, theirs),
            field.several,
        )
        for field in different(mine, theirs)
    ]


def name_of(field: Field) -> str:
    if field.key == "place":
        return _("Place")
    return _("Last confirmed") if field.key == "confirmed_on" else field_name(field.columns[0])


def said(field: Field, facts: Facts) -> str:
    """What a page says of a field, in one text."""
    words = [value_words(name, plain(facts[name])) for name in field.columns if name not in POINT]
    if field.key == "place" and facts["latitude"] is not None:
        words.append(f"{facts['latitude']:.4f}, {facts['longitude']:.4f}")
    return " · ".join(word for word in words if word)


def plain(value: Any) -> Any:
    """A value as `profiles.wording` reads it."""
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if hasattr(value, "isoformat") else value
