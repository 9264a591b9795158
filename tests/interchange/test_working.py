"""Long imports outside the request: a stop or a kill in the middle leaves nothing half done, on both engines."""

import shutil
import signal
import time
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from network import clock
from network.accounts.models import Person
from network.directory.models import Link, Listing, Organization
from network.interchange import drafts, running, tending, working
from network.interchange.folders import folder_of, imports_folder, remove_folder
from network.interchange.models import Import, ImportDraft, ImportRow
from tests.interchange.bringing import Bringing, text_of

MANY = 3000
LEEDS = {"id": "7", "name": "Leeds Web Club", "category": "club"}


def many(count=MANY):
    rows = [
        {"id": str(n), "name": f"Coast Club {n}", "category": "club", "offers": "A room", "member_of": "net"}
        for n in range(count)
    ]
    return text_of({"id": "net", "name": "Coast Network", "category": "affiliate_network"}, *rows)


def counted(session):
    """How many rows the tables have that an import writes; lets go of the database, so that others can write."""
    session.rollback()
    models = (Organization, Listing, Link, ImportRow, Import)
    found = [session.scalar(select(func.count()).select_from(model)) for model in models]
    session.rollback()
    return found


@pytest.fixture(scope="module")
def kept(engine, tmp_path_factory):
    """A folder for the preview of the long list as it stood first, and what its draft said then."""
    return tmp_path_factory.mktemp("kept") / engine, {}


@pytest.fixture
def long(bringing, staff, session, monkeypatch, kept):
    """A long list whose preview stands, without any process started for it; made once, and copied from then on."""
    folder, said = kept
    if not said:
        monkeypatch.setattr(working, "start", lambda *order: None)
        brought = bringing(many()).name(source="coast")
        running.run(session, brought.id)
        monkeypatch.undo()
        columns = set(ImportDraft.__table__.columns.keys()) - {"id", "person_id"}
        said |= {name: getattr(brought.draft, name) for name in columns}
        shutil.copytree(folder_of(brought.id), folder)
        assert brought.draft.state == "ready"
        return brought
    copied = ImportDraft(person_id=session.scalar(select(Person.id)), **said)
    session.add(copied)
    session.commit()
    remove_folder(copied.id)
    shutil.copytree(folder, imports_folder() / str(copied.id))
    return Bringing(staff, session).at(copied.id)


def ordered(brought, session):
    drafts.order(brought.draft, "ordered")
    session.commit()


def killed_while(id, doing):
    """Begin an import in a process of its own and kill it while it does that; gives whether it came so far."""
    child = working.start(id, "run-draft", id)
    try:
        for _ in range(2400):
            if child.poll() is not None:
                return False
            if working.progress_of(id).get("doing") == doing:
                child.send_signal(signal.SIGKILL)
                return True
            time.sleep(0.01)
        return False
    finally:
        child.kill()
        child.wait()


@pytest.mark.parametrize("doing", ["reading", "writing", "indexing"])
def test_a_kill_in_the_middle_of_an_import_leaves_nothing_half_done(long, session, doing, monkeypatch):
    before = counted(session)
    ordered(long, session)
    assert killed_while(long.id, doing), (folder_of(long.id) / "log.txt").read_text()
    assert counted(session) == before
    assert long.draft.state == "ordered"
    assert "broken off" in long.look()
    tending.tend(session)
    assert long.draft.state == "done"
    organizations, listings, links, *_rest = counted(session)
    assert (organizations, listings, links) == (MANY + 1, MANY, MANY)


def test_a_kill_in_the_middle_of_an_undo_leaves_nothing_half_done(long, staff, session):
    ordered(long, session)
    running.run(session, long.id)
    before, number = counted(session), long.draft.import_id
    session.get(Import, number).undo_ordered_at = clock.now() - timedelta(minutes=1)
    session.commit()
    name = f"undo-{number}"
    working.forget_stop(name)
    child = working.start(name, "run-undo", number)
    while child.poll() is None and not working.progress_of(name).get("done"):
        time.sleep(0.01)
    child.kill()
    child.wait()
    session.expire_all()
    if session.get(Import, number).undone_at is None:
        assert counted(session) == before
        assert "nobody is at it" in staff.get(f"/interchange/imports/{number}").text
        tending.tend(session)
    assert counted(session)[:3] == [0, 0, 0], (folder_of(name) / "log.txt").read_text()


def test_who_stops_an_import_takes_back_what_was_begun(long, staff, session):
    before = counted(session)
    ordered(long, session)
    working.ask_to_stop(long.id)
    running.run(session, long.id)
    draft = long.draft
    assert (draft.state, draft.note) == ("ready", "stopped")
    assert counted(session) == before
    assert "It was stopped" in long.look()


def test_stopping_while_it_writes_does_not_wait_for_its_end(long, staff, session):
    ordered(long, session)
    page = staff.get(long.path).text
    token = {"csrf_token": page.partition('name="csrf_token" value="')[2].partition('"')[0]}
    child = working.start(long.id, "run-draft", long.id)
    while child.poll() is None and working.progress_of(long.id).get("doing") != "writing":
        time.sleep(0.01)
    began = time.monotonic()
    assert staff.post(f"{long.path}/stop", data=token).status_code == 303
    assert time.monotonic() - began < 4
    child.wait()
    assert long.draft.note == "stopped"
    assert counted(session)[0] == 0


def test_two_at_once_carry_an_import_out_once(long, session):
    ordered(long, session)
    first, second = (working.start(long.id, "run-draft", long.id) for _ in range(2))
    first.wait()
    second.wait()
    assert long.draft.state == "done"
    assert counted(session)[0] == MANY + 1
    assert counted(session)[-1] == 1


def test_what_broke_off_several_times_waits_for_a_person(long, session):
    ordered(long, session)
    long.draft.attempts = tending.TRIES
    tending.tend(session)
    session.commit()
    assert (long.draft.state, long.draft.note) == ("ready", "broken")


def test_a_fault_of_ours_is_said_and_leaves_nothing(long, session, monkeypatch):
    before = counted(session)
    ordered(long, session)
    monkeypatch.setattr(running.actions, "carry_out", lambda *order: 1 / 0)
    running.run(session, long.id)
    assert (long.draft.state, long.draft.note) == ("ready", "broken")
    assert counted(session) == before


def test_a_list_is_taken_away_after_thirty_days_and_its_import_stays(bringing, session):
    done = bringing(text_of(LEEDS)).name(source="clubs")
    done.carry_out()
    waiting = bringing(text_of(LEEDS | {"id": "8"}))
    long_ago = clock.now() - timedelta(days=31)
    session.execute(update(ImportDraft).where(ImportDraft.id.in_((done.id, waiting.id))).values(at=long_ago))
    fresh = bringing(text_of(LEEDS))
    assert tending.tend(session).startswith("2 old lists")
    session.commit()
    assert [one.id for one in session.scalars(select(ImportDraft))] == [fresh.id]
    assert (imports_folder() / str(fresh.id)).exists()
    assert session.scalar(select(func.count()).select_from(Import)) == 1
    assert session.scalar(select(func.count()).select_from(Organization)) == 1


def test_only_the_operator_can_read_what_waits(bringing):
    brought = bringing(text_of(LEEDS))
    assert folder_of(brought.id).stat().st_mode & 0o077 == 0
    assert imports_folder().stat().st_mode & 0o077 == 0
