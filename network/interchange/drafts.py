"""Lists that wait to be imported: taken in, mapped, decided about, ordered, stopped, discarded. The caller commits."""

import os
from collections.abc import Mapping as Words
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import IO, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.clock import now
from network.directory.texts import one_line
from network.interchange import working
from network.interchange.choosing import recognised_mapping, widened
from network.interchange.deciding import Decisions
from network.interchange.folders import MAPPING, folder_of, imports_folder, read_json, remove_folder, write_json
from network.interchange.heads import Heads, heads_of
from network.interchange.limits import BYTES, Refused
from network.interchange.mapping import Mapping
from network.interchange.mapping_files import as_written, mapping_of, read_mapping
from network.interchange.models import ImportDraft, ImportMapping
from network.interchange.queries import remembered
from network.interchange.reading import ENDINGS, open_list
from network.interchange.reading_xlsx import is_workbook, unfold
from network.interchange.remarks import remark

HEADS, UNFOLDED, GIVEN_MAPPING = "heads.json", "sheet.json", "given.toml"
SMALL = 500  # rows: so many are read and written within a request
PIECE = 1 << 20


@dataclass(frozen=True)
class Arrived:
    """A list as it was brought: the folder in which it lies for now, its file there, and what stands at its head."""

    folder: Path
    name: str
    file: str
    said: dict[str, Any]
    heads: Heads


def receive(content: IO[bytes], name: str, mapping: bytes = b"") -> Arrived:
    """Keep what was sent and look at it, without the database; raises Refused for what is no list.

    `mapping` is the text of a mapping file (TOML), if there is one.
    """
    folder = folder_of(f"new-{token_hex(8)}")
    ending = Path(name).suffix.lower()
    file, said = f"list{ending}" if ending in ENDINGS else "list", {}
    try:
        keep(content, folder / file)
        if is_workbook(folder / file):
            sheet, others = unfold(folder / file, folder / UNFOLDED)
            (folder / file).unlink()
            file, said = UNFOLDED, {"sheet": sheet, "other_sheets": list(others)}
        if mapping:
            (folder / GIVEN_MAPPING).write_bytes(mapping)
            read_mapping(folder / GIVEN_MAPPING)
        found = open_list(folder / file)
        heads = heads_of(found)
        if not heads.rows:
            raise Refused(remark("no_rows"))
        write_json(folder / HEADS, {"examples": heads.examples, "rows": heads.rows})
    except BaseException:
        remove_folder(folder.name)
        raise
    return Arrived(folder, shown_name(name), file, said | {"format": found.format}, heads)


def take_in(session: Session, arrived: Arrived, person_id: int | None) -> ImportDraft:
    """Let a list wait, with what its columns seem to mean."""
    draft = ImportDraft(person_id=person_id, file_name=arrived.name, file=arrived.file, said=arrived.said)
    draft.rows = arrived.heads.rows
    session.add(draft)
    session.flush()
    remove_folder(draft.id)
    arrived.folder.rename(imports_folder() / str(draft.id))
    meant, known = proposed(session, folder_of(draft.id), arrived.heads)
    draft.said = draft.said | {"remembered": known}
    draft.source = meant.source or one_line(Path(draft.file_name).stem)[:200]
    write_json(folder_of(draft.id) / MAPPING, as_written(meant))
    return draft


def shown_name(name: str) -> str:
    """The name of a file without its folder, in letters that can be stored."""
    plain = one_line(name.replace("\\", "/").rpartition("/")[2].encode("utf-8", "replace").decode())
    return plain.replace("\0", "")[-255:] or "pasted rows"


def keep(content: IO[bytes], path: Path) -> None:
    """Write what was sent to a file; refuses what is larger than a list may be."""
    size = 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        while piece := content.read(PIECE):
            size += len(piece)
            if size > BYTES:
                raise Refused(remark("megabytes", most=BYTES // 1_000_000))
            file.write(piece)


def proposed(session: Session, folder: Path, heads: Heads) -> tuple[Mapping, bool]:
    """What the columns mean: as a mapping file says, as it was said of this list before, or by their spelling.

    Says also whether it was remembered.
    """
    if (folder / GIVEN_MAPPING).exists():
        return read_mapping(folder / GIVEN_MAPPING), False
    known = remembered(session, heads.names)
    if known:
        return widened(mapping_of(known.said), known.headers, heads.names), True
    return recognised_mapping(heads.names), False


def heads_kept(draft: ImportDraft) -> Heads:
    """The columns of a list that waits, with their examples."""
    said = read_json(folder_of(draft.id) / HEADS) or {"examples": {}, "rows": 0}
    return Heads(said["examples"], said["rows"])


def mapping_kept(draft: ImportDraft) -> Mapping:
    """What its columns mean, as far as anybody said."""
    return mapping_of(read_json(folder_of(draft.id) / MAPPING) or {})


def set_mapping(session: Session, draft: ImportDraft, mapping: Mapping) -> None:
    """Say what the columns mean, for this list and for the next of its name; decisions about its rows are forgotten."""
    said = as_written(mapping)
    write_json(folder_of(draft.id) / MAPPING, said)
    draft.source, draft.decisions, draft.counts = mapping.source, {}, {}
    if mapping.source:
        known = session.scalars(select(ImportMapping).where(ImportMapping.source == mapping.source)).one_or_none()
        known = known or ImportMapping(source=mapping.source)
        known.headers, known.said, known.changed_at = heads_kept(draft).names, said, now()
        session.add(known)


def order(draft: ImportDraft, state: str) -> None:
    """Order the preview (`reading`) or the import (`ordered`)."""
    working.forget_stop(draft.id)
    draft.state, draft.note, draft.attempts, draft.ordered_at = state, "", 0, now()
    draft.version += 1


def give_back(draft: ImportDraft, note: str) -> None:
    """Let a list wait again where it was before something was ordered, and say why."""
    draft.state = "columns" if draft.state == "reading" else "ready"
    draft.note = note[:500]
    draft.version += 1
    working.forget_stop(draft.id)


def decide(draft: ImportDraft, decisions: Decisions, skip_errors: bool) -> None:
    """Keep what was decided about rows in doubt and about those with errors."""
    draft.decisions = decisions.said | {"skip_errors": skip_errors}
    draft.version += 1


def decisions_of(draft: ImportDraft) -> Decisions:
    return Decisions.read(draft.decisions)


def skips_errors(said: Words[str, object]) -> bool:
    """Whether sound rows are to be written although others have errors."""
    return bool(said.get("skip_errors"))


def discard(session: Session, draft: ImportDraft) -> None:
    """Take a list away that waits, with its file."""
    remove_folder(draft.id)
    session.delete(draft)
