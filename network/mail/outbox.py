"""Where mails go when there is no mail server: a folder with one readable file a message, the newest last."""

import os
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from flask import current_app

READABLE: dict[str, Any] = {"utf8": True, "cte_type": "8bit", "max_line_length": 998}


def folder() -> Path:
    """The operator's `outbox`."""
    return Path(current_app.instance_path) / "outbox"


def put(name: str, message: EmailMessage) -> Path:
    """Write a message to a file that only its owner reads: there at once and whole, or not at all."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder() / f"{name}.eml"
    unfinished = file.with_suffix(".part")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(message.as_bytes(policy=message.policy.clone(**READABLE)))
    os.replace(unfinished, file)
    return file


def files() -> list[Path]:
    """What was written, the newest last."""
    return sorted(folder().glob("*.eml"))


def forget(address: str) -> int:
    """Take away every message that names an address, however it is spelt; gives how many."""
    wanted = address.casefold()
    found = [file for file in files() if wanted in file.read_text("utf-8", errors="replace").casefold()]
    for file in found:
        file.unlink(missing_ok=True)
    return len(found)
