"""A long sequence kept in a temporary file instead of in memory."""

import pickle
import tempfile
from collections.abc import Iterator
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Spool(Generic[Item]):
    """Items are appended first, then read in order as often as needed. The file has no name, so it vanishes with us."""

    def __init__(self) -> None:
        self.file = tempfile.TemporaryFile()  # noqa: SIM115 (it lives as long as we do, and `close` closes it)
        self.count = 0

    def append(self, item: Item) -> None:
        pickle.dump(item, self.file, pickle.HIGHEST_PROTOCOL)
        self.count += 1

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Item]:
        self.file.seek(0)
        for _number in range(self.count):
            yield pickle.load(self.file)

    def close(self) -> None:
        self.file.close()
