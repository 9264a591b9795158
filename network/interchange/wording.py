"""What the pages say of an import: its rows, field by field, and why it went no further."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from network.directory.vocabulary import LINK_TYPES
from network.history.differing import Piece, difference
from network.interchange.columns import COLUMNS, TIES
from network.interchange.deciding import CHOICES, KEY, SAME, SKIP, Decisions
from network.interchange.evidence import COMMAND, read, worded
from network.interchange.remarks import sentence
from network.interchange.sentences import SENTENCES
from network.interchange.states import State
from network.profiles.wording import PROSE, field_name, value_words
from network.text import gettext as _
from network.text import lazy_gettext as _l
from network.text import ngettext

FATE_WORDS = {
    "new": _l("New"),
    "updated": _l("Changed"),
    "unchanged": _l("As it is"),
    "duplicate": _l("Probable duplicate"),
    "error": _l("Error"),
    "warned": _l("With a warning"),
}
NOTES = {
    "stopped": _l("It was stopped. Nothing of it was written."),
    "moved": _l("The directory has changed since you looked, so nothing was written. Look once more, then import."),
    "broken": _l("Something broke on our side, and nothing was written. Try again, or tell the operator."),
}
DOUBT_WORDS = {
    "same": _l("Same website and name, in another list"),
    "alike": _l("Looks alike"),
    "line": _l("Stands twice in this list"),
    "key": _l("Same id, but quite another name and place"),
}
CHOICE_WORDS = {
    "skip": _l("Leave the row out"),
    "update": _l("It is this one: take over what the row says"),
    "create": _l("It is another: make a new one"),
}
RULE_WORDS = {
    "skip": _l("Leave the rows out"),
    "update": _l("They are the same: take over what the rows say"),
    "create": _l("They are others: make new ones"),
}
DOING = {
    "reading": _l("Reading"),
    "writing": _l("Writing"),
    "indexing": _l("Making it findable"),
    "undoing": _l("Taking back"),
}
OWN_WORDS = {
    "id": _l("The list's own id"),
    "slug": _l("Address of the page here"),
    "offers": _l("What it offers"),
    "seeks": _l("What it seeks"),
    "listings": _l("Details of offers and seeks"),
}
FIRST = ("category", "town", "region", "country", "website", "email", "phone")
"""What tells organisations apart, in this order; of the rest stands what the row says."""
UNSHOWN = ("name", "source", "source_url", "latitude", "longitude", "precision")
LONGEST = 300  # characters of a field beside another


class Note(NamedTuple):
    """Why an import went no further; a `reason` is the importer's own."""

    words: str
    reason: str = ""


@dataclass(frozen=True)
class Field:
    """A field of a row: what it says, beside what is said here now or was said before."""

    name: str
    here: str
    row: str
    differs: bool
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Shown:
    """A row of a report as the page shows it."""

    said: Mapping[str, Any]
    fields: list[Field] = field(default_factory=list)
    more: list[str] = field(default_factory=list)
    here: State | None = None
    choices: tuple[str, ...] = ()
    decision: str = ""
    evidence: tuple[str, ...] = ()


def column_words(column: str) -> str:
    """What one of our columns is called."""
    if column in TIES:
        return str(LINK_TYPES[column].label)
    return str(OWN_WORDS[column]) if column in OWN_WORDS else field_name(column)


def column_choices() -> list[tuple[str, str]]:
    """Our columns with their names, as a list may fill them."""
    return [(column, column_words(column)) for column in COLUMNS]


def shown(said: Mapping[str, Any], here: Mapping[int, State], decisions: Decisions) -> Shown:
    """A row with its fields in words. One in doubt stands beside the organisation that it may be, as that is now."""
    doubt = said.get("doubt", "")
    if doubt:
        state = here.get(said.get("looks_like") or 0)
        decision = decisions.about(said["number"], doubt, said.get("looks_like"))
        fields = beside(said.get("states", {}), state.facts if state else {})
        told = evidence_words(said)
        return Shown(said, fields, here=state, choices=(SKIP, *CHOICES[doubt]), decision=decision, evidence=told)
    if said["fate"] == "new":
        return Shown(said, beside(said.get("states", {}), {}))
    pairs = said.get("changed", {}).items()
    changed = [compared(name, value[0], value[1]) for name, value in pairs if isinstance(value, list)]
    counts = [counted(name, value) for name, value in pairs if isinstance(value, int)]
    return Shown(said, changed, counts, evidence=evidence_words(said))


def evidence_words(said: Mapping[str, Any]) -> tuple[str, ...]:
    """Why a row may be one that is there, in the reader's language; in English where an older preview kept only that.

    What is to be typed at the command is left out.
    """
    if "pieces" in said:
        return tuple(worded(piece) for piece in map(read, said["pieces"]) if piece.key not in COMMAND)
    told = tuple(said.get("evidence", ()))
    return told[:-1] if said.get("doubt") in (SAME, KEY) else told


def remark_words(one: Mapping[str, Any]) -> str:
    """A remark in the reader's language; in English, as the importer said it, where it has no sentence."""
    return sentence([one["key"], one["values"]]) if one.get("key") in SENTENCES else str(one["reason"])


def beside(states: Mapping[str, Any], facts: Mapping[str, Any]) -> list[Field]:
    """What a row states, each beside what an organisation says now; what names neither stands is left out."""
    names = [name for name in FIRST if name in states or facts.get(name)]
    names += [name for name in states if name not in names and name not in UNSHOWN]
    found = [compared(name, facts.get(name, ""), states.get(name, "")) for name in ("name", *names)]
    return [replace(one, here=shortened(one.here), row=shortened(one.row)) for one in found if one.here or one.row]


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"


def compared(name: str, here: Any, row: Any) -> Field:
    """A field as it is here and as a row says it; prose is compared word by word."""
    before, after = words(name, here), words(name, row)
    pieces = difference(before, after) if name in PROSE and before and after and before != after else ()
    return Field(column_words(name), before, after, bool(after) and before != after, pieces)


def words(name: str, value: Any) -> str:
    """A value in the reader's words; as it stands where it is none that the field knows."""
    try:
        return value_words(name, value)
    except (ValueError, TypeError, KeyError, AttributeError):
        return str(value)


def counted(name: str, count: int) -> str:
    """How many offers and seeks a row adds, changes or takes away."""
    if name == "listings added":
        return ngettext("%(num)s offer or seek more", "%(num)s offers or seeks more", count)
    if name == "listings changed":
        return ngettext("%(num)s offer or seek changed", "%(num)s offers or seeks changed", count)
    return ngettext("%(num)s offer or seek less", "%(num)s offers or seeks less", count)


def left(kept: Iterable[Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    """What taking an import back left: the address of its page, if any, what it is, and why it stayed."""
    found = []
    for one in kept:
        what = column_words(one["what"]) if one["what"] in COLUMNS else sentence(one["what"])
        found.append((one["slug"], what, sentence(one["why"])))
    return found


def note_words(note: str) -> Note | None:
    """Why an import went no further: in our words, or as the importer said it; None when nothing is to be said."""
    if not note:
        return None
    return Note(str(NOTES[note])) if note in NOTES else Note(_("Nothing was written:"), sentence(note))
