"""The browser journeys: the demonstration network, served, and people to walk through it."""

import fcntl
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from jinja2 import BytecodeCache
from playwright.sync_api import Browser, BrowserContext, expect
from sqlalchemy import select, update
from werkzeug.middleware.shared_data import SharedDataMiddleware
from werkzeug.serving import WSGIRequestHandler, make_server

from network import create_app
from network.config import ROOT
from network.extensions import db, limiter
from network.mail.models import Message
from network.maps.models import SavedMap
from tests import gazetteer, pseudo
from tests.journeys.browser import AXE, AXE_PATH, Person
from tests.journeys.drawing import Table
from tests.journeys.founded import Founded, let_in
from tests.journeys.manners import MANNERS
from tests.journeys.quay import COORDINATOR, FARIDA
from tests.journeys.quay import quay as drawn_quay

expect.set_options(timeout=15_000)  # a busy machine takes its time
WAITING = 12  # browsers at most that nobody uses: each takes memory
LINK = re.compile(r"https?://[^\s/]+(/\S+)")


class Quiet(WSGIRequestHandler):
    """Serves without a line for each request: the application logs them itself."""

    def log_request(self, *facts: Any) -> None:
        pass


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance folder with the demonstration network and the pseudo-language, made once for all processes."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    folder = shared / "demonstration"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "loaded").exists():
            environment = {**os.environ, "INSTANCE_PATH": str(folder), "DATABASE_URL": ""}
            folder.mkdir(exist_ok=True)
            shutil.copyfile(gazetteer.loaded(minimum_population=5000), folder / "network.db")
            demo = [sys.executable, "-m", "flask", "--app", "wsgi", "demo", "load"]
            subprocess.run(demo, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
            pseudo.write(folder)
            (folder / "loaded").touch()
    return folder


@pytest.fixture(scope="session")
def served_app(
    demonstration: Path, compiled: BytecodeCache, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """The application over this process's own copy of the demonstration network; it speaks the pseudo-language too."""
    database = f"sqlite:///{shutil.copy(demonstration / 'network.db', tmp_path_factory.mktemp('served'))}"
    settings = {"LOG_LEVEL": "WARNING", "MAIL_AT_ONCE": False, "SEND_FILE_MAX_AGE_DEFAULT": 3600}  # no file changes
    app = create_app({"DATABASE_URL": database, **settings, **pseudo.settings(demonstration)})
    app.jinja_env.bytecode_cache = compiled
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def address(served_app: Flask) -> Iterator[str]:
    """Where the demonstration network is served, and axe beside it."""
    served = SharedDataMiddleware(served_app, {AXE_PATH: str(AXE)})
    server = make_server("127.0.0.1", 0, served, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join(5)
    server.server_close()


@pytest.fixture(scope="session")
def lent() -> list[tuple[str, BrowserContext]]:
    """The browsers that wait for the next who comes alike, with what they were made with; who left last is last."""
    return []


@pytest.fixture
def person(address: str, browser: Browser, lent: list[tuple[str, BrowserContext]]) -> Iterator[Callable[..., Person]]:
    """A function that gives someone a browser: `person(width=320, java_script_enabled=False, locale="fr-FR")`.

    Whatever else it is given goes to Playwright's `new_context` (`color_scheme="dark"`, `forced_colors="active"` ...).
    A request to another host, an error in the console or an answer of 400 or more that isn't `expected` fails the test.
    The browser is one that somebody left: to open one, and to fetch and compile all that a page needs, takes longer
    than the page. Who listens to its page, holds back what it asks for or pulls its plug takes one of her `own`.
    """
    limiter.reset()
    people: list[tuple[Person, str]] = []

    def come(
        width: int = 1280,
        height: int = 900,
        expected: tuple[int, ...] = (),
        colours: bool = True,
        own: bool = False,
        **options: Any,
    ) -> Person:
        options = {"locale": "en-GB"} | options
        script, kind = options.get("java_script_enabled", True), "" if own else repr(sorted(options.items()))
        waiting = [number for number, (its_kind, _context) in enumerate(lent) if its_kind == kind]
        context = lent.pop(waiting[-1])[1] if waiting else browser.new_context(**options)
        people.append((Person(address, context, script, colours, set(expected)), kind))
        one, window = people[-1][0], {"width": width, "height": height}
        if one.page.viewport_size != window:
            one.page.set_viewport_size(window)
        return one

    yield come
    complaints = [complaint for one, _kind in people for complaint in one.complaints]
    for one, kind in people:
        if kind:
            lent.append((kind, one.leave()))
        else:
            one.context.close()
    while len(lent) > WAITING:
        lent.pop(0)[1].close()
    assert not complaints, "\n".join(complaints)


VISITORS: dict[str, dict[str, Any]] = {
    "desktop": {},
    "phone": {"width": 320, "height": 640, "has_touch": True, "colours": False},
    "dark": {"color_scheme": "dark"},
    "forced-colours": {"forced_colors": "active"},
    "right-to-left": {"locale": pseudo.LOCALE, "width": 390, "colours": False},
    "without-script": {"java_script_enabled": False},
}


@pytest.fixture(params=VISITORS)
def visitor(request: pytest.FixtureRequest, person: Callable[..., Person]) -> Person:
    """Everyone who may come: the test runs once for each of VISITORS."""
    return person(**VISITORS[request.param])


@pytest.fixture(params=MANNERS)
def manner(request: pytest.FixtureRequest) -> str:
    """How somebody walks through a whole journey: once for each of MANNERS."""
    return request.param


@pytest.fixture
def letter(served_app: Flask) -> Callable[[str, str], str]:
    """A function that gives the text of the last mail of a kind to somebody."""

    def read(kind: str, to: str) -> str:
        with served_app.app_context():
            mine = (Message.kind == kind, Message.address == to)
            text = db.session.scalars(select(Message.text).where(*mine).order_by(Message.id.desc())).first()
        assert text, f"no mail {kind} to {to}"
        return text

    return read


@pytest.fixture
def mailed(letter: Callable[[str, str], str]) -> Callable[[str, str], str]:
    """A function that gives the first address in the last mail of a kind to somebody, as a path."""

    def read(kind: str, to: str) -> str:
        found = LINK.search(letter(kind, to))
        assert found, f"no link in the mail {kind} to {to}"
        return found[1]

    return read


@pytest.fixture
def founded(served_app: Flask) -> Iterator[Callable[..., Founded]]:
    """A function that makes an organisation with an admin, for as long as the test lasts; see `Founded`."""
    made: list[Founded] = []

    def found(*arguments: Any, **fields: Any) -> Founded:
        made.append(Founded(served_app, *arguments, **fields))
        return made[-1]

    yield found
    for one in made:
        one.take_away()


@pytest.fixture
def quay(served_app: Flask, founded: Callable[..., Founded]) -> Iterator[str]:
    """The address of a map of a small network; see `tests.journeys.quay`."""
    with drawn_quay(served_app, founded) as slug:
        yield slug


@pytest.fixture
def table(served_app: Flask, person: Callable[..., Person], quay: str) -> Callable[..., Table]:
    """A function that seats one of the staff at the drawing table of that map, or its coordinator, whose it is then."""

    def sit(email: str = FARIDA, **options: Any) -> Table:
        if email == COORDINATOR:
            with served_app.app_context():
                db.session.execute(update(SavedMap).where(SavedMap.slug == quay).values(audience="network"))
                db.session.commit()
        one = person(**{"height": 1000, **options})
        let_in(served_app, one, email, strong=True)
        return Table(one, quay)

    return sit
