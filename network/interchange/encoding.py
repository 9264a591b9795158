"""What a file of bytes is: how its text is encoded, how large it is, and what it is known by."""

import codecs
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from network.interchange.limits import BYTES, Refused
from network.interchange.remarks import remark

CHUNK = 1 << 20
HEAD = 4096
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
SAID = {
    "utf-8-sig": "UTF-8",
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16LE",
    "utf-16-be": "UTF-16BE",
    "cp1252": "Windows-1252",
}
SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d\x00]")
CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1f]")
OTHER_FILES = {
    b"PK\x03\x04": "zipped",
    b"\xd0\xcf\x11\xe0": "old_workbook",
    b"%PDF": "pdf",
    b"\x1f\x8b": "packed",
    b"\xff\xfe\x00\x00": "utf_32",
    b"\x00\x00\xfe\xff": "utf_32",
    b"SQLite format 3": "database",
}


@dataclass(frozen=True)
class Survey:
    """What was found out about a file by reading it once."""

    encoding: str
    sha256: str
    size: int

    @property
    def said(self) -> str:
        """The name by which everyone knows the encoding, in any language."""
        return SAID[self.encoding]


def survey(path: Path) -> Survey:
    """Read the file once, a piece at a time, and say what it is; raises Refused for what cannot be a list."""
    size = path.stat().st_size
    if size > BYTES:
        raise Refused(remark("size", size=f"{size / 1e6:.0f}", most=BYTES // 1_000_000))
    digest = hashlib.sha256()
    reader = codecs.getincrementaldecoder("utf-8")()
    broken = False
    with path.open("rb") as file:
        head = file.read(HEAD)
        file.seek(0)
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            if not broken:
                try:
                    reader.decode(chunk)
                except UnicodeDecodeError:
                    broken = True
        try:
            reader.decode(b"", final=True)
        except UnicodeDecodeError:
            broken = True
    return Survey(encoding_of(path, head, broken), digest.hexdigest(), size)


def encoding_of(path: Path, head: bytes, broken: bool) -> str:
    """The encoding, from a mark at its beginning, the pattern of its zero bytes, or what it can be at all."""
    for beginning, what in OTHER_FILES.items():
        if head.startswith(beginning):
            raise Refused(remark(what))
    for mark, name in MARKS:
        if head.startswith(mark):
            if name == "utf-8-sig" and broken:
                raise Refused(remark("half_utf_8"))
            return name
    if zeros := wide(head):
        return zeros
    if not broken and b"\0" not in head:
        return "utf-8"
    return windows(path)


def wide(head: bytes) -> str | None:
    """UTF-16 without a mark: letters of most languages leave every second byte zero."""
    half = len(head) // 2
    if half < 2:
        return None
    first, second = head[0 : 2 * half : 2].count(0) / half, head[1 : 2 * half : 2].count(0) / half
    if second > 0.3 and first < 0.05:
        return "utf-16-le"
    return "utf-16-be" if first > 0.3 and second < 0.05 else None


def windows(path: Path) -> str:
    """Windows-1252, unless the bytes cannot be that either, or are UTF-8 with a few broken ones."""
    well, other, line = 0, 0, 0
    with path.open("rb") as file:
        for number, row in enumerate(iter(lambda: file.readline(CHUNK), b""), 1):
            if UNDEFINED.search(row) or len(CONTROLS.findall(row)) > 4:
                raise Refused(remark("no_text"), number)
            here = len(SEQUENCE.findall(row))
            rest = len(BEYOND_ASCII.findall(SEQUENCE.sub(b"", row)))
            well, other, line = well + here, other + rest, line or (number if rest else 0)
    if well > other:
        raise Refused(remark("broken_utf_8"), line)
    return "cp1252"
