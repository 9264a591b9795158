"""What a tick does about websites: it asks a few of them, the longest unasked first."""

import time
from typing import TYPE_CHECKING

from flask import current_app
from sqlalchemy.orm import Session

from network.clock import now
from network.directory.tasks import GONE_WEBSITE, MOVED_WEBSITE
from network.logs import log
from network.websites import actions, queries

if TYPE_CHECKING:
    from network.outside.fetching import Fetcher

AT_ONCE = 20  # websites
BUDGET = 60.0  # seconds, after which no other is begun


def tend(session: Session) -> str:
    """Ask some websites, and note how they answer; says how many. Nothing of the database is held meanwhile."""
    for task in queries.outdated(session, (GONE_WEBSITE, MOVED_WEBSITE)):
        task.done_at = now()
    if not current_app.config["CHECK_WEBSITES"]:
        return "not asked: CHECK_WEBSITES is off"
    from network.outside.fetching import Fetcher  # most processes never need it

    return ask(session, Fetcher(current_app.config["BASE_URL"]))


def ask(session: Session, fetcher: "Fetcher") -> str:
    """The same with a fetcher of one's own."""
    from network.websites.looking import Found, look

    begun, counts = time.monotonic(), {True: 0, False: 0, None: 0}
    some = queries.due(session, now(), AT_ONCE)
    session.commit()
    for id, website in some:
        if time.monotonic() - begun > BUDGET:
            break
        try:
            found = look(fetcher, website)
        except Exception:  # one odd website must not keep all others from being asked
            log.exception("asking the website of organisation %s failed", id)
            found = Found(None)
        actions.note(session, id, website, found)
        session.commit()
        counts[found.answers] += 1
    return f"{counts[True]} answer, {counts[False]} don't, {counts[None]} are not to be asked"
