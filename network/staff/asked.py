"""What is asked of the queue, read from an address: a kind, whose it is, what rests, and after which card. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

ME, NOBODY = "me", "none"
LONGEST_NUMBER = 9  # digits


@dataclass(frozen=True, order=True)
class Mark:
    """Where a card stands in the queue: by when it should be looked at, then its kind and number."""

    due: datetime
    kind: str
    id: int

    def __str__(self) -> str:
        return f"{self.due:%Y%m%dT%H%M%S}-{self.kind}-{self.id}"

    @classmethod
    def read(cls, text: str) -> "Mark | None":
        """The mark of an address; None for what is none."""
        due, _dash, rest = text.partition("-")
        kind, _dash, id = rest.rpartition("-")
        try:
            return cls(datetime.strptime(due, "%Y%m%dT%H%M%S"), kind, int(number(id)))
        except ValueError:
            return None


def number(text: str) -> str:
    """The digits of a number that a row can have; empty for anything else."""
    return text if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else ""


@dataclass(frozen=True)
class Asked:
    """One question to the queue. What isn't known in an address counts as not asked for."""

    kind: str = ""
    owner: str = ""  # ME, NOBODY, or the id of a person
    network: str = ""  # the id of a network
    later: bool = False  # what rests, instead of what waits
    after: Mark | None = None

    @classmethod
    def parse(cls, arguments: Mapping[str, str], kinds: Any) -> "Asked":
        kind, owner = arguments.get("kind", ""), arguments.get("owner", "")
        return cls(
            kind=kind if kind in kinds else "",
            owner=owner if owner in (ME, NOBODY) else number(owner),
            network=number(arguments.get("network", "")),
            later=arguments.get("later") == "1",
            after=Mark.read(arguments.get("after", "")),
        )

    def address(self, path: str, **changed: Any) -> str:
        """The address of this question, or of one that differs in some things; it begins at the first card then."""
        one = replace(self, **({"after": None} | changed)) if changed else self
        pairs = [(name, getattr(one, name)) for name in ("kind", "owner", "network") if getattr(one, name)]
        pairs += [("later", "1")] if one.later else []
        pairs += [("after", str(one.after))] if one.after else []
        return f"{path}?{urlencode(pairs)}" if pairs else path

    @property
    def narrow(self) -> bool:
        return bool(self.kind or self.owner or self.network or self.later)
