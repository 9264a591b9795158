"""What was learnt from all that ships, as arrays that the processes of a machine share: made at set-up.

Where it is missing, or was made from other words, each process learns for itself, which takes seconds.
"""

import logging
import shutil
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import Stemmer
from numpy.typing import NDArray

from network.directory.shipped import sources

FOLDER = Path(__file__).with_name("learnt")
CODE = (
    "learning.py",
    "letters.py",
    "shipped.py",
    "small_words.py",
    "stemming.py",
    "function_words.json",
    "../places/folding.py",
)

log = logging.getLogger(__name__)


@cache
def digest() -> str:
    """What tells today's words, and the way of learning from them, from others."""
    made = sha256(Stemmer.version().encode())
    for file in (*sources(), *(FOLDER.parent / name for name in CODE)):
        made.update(file.read_bytes())
    return made.hexdigest()[:16]


def kept(name: str) -> dict[str, NDArray[Any]] | None:
    """The arrays of what was learnt under a name, by theirs; None where it isn't kept."""
    files = sorted((FOLDER / digest()).glob(f"{name}.*.npy"))
    if not files:
        log.info("Learning the %s of what ships, which the set-up would keep.", name)
        return None
    return {file.stem.split(".")[1]: np.load(file, mmap_mode="r") for file in files}


def keep(learnt: Mapping[str, Mapping[str, NDArray[Any]]]) -> None:
    """Keep what was learnt, by names, instead of what was kept."""
    made = FOLDER / "made"
    shutil.rmtree(FOLDER, ignore_errors=True)
    made.mkdir(parents=True)
    for name, arrays in learnt.items():
        for array, values in arrays.items():
            np.save(made / f"{name}.{array}.npy", values)
    made.rename(FOLDER / digest())
