"""Bringing a list through the page, step by step, as a person of the staff does."""

import csv
import io
import re
from typing import Any

from sqlalchemy import select

from network.interchange.models import ImportDraft
from tests.pages import CheckedClient

INDEX = "/interchange/"


def text_of(*rows: dict[str, Any]) -> str:
    """Rows as the text of a CSV file."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(dict.fromkeys(column for row in rows for column in row)))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


class Bringing:
    """One list on its way through the pages."""

    def __init__(self, client: CheckedClient, session: Any) -> None:
        self.client, self.session = client, session

    def bring(self, content: bytes | str, name: str = "list.csv", **more: Any) -> "Bringing":
        """Send a file; then it is asked what its columns mean."""
        content = content.encode() if isinstance(content, str) else content
        answer = self.client.send(INDEX, file=(io.BytesIO(content), name), **more)
        assert answer.status_code == 303, answer.text
        return self.at(int(re.findall(r"\d+", answer.location)[0]))

    def at(self, id: int) -> "Bringing":
        """Go on with a list that was brought before."""
        self.id, self.path = id, f"/interchange/drafts/{id}"
        return self

    def name(self, **chosen: Any) -> "Bringing":
        """Say what the columns mean; then the preview stands."""
        answer = self.client.send(f"{self.path}/columns", f"{self.path}/columns", **chosen)
        assert answer.status_code == 303, answer.text
        return self

    def look(self, fate: str = "all") -> str:
        answer = self.client.get(f"{self.path}?fate={fate}")
        assert answer.status_code == 200
        return answer.text

    def decide(self, fate: str = "all", **decided: Any) -> "Bringing":
        """Keep decisions; `then="import"` carries the list out."""
        named = {name.replace("_", "-") if name.startswith(("row", "rule")) else name: value
                 for name, value in decided.items()}  # fmt: skip
        answer = self.client.send(f"{self.path}?fate={fate}", f"{self.path}/decide?fate={fate}", **named)
        assert answer.status_code == 303, answer.text
        return self

    def carry_out(self, **decided: Any) -> ImportDraft:
        self.decide(then="import", **decided)
        return self.draft

    @property
    def draft(self) -> ImportDraft:
        self.session.expire_all()
        return self.session.scalars(select(ImportDraft).where(ImportDraft.id == self.id)).one()
