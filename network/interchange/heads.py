"""What stands at the head of a list: its columns, with examples of what they hold, and how many rows follow."""

from dataclasses import dataclass, field
from typing import Any

from network.interchange.cells import plain
from network.interchange.mapping import blank
from network.interchange.reading import ListFile

EXAMPLES = 3
LONGEST = 60  # characters of an example
MOST = 100  # columns of a list whose rows name their own


@dataclass
class Heads:
    """The columns of a list in their order, each with examples; `rows` counts organisations and ties."""

    examples: dict[str, list[str]] = field(default_factory=dict)
    rows: int = 0

    @property
    def names(self) -> list[str]:
        return list(self.examples)


def heads_of(file: ListFile) -> Heads:
    """Read a list once, to its end or to where it can be read no further; raises Refused there."""
    found = Heads({name: [] for name in file.headers if name and file.format != "links"})
    for row in file.rows():
        found.rows += 1
        for name, cell in row.cells.items():
            if name in found.examples or len(found.examples) < MOST:
                show(found.examples.setdefault(name, []), cell)
    for row in file.links():
        found.rows += 1
        if file.format == "links":
            for name, cell in row.cells.items():
                show(found.examples.setdefault(name, []), cell)
    return found


def show(examples: list[str], cell: Any) -> None:
    """Keep a cell as an example, while there are few and it is another."""
    if len(examples) >= EXAMPLES or blank(cell):
        return
    text = " ".join(words(cell).split())
    text = text[:LONGEST] + "…" if len(text) > LONGEST else text
    if text and text not in examples:
        examples.append(text)


def words(cell: Any) -> str:
    """A cell in a line; of a list of offers or others its titles."""
    if not isinstance(cell, list):
        return plain(cell)
    return "; ".join(str(one.get("title", one)) if isinstance(one, dict) else plain(one) for one in cell)
