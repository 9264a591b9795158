"""Organisations as rows of a spreadsheet: the contract's columns, several values joined by `;`, cells that cannot act."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

COLUMNS = tuple(
    "id name category summary description website languages town region country latitude longitude precision area_served "
    "meets founded member_of hosted_by offers seeks confirmed_on".split()
)
ACTING = ("=", "+", "-", "@", "\t", "\r")


def defused(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; `armed` reads it back."""
    return "'" + cell if cell.startswith((*ACTING, "'")) else cell


def joined(values: Iterable[str]) -> str:
    """Several values in one cell; a `;` within a value is written `\\;`."""
    return "; ".join(value.replace("\\", "\\\\").replace(";", "\\;") for value in values)


def csv_text(rows: Iterable[Mapping[str, Any]], columns: Sequence[str] = COLUMNS) -> str:
    """Rows as CSV (RFC 4180) with a header; what a row lacks stays empty."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        cells = ("" if row.get(column) is None else str(row[column]) for column in columns)
        writer.writerow(
            [
                defused(cell) if isinstance(row.get(name), str) else cell
                for name, cell in zip(columns, cells, strict=True)
            ]
        )
    return out.getvalue()


def organization_row(organization: Mapping[str, Any]) -> dict[str, Any]:
    """The row of an organisation as the API says it."""
    place = organization["place"]
    return {
        **{
            name: organization[name]
            for name in ("name", "category", "summary", "description", "website", "meets", "founded")
        },
        **{name: place[name] for name in ("town", "region", "country", "latitude", "longitude", "precision")},
        "id": organization["slug"],
        "languages": joined(organization["languages"]),
        "area_served": organization["reach"],
        "member_of": joined(organization["networks"]),
        "hosted_by": organization["hosted_by"] or "",
        "offers": joined(one["title"] for one in organization["offers"]),
        "seeks": joined(one["title"] for one in organization["seeks"]),
        "confirmed_on": organization["confirmed_on"] or "",
    }
