"""What the tests of lists share: a file to write, and the commands to run on it."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy.orm import Session

from tests.interchange.bringing import Bringing
from tests.pages import CheckedClient


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes rows as a CSV file; a row is a dict, and the columns are those that any row has."""

    def write(*rows: dict[str, Any], name: str = "list.csv", encoding: str = "utf-8", delimiter: str = ",") -> Path:
        file = tmp_path / name
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with file.open("w", newline="", encoding=encoding) as out:
            writer = csv.DictWriter(out, columns, delimiter=delimiter)
            writer.writeheader()
            writer.writerows(rows)
        return file

    return write


@pytest.fixture
def flask(app: Flask, session: Session) -> Callable[..., Result]:
    """A function that runs a command of the group; what the test's session holds is stored before."""

    def run(*arguments: Any, code: int = 0) -> Result:
        session.commit()
        result = app.test_cli_runner().invoke(args=["interchange", *map(str, arguments)])
        assert result.exit_code == code, result.output + result.stderr
        session.expire_all()
        return result

    return run


@pytest.fixture
def report(flask, tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """A function that imports a file and gives the report."""

    def run(file: Path, *options: Any, code: int = 0) -> dict[str, Any]:
        flask("import", file, "--report", tmp_path / "report.json", *options, code=code)
        return json.loads((tmp_path / "report.json").read_text("utf-8"))

    return run


def fates(report: dict[str, Any]) -> list[str]:
    return [row["fate"] for row in report["rows"]]


def reasons(row: dict[str, Any]) -> str:
    """All that a report's row says against the row."""
    said = [*row.get("errors", ()), *row.get("warnings", ())]
    return " | ".join(f"{one.get('column', '')}: {one['reason']}" for one in said)


@pytest.fixture
def staff(signed_in, person) -> CheckedClient:
    """A browser in which somebody of the staff is signed in."""
    return signed_in(person("imani@example.org", name="Imani", staff=True))


@pytest.fixture
def bringing(staff: CheckedClient, session: Session) -> Callable[..., Bringing]:
    """A function that brings a list through the page; see `Bringing`."""
    return lambda *list_, **more: Bringing(staff, session).bring(*list_, **more)
