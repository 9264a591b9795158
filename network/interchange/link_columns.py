"""A table of ties: the columns by which it is recognised, and the words by which a type of tie is meant. Pure."""

from collections.abc import Iterable
from functools import cache

from network.directory.vocabulary import LINK_TYPES
from network.interchange.columns import meant_by
from network.places.folding import fold

COLUMNS = {
    "from": "from id; from slug; source; source id; de; desde; origen; von; origem; depuis",
    "to": "to id; to slug; target; target id; a; hacia; destino; nach; zu; para; vers",
    "type": "link type; tie type; connection type; relationship; relation; kind; tipo; type de lien; Art; Typ",
    "started_on": "since; start; start date; started; from date; desde cuándo; depuis le; seit",
    "ended_on": "until; end; end date; ended; to date; hasta; bis; jusqu'au; até",
    "proposed": "unconfirmed",
}
"""What a table of ties says, and the other spellings of its headers."""

PASSED = frozenset(("from name", "to name", "id", "direction", "label", "kind"))
"""What our own tables, and Kumu's, say beside it: it says nothing new."""

INVERSE = {
    "member_of": ("has member", "members", "gathers"),
    "hosted_by": ("hosts", "host of"),
    "works_with": ("collaborates with", "partner of", "partners with"),
    "funds": ("funded by", "gets funds from"),
    "fiscal_sponsor_of": ("fiscally sponsored by", "has fiscal sponsor"),
}
"""The same types said from the other end."""


@cache
def spelt() -> dict[str, str]:
    known = {fold(spelling): column for column, listed in COLUMNS.items() for spelling in listed.split(";")}
    return known | {fold(column): column for column in COLUMNS}


def link_columns(headers: Iterable[str]) -> dict[str, str]:
    """Which header of a table stands for which column of ties; empty when it is no table of ties.

    It is one when it names both ends and no organisation of its own.
    """
    found: dict[str, str] = {}
    listed = [header for header in headers if header.strip()]
    for header in sorted(listed, key=lambda one: one not in COLUMNS):  # our own names first
        column = spelt().get(fold(header[:200]))
        if column and column not in found.values():
            found[header] = column
    ends = {"from", "to"} <= set(found.values())
    return found if ends and not any(meant_by(header) == "name" for header in listed) else {}


def unknown_of(headers: Iterable[str]) -> list[str]:
    """The headers of a table of ties that nothing is made of."""
    known = link_columns(headers)
    return [header for header in headers if header and header not in known and fold(header) not in PASSED]


@cache
def types() -> dict[str, tuple[str, bool]]:
    """Every folded word for a type of tie: its key, and whether it is said from the other end."""
    known: dict[str, tuple[str, bool]] = {}
    for term in LINK_TYPES:
        for word in INVERSE[term.key]:
            known[fold(word)] = (term.key, term.key != "works_with")
    for term in LINK_TYPES:
        known |= {fold(word): (term.key, False) for word in (term.key, term.key.replace("_", " "))}
    return known


def type_of(text: str) -> tuple[str, bool] | None:
    """The type that a text means, by its key, its label in the reader's language or from the other end."""
    folded = fold(text)
    labelled = {fold(str(term.label)): (term.key, False) for term in LINK_TYPES}
    return types().get(folded) or labelled.get(folded)
