"""The index of matches stands before anybody asks."""

import logging

from sqlalchemy.exc import OperationalError

from network.matching.starting import at_start


def test_a_server_builds_the_index_while_it_starts(app, organization, listing, session, caplog):
    lab = organization("Accra Open Lab", category="partner")
    listing(lab, "seek", "A legal home for our small club", kind="legal")
    session.commit()
    matcher = app.extensions["matcher"]
    with caplog.at_level(logging.INFO, "network"):
        at_start(app).join(30)
    assert len(matcher.index.rows) >= 1
    assert "the index of matches stands" in caplog.text


def test_without_a_database_it_says_so_and_the_first_question_builds_it(app, monkeypatch, caplog):
    def away(session):
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    monkeypatch.setattr(app.extensions["matcher"], "follow", away)
    with caplog.at_level(logging.WARNING, "network"):
        at_start(app).join(30)
    assert "waits for the database" in caplog.text
