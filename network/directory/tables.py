"""Organisations as rows of a spreadsheet: the contract's columns, values joined by `;`, cells that cannot act."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

COLUMNS = tuple(
    "id slug name category summary description website languages address town region country latitude longitude "
    "precision area_served online meets meets_rule meets_at newcomers founded member_of hosted_by works_with funds "
    "fiscal_sponsor_of offers seeks listings topics source source_url confirmed_on url".split()
)
"""What a public list says, in this order. `listings` holds as JSON what `offers` and `seeks` name by title."""

ACTS = re.compile(r"'*[=+\-@\t\r]")
DISARMED = re.compile(r"'+[=+\-@\t\r]")
SEPARATOR = re.compile(r"(?:[^\\;]|\\.|\\$)+", re.S)
ESCAPED = re.compile(r"\\([\\;])")
TIES = ("works_with", "funds", "fiscal_sponsor_of")


def defused(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: one that begins so gets an apostrophe in front."""
    return "'" + cell if ACTS.match(cell) else cell


def as_meant(cell: str) -> str:
    """The text of a cell that `defused` wrote; other cells, such as 't Hoekje, stay as they are."""
    return cell[1:] if DISARMED.match(cell) else cell


def joined(values: Iterable[str]) -> str:
    """Several values in one cell; a `;` within a value is written `\\;` and a backslash `\\\\`."""
    return "; ".join(value.replace("\\", "\\\\").replace(";", "\\;") for value in values)


def separated(cell: str) -> list[str]:
    """The values that `joined` put into a cell, without the spaces around them and without empty ones."""
    values = (ESCAPED.sub(r"\1", value.strip()) for value in SEPARATOR.findall(cell))
    return [value for value in values if value.strip()]


def csv_lines(rows: Iterable[Mapping[str, Any]], columns: Sequence[str] = COLUMNS) -> Iterator[str]:
    """Rows as CSV (RFC 4180), line by line, the header first; what a row lacks stays empty, and text cannot act."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        yield out.getvalue()
        out.seek(0)
        out.truncate()
        cells = (row.get(column) for column in columns)
        writer.writerow(["" if cell is None else defused(cell) if isinstance(cell, str) else cell for cell in cells])
    yield out.getvalue()


def csv_text(rows: Iterable[Mapping[str, Any]], columns: Sequence[str] = COLUMNS) -> str:
    """Rows as the text of a CSV file."""
    return "".join(csv_lines(rows, columns))


def organization_row(organization: Mapping[str, Any]) -> dict[str, Any]:
    """The row of an organisation, from its JSON as the API or an export says it."""
    ties: dict[str, list[str]] = {type: [] for type in TIES}
    for link in organization["links"]:
        if link["direction"] == "out" and link["type"] in ties:
            ties[link["type"]].append(link["organization"])
    return {
        **{column: organization.get(column) for column in COLUMNS},
        **organization["place"],
        "id": organization.get("id", organization["slug"]),
        "languages": joined(organization["languages"]),
        "area_served": organization["reach"],
        "online": "yes" if organization["online"] else "",
        "newcomers": "yes" if organization["newcomers"] else "",
        "member_of": joined(organization["networks"]),
        "hosted_by": joined([organization["hosted_by"]] if organization["hosted_by"] else []),
        **{type: joined(others) for type, others in ties.items()},
        "offers": joined(one["title"] for one in organization["offers"]),
        "seeks": joined(one["title"] for one in organization["seeks"]),
        "listings": listings_cell(organization),
        "topics": joined(organization.get("topics", ())),
    }


def listings_cell(organization: Mapping[str, Any]) -> str:
    """All that is said of offers and seeks beyond their titles, as JSON; empty when the titles say it all."""
    listings = [
        {"side": side, **{name: value for name, value in one.items() if value not in ("", None, [], ())}}
        for side in ("offer", "seek")
        for one in organization[side + "s"]
    ]
    if all(listing.keys() <= {"side", "title"} for listing in listings):
        return ""
    return json.dumps(listings, ensure_ascii=False, separators=(",", ":"))
