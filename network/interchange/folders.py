"""Where the files of a waiting import lie: a folder of its own in the instance's folder, for staff's eyes alone."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import current_app

MAPPING, PREVIEW, REPORT = "mapping.json", "preview.json", "report.json"
PROGRESS, STOP, LOG = "progress.json", "stop", "log.txt"


def imports_folder() -> Path:
    """The folder of all of them, which nobody but the operator may read."""
    folder = Path(current_app.instance_path) / "imports"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def folder_of(name: object) -> Path:
    """The folder of a draft by its number, or of an import that is taken back by `undo-` and its number."""
    folder = imports_folder() / str(name)
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def remove_folder(name: object) -> None:
    """Take a folder away with all that is in it."""
    shutil.rmtree(imports_folder() / str(name), ignore_errors=True)


def folders() -> Iterator[Path]:
    """Every folder there is."""
    yield from sorted(path for path in imports_folder().iterdir() if path.is_dir())


def write_json(path: Path, value: Any) -> None:
    """Write a file that is there whole or not at all."""
    unfinished = path.with_name(f".{path.name}-{os.getpid()}")
    unfinished.write_text(json.dumps(value, ensure_ascii=False, default=str), "utf-8")
    unfinished.replace(path)


def read_json(path: Path) -> Any:
    """What a file says; None when it isn't there."""
    try:
        return json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
