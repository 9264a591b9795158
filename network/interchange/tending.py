"""What a tick does about imports: old lists are taken away, and what was broken off is begun again."""

from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy.orm import Session

from network import clock
from network.interchange import drafts, sources, working
from network.interchange.folders import folders, remove_folder
from network.interchange.models import Import, ImportDraft
from network.interchange.queries import older_than, undos_ordered, unfinished

KEPT = timedelta(days=30)
SETTLED = timedelta(days=1)  # until then a folder may belong to a list that is just being brought
TRIES = 3


def tend(session: Session) -> str:
    """Take old lists away and go on with what nobody works on; says how many of each. Commits before it goes on."""
    removed = remove_old(session)
    drafts_left, undos_left = go_on(session), [one.id for one in undos_ordered(session)]
    session.commit()
    for id in drafts_left:
        working.start(id, "run-draft", id).wait()
    for number in undos_left:
        if not working.is_worked_on(f"undo-{number}"):
            working.start(f"undo-{number}", "run-undo", number).wait()
    return f"{removed} old lists taken away, {len(drafts_left) + len(undos_left)} imports gone on with"


def refresh(session: Session) -> str:
    """Fetch the lists that refresh and are due. Nothing is asked of anybody before staff add one."""
    if not sources.due(session, clock.now(), 1):
        return "none is due"
    from network.interchange import refreshing  # it takes megabytes that most processes never need
    from network.outside.fetching import Fetcher

    return refreshing.refresh_due(session, Fetcher(current_app.config["BASE_URL"]))


def remove_old(session: Session) -> int:
    """Take away the lists that were brought long ago, and folders that belong to none; the imports stay."""
    old = [one for one in older_than(session, clock.now() - KEPT) if not working.is_worked_on(one.id)]
    for draft in old:
        drafts.discard(session, draft)
    session.flush()
    for folder in folders():
        age = datetime.now() - datetime.fromtimestamp(folder.stat().st_mtime)
        if age > SETTLED and not wanted(session, folder.name):
            remove_folder(folder.name)
    return len(old)


def wanted(session: Session, name: str) -> bool:
    """Whether a folder belongs to a list that waits or to an import that is being taken back."""
    number = name.removeprefix("undo-")
    if not number.isdecimal():
        return False
    if number == name:
        return session.get(ImportDraft, int(number)) is not None
    record = session.get(Import, int(number))
    return record is not None and record.undo_ordered_at is not None and record.undone_at is None


def go_on(session: Session) -> list[int]:
    """The lists to go on with. One that broke off several times waits for a person instead."""
    found = []
    for draft in unfinished(session):
        if working.is_worked_on(draft.id):
            continue
        if draft.attempts >= TRIES:
            drafts.give_back(draft, "broken")
        else:
            found.append(draft.id)
    return found
