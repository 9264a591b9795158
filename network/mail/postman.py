"""Sends right after the request: one thread a process, that nobody waits for."""

import logging
import os
import threading

from flask import Flask, has_request_context
from sqlalchemy import event
from sqlalchemy.orm import Session

from network.mail.delivery import send_due

log = logging.getLogger(__name__)


class Postman:
    """A thread that sleeps until something was queued. It begins with the first mail, and ends with its process."""

    def __init__(self, app: Flask, at_once: bool) -> None:
        self.app, self.at_once = app, at_once
        self.rung = threading.Event()
        self.lock = threading.Lock()
        self.process, self.thread, self.retired = 0, threading.Thread(), False

    def ring(self) -> None:
        """Have what is queued sent soon, in a server; commands leave it to the next tick."""
        if not self.at_once or not has_request_context():
            return
        with self.lock:
            if self.process != os.getpid():  # threads are not born again with a forked process
                self.process, self.rung = os.getpid(), threading.Event()
                self.thread = threading.Thread(target=self.go_round, args=(self.rung,), name="postman", daemon=True)
                self.thread.start()
        self.rung.set()

    def retire(self) -> None:
        """Send no more, and wait for what is under way: before the application's connections are closed."""
        with self.lock:
            self.retired = True
        self.rung.set()
        if self.thread.is_alive():
            self.thread.join()

    def go_round(self, rung: threading.Event) -> None:
        while True:
            rung.wait()
            rung.clear()
            if self.retired:
                return
            try:
                with self.app.app_context():
                    send_due()
            except Exception:  # the next ring, or the next tick, tries again
                log.exception("mail could not be sent")


@event.listens_for(Session, "after_transaction_end")
def look(session: Session, transaction: object) -> None:
    """Ring once the transaction that queued something is over; after one that was taken back nothing is found."""
    postman: Postman | None = session.info.get("postman")
    if postman is not None and getattr(transaction, "parent", None) is None:
        del session.info["postman"]
        postman.ring()


def init_app(app: Flask) -> None:
    """Appoint the postman; tests, which read the queue, ask for him with MAIL_AT_ONCE."""
    app.extensions["postman"] = Postman(app, app.config.get("MAIL_AT_ONCE", not app.testing))
