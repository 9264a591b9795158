"""A report that can be leafed through: beside it lies an index, so that a page of it is read without the rest."""

import json
import struct
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from network.interchange.evidence import kept
from network.interchange.linking import PlannedLink
from network.interchange.plans import FATES, Planned
from network.interchange.remarks import Told, taken_apart
from network.interchange.reporting import Report, link_report, remark, row_report
from network.interchange.stating import Remark

ENTRY = struct.Struct("<QBB")  # where the row begins, the number of its fate, 1 when it has warnings
WARNED = "warned"


def index_of(path: Path) -> Path:
    """The index of a report."""
    return path.with_suffix(".index")


class Leafed(Report):
    """A report with an index, that says of each row what a page needs beside: its number, and all that it states."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.index: IO[bytes] | None = None
        self.doubts: Counter[str] = Counter()

    def __enter__(self) -> "Leafed":
        super().__enter__()
        self.unfinished_index = self.unfinished.with_suffix(".index")
        self.index = self.unfinished_index.open("wb")
        assert self.file
        self.at = self.file.tell()
        return self

    def __exit__(self, *error: Any) -> None:
        super().__exit__(*error)
        if self.index:
            self.index.close()
            self.unfinished_index.unlink(missing_ok=True)

    def add(self, row: Planned, written: bool) -> None:
        more: dict[str, Any] = {"number": row.number}
        if row.doubt:
            self.doubts[row.doubt] += 1
            more |= {"doubt": row.doubt, "looks_like": row.looks_like}
        if row.fate == "new" or row.doubt:
            more["states"] = row.stated or row.after
        self.write(row_report(row, written) | more | pieces(row), bool(row.warnings))

    def add_link(self, link: PlannedLink) -> None:
        self.write(link_report(link) | pieces(link), bool(link.warnings))

    def write(self, said: dict[str, Any], warned: bool) -> None:
        assert self.file
        assert self.index
        begins = self.at + len(self.separator)
        text = json.dumps(said, ensure_ascii=False, default=str)
        self.index.write(ENTRY.pack(begins, FATES.index(said["fate"]), warned))
        self.at = begins + len(text.encode())
        super().write(said, warned)

    def finish(self, summary: dict[str, Any]) -> None:
        assert self.path
        assert self.index
        self.index.close()
        self.unfinished_index.replace(index_of(self.path))
        super().finish(summary)
        self.path.chmod(0o600)


def pieces(row: Planned | PlannedLink) -> dict[str, Any]:
    """What a page needs to say of a row in its reader's language."""
    found: dict[str, Any] = {}
    if row.fate == "duplicate":
        found["pieces"] = list(map(kept, row.evidence))
    for name, remarks in (("errors", row.errors), ("warnings", row.warnings)):
        if remarks:
            found[name] = list(map(worded, remarks))
    return found


def worded(one: Remark) -> dict[str, Any]:
    """A remark with what it takes to say it in another language."""
    text = one.text
    if not isinstance(text, Told):
        return remark(one)
    key, values = taken_apart(text)
    return remark(one) | {"key": key, "values": values}


class Leaves:
    """Reads pages of a report that `Leafed` wrote; raises FileNotFoundError when there is none."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.entries = list(ENTRY.iter_unpack(index_of(path).read_bytes()))

    def places(self, kind: str) -> Sequence[int]:
        """Where the rows of a fate begin, those with warnings, or all."""
        if kind == WARNED:
            return [at for at, _fate, warned in self.entries if warned]
        if kind in FATES:
            wanted = FATES.index(kind)
            return [at for at, fate, _warned in self.entries if fate == wanted]
        return [at for at, _fate, _warned in self.entries]

    def counts(self) -> dict[str, int]:
        """How many rows there are of each fate, and with warnings."""
        numbers = [fate for _at, fate, _warned in self.entries]
        counts = {name: numbers.count(number) for number, name in enumerate(FATES)}
        return counts | {WARNED: sum(warned for _at, _fate, warned in self.entries)}

    def rows(self, places: Sequence[int]) -> Iterator[dict[str, Any]]:
        """The rows that begin at some places."""
        with self.path.open("rb") as file:
            for at in places:
                file.seek(at)
                yield json.loads(file.readline().rstrip(b",\n"))
