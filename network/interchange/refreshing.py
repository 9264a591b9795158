"""Fetching a list that refreshes: what has changed waits as a draft, whose differences a person decides. Commits."""

import io
from collections.abc import Mapping as Headers
from hashlib import sha256
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from network import ticking
from network.clock import now
from network.interchange import drafts, running, sources, working
from network.interchange.choosing import enough, widened
from network.interchange.folders import MAPPING, folder_of, write_json
from network.interchange.limits import Refused
from network.interchange.mapping_files import as_written, mapping_of
from network.interchange.models import ImportDraft, ImportMapping, ImportSource
from network.interchange.reading import ENDINGS
from network.interchange.remarks import in_pieces
from network.logs import log
from network.outside.addresses import Unreachable
from network.outside.fetching import Answer, Fetcher

MOST = 16_000_000  # bytes, as many as a list may have that somebody brings through the page
AT_ONCE = 5  # lists in a tick
KNOWN_TYPES = {"text/csv": ".csv", "application/geo+json": ".geojson", "application/json": ".json"}


def name_of(id: int) -> str:
    """By what name the work on a list is known, while a process is at it."""
    return f"source-{id}"


def refresh_due(session: Session, fetcher: Fetcher) -> str:
    """Fetch the lists that are to be fetched now; says what came of it."""
    outcomes: dict[str, int] = {}
    some = sources.due(session, now(), AT_ONCE)
    session.commit()
    for id in some:
        try:
            outcome = refresh(session, id, fetcher)
        except Exception:  # one odd list must not keep all others from being fetched
            session.rollback()
            log.exception("fetching the list %s failed", id)
            outcome = note_failure(session, id, "ours", "")
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    return ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items())) or "none is due"


def refresh(session: Session, id: int, fetcher: Fetcher, anew: bool = False) -> str:
    """Fetch a list, unless another process does; `anew` says: even if it hasn't changed since the last time.

    Gives what came of it: changed, unchanged, failed, waits (somebody decides about what came before), or busy.
    """
    with ticking.alone(f"import {name_of(id)}") as free:
        if not free:
            return "busy"
        source = session.get(ImportSource, id, populate_existing=True)
        if source is None or (source.paused_at and not anew):
            session.rollback()
            return "unchanged"
        if decided_about(session, source):
            source.due_at = now() + sources.AGAIN
            session.commit()
            return "waits"
        address, known = source.address, {} if anew else conditions(source)
        session.commit()
        try:
            answer = fetched(fetcher, address, known)
        except Unreachable as error:
            return note_failure(session, id, error.why, error.detail)
        return take(session, id, answer, anew)


def decided_about(session: Session, source: ImportSource) -> bool:
    """Whether somebody is at what came the last time: then another doesn't take its place."""
    draft = sources.draft_of(session, source)
    return draft is not None and (draft.state in sources.AT_WORK or bool(draft.decisions))


def conditions(source: ImportSource) -> dict[str, str]:
    """The headers by which a server says in a line that nothing has changed."""
    known = {"If-None-Match": source.etag, "If-Modified-Since": source.modified}
    return {name: value for name, value in known.items() if value and source.sha256}


def fetched(fetcher: Fetcher, address: str, known: Headers[str, str]) -> Answer:
    """The answer, if it is a list or says that nothing has changed; raises Unreachable for every other."""
    answer = fetcher.fetch(address, headers=known, most=MOST)
    if answer.status == 304 and known:
        return answer
    if answer.status in (404, 410):
        raise Unreachable("missing", answer.status)
    if answer.status != 200:
        raise Unreachable("status", answer.status)
    if answer.headers.get("content-encoding", "identity") != "identity":
        raise Unreachable("packed")
    if answer.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise Unreachable("page")
    return answer


def note_failure(session: Session, id: int, why: str, detail: str) -> str:
    source = session.get(ImportSource, id, populate_existing=True)
    if source:
        sources.failed(source, why, detail)
    session.commit()
    return "failed"


def take(session: Session, id: int, answer: Answer, anew: bool) -> str:
    """Let what was fetched wait, if it is another than the last time."""
    source = session.get(ImportSource, id, populate_existing=True)
    if source is None:
        session.rollback()
        return "unchanged"
    headers, digest = answer.headers, sha256(answer.body).hexdigest()
    if answer.status == 304 or (digest == source.sha256 and not anew):
        sources.succeeded(source, headers.get("etag", source.etag), headers.get("last-modified", source.modified))
        session.commit()
        return "unchanged"
    name = file_name(answer, source.name)
    session.commit()
    try:
        arrived = drafts.receive(io.BytesIO(answer.body), name)
    except Refused as error:
        return note_failure(session, id, "list", in_pieces(error.told, 500))
    source = session.get_one(ImportSource, id, populate_existing=True)
    former = sources.draft_of(session, source)
    if former:
        drafts.discard(session, former)
    draft = drafts.take_in(session, arrived, None)
    known = set_up(session, draft, arrived, source.name)
    sources.succeeded(source, headers.get("etag", ""), headers.get("last-modified", ""))
    source.draft_id, source.format, source.sha256 = draft.id, str(arrived.said["format"]), digest
    source.arrived_at = now()
    number, rows = draft.id, draft.rows
    if known:
        drafts.order(draft, "reading")
    session.commit()
    if not known:
        return "changed"
    look_over(session, number, rows)
    return settle(session, id, number)


def file_name(answer: Answer, name: str) -> str:
    """What the file of a list is called: as at its address, or as the list, with an ending that says what it is."""
    last = PurePosixPath(unquote(urlsplit(answer.url).path)).name
    if PurePosixPath(last).suffix.lower() in (*ENDINGS, ".xlsx"):
        return last
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    return name + KNOWN_TYPES.get(kind, "")


def set_up(session: Session, draft: ImportDraft, arrived: drafts.Arrived, name: str) -> bool:
    """Say what the columns mean, as it was said of this list before; whether that is known."""
    known = session.scalars(select(ImportMapping).where(ImportMapping.source == name)).one_or_none()
    draft.source = name
    if known is None:
        return False
    mapping = widened(mapping_of(known.said), known.headers, arrived.heads.names)
    mapping.source = name
    write_json(folder_of(draft.id) / MAPPING, as_written(mapping))
    draft.said = draft.said | {"remembered": True}
    return draft.said["format"] == "links" or enough(mapping, arrived.heads.names)


def look_over(session: Session, number: int, rows: int) -> None:
    """Find every row's fate, here or, of a long list, in a process of its own."""
    if rows <= drafts.SMALL:
        running.run(session, number)
    else:
        working.start(number, "run-draft", number).wait()


def settle(session: Session, id: int, number: int) -> str:
    """Let a list wait for a person only if it would change something, or if other rows than before are in doubt."""
    session.rollback()
    source, draft = session.get(ImportSource, id, populate_existing=True), session.get(ImportDraft, number)
    if source is None or draft is None or draft.state != "ready":
        session.commit()
        return "changed"
    counts, lost = draft.counts, draft.said.get("gone", [])
    told = f"{counts['duplicate']} {counts['error']} {sha256(repr(lost).encode()).hexdigest()}"
    quiet = not counts["new"] and not counts["updated"]
    nothing = quiet and not counts["duplicate"] and not counts["error"] and not lost
    if nothing or (quiet and told == source.told):
        drafts.discard(session, draft)
        session.commit()
        return "unchanged"
    source.told = told
    session.commit()
    return "changed"
