"""Which column of a list is which of ours: what is proposed, and a mapping after a person has chosen. Pure."""

from collections.abc import Mapping as Choices
from collections.abc import Sequence
from dataclasses import replace

from network.interchange.columns import COLUMNS, meant_by
from network.interchange.mapping import Mapping, Origin

CONSTANTS = ("category", "standing", "country")
"""What may be said of a whole list, for the rows that don't say it themselves."""


def recognised_mapping(headers: Sequence[str]) -> Mapping:
    """What the headers mean by their spelling."""
    found = Mapping()
    found.meet(headers)
    return Mapping(columns=dict(found.columns), written=True)


def widened(mapping: Mapping, known: Sequence[str], headers: Sequence[str]) -> Mapping:
    """A mapping with those columns recognised that the list didn't have before."""
    columns = dict(mapping.columns)
    for header in headers:
        column = meant_by(header) if header not in known else None
        if column and column not in columns:
            columns[column] = Origin((header,))
    return replace(mapping, columns=columns)


def enough(mapping: Mapping, headers: Sequence[str]) -> bool:
    """Whether name and category, without which nothing can be made of a row, come from columns that are there."""
    there = {column for column, origin in mapping.columns.items() if set(origin.names) & set(headers)}
    return {"name", "category"} <= there | mapping.constants.keys()


def use_of(mapping: Mapping, header: str) -> list[str]:
    """The columns of ours that a header feeds."""
    return [column for column, origin in mapping.columns.items() if header in origin.names]


def chosen(mapping: Mapping, choices: Choices[str, str], constants: Choices[str, str]) -> Mapping:
    """A mapping after a person chose one of our columns, or none, for each header.

    A choice that is as it was changes nothing, so that what a mapping file says beyond one column each is kept. Of
    several headers that mean the same, the first that holds anything counts.
    """
    columns = dict(mapping.columns)
    for header, column in choices.items():
        before = use_of(mapping, header)[:1]
        if before == ([column] if column else []):
            continue
        for former in before:
            left = tuple(name for name in columns[former].names if name != header)
            columns[former] = replace(columns[former], names=left)
        if column in COLUMNS:
            there = columns.get(column, Origin(()))
            columns[column] = replace(there, names=(*there.names, header))
    kept = {name: value for name, value in mapping.constants.items() if name not in CONSTANTS}
    said = kept | {name: value for name, value in constants.items() if name in CONSTANTS and value}
    return replace(
        mapping,
        columns={column: origin for column, origin in columns.items() if origin.names},
        constants=said,
        written=True,
        seen={},
        unknown={},
    )
