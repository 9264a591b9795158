"""How much a list may hold, and the refusal that says so."""

from network.interchange.remarks import at

BYTES = 400_000_000  # as much as ROWS of our own export have
ROWS = 200_000
COLUMNS = 100
CELL = 100_000  # characters
LINE = 12_000_000  # characters: as many as the columns could hold together, and a little more


class Refused(Exception):
    """A list, or an order, that cannot be carried out: why, in one line, and where in the file."""

    def __init__(self, reason: str, line: int | None = None, column: str | int | None = None) -> None:
        self.reason, self.line, self.column = reason, line, column
        self.told = at(reason, line, column)
        super().__init__(self.told)
