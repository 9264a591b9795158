"""What a timer runs: every job by itself, never twice at once, and one that fails stops no other."""

import threading

import pytest

from network import ticking
from network.directory.models import Organization
from network.mail.models import Message


@pytest.fixture
def jobs(app, monkeypatch):
    """The jobs of a tick, to be filled by a test."""
    monkeypatch.setitem(app.extensions, "jobs", {})
    return app.extensions["jobs"]


@pytest.fixture
def tick(app):
    """A function that runs the command and gives its lines, its complaints and its exit status."""

    def run():
        done = app.test_cli_runner().invoke(args=["ops", "tick"])
        return done.stdout.splitlines(), done.stderr.splitlines(), done.exit_code

    return run


def test_each_job_says_what_it_did(app, jobs, tick):
    ticking.every_tick(app, "bread", lambda session: "2 loaves")
    ticking.every_tick(app, "milk", lambda session: "none left")
    assert tick() == (["bread: 2 loaves", "milk: none left"], [], 0)


def test_a_job_that_fails_is_taken_back_and_named_and_the_others_go_on(app, jobs, tick, session):
    def half(session):
        session.add(Organization(name="Half", slug="half", category="club"))
        session.flush()
        raise RuntimeError("no more")

    def whole(session):
        session.add(Organization(name="Whole", slug="whole", category="club"))
        return "done"

    ticking.every_tick(app, "half", half)
    ticking.every_tick(app, "whole", whole)
    session.commit()
    said, complaints, status = tick()
    assert (said, status) == (["whole: done"], 1)
    assert complaints[-1] == "half failed: the log says why"
    assert [one.slug for one in session.query(Organization)] == ["whole"]


def test_a_job_runs_in_one_process_at_a_time(app, jobs, session):
    session.commit()
    begun, go_on, said = threading.Event(), threading.Event(), []

    def slow(session):
        begun.set()
        assert go_on.wait(10)
        return "done"

    ticking.every_tick(app, "slow", slow)

    def run():
        with app.app_context():
            ticking.tick(said.append)

    first = threading.Thread(target=run)
    first.start()
    assert begun.wait(10)
    run()
    go_on.set()
    first.join(10)
    assert said == ["slow: is being done by another tick", "slow: done"]
    run()
    assert said[-1] == "slow: done"


def test_the_real_jobs_all_run_and_run_again(tick, organization):
    organization("Never confirmed", email="hello@example.org")
    for _ in range(2):
        said, complaints, status = tick()
        assert (complaints, status) == ([], 0)
        names = [line.partition(":")[0] for line in said]
        assert {"accounts", "asking", "index", "digests", "old mail", "mail"} <= set(names)
        assert names[-1] == "mail"


def test_a_mail_that_failed_is_said_by_the_check(app, session):
    emptied = {"address": "", "subject": "", "text": "", "html": "", "locale": "en"}
    session.add(Message(kind="told", state="failed", problem="550", **emptied))
    session.commit()
    done = app.test_cli_runner().invoke(args=["ops", "check"])
    assert done.exit_code == 1
    assert "1 mails of the kind told could not be sent" in done.stderr
