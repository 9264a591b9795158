"""A person with a browser: what she opens is watched, so that nothing goes wrong unseen."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    Response,
    WebError,
)

from network.config import ROOT

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OPTIONS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
AXE = ROOT / "node_modules/axe-core/axe.min.js"
AXE_PATH = "/axe.js"  # where it is served: a browser fetches it sooner than it is told half a megabyte
STILL = "/static/favicon.svg"  # where nothing happens; another site, or none, would end the process that is warm by now
AXE_OPTIONS = {"resultTypes": ["violations"]}
BUT_COLOURS = {**AXE_OPTIONS, "rules": {"color-contrast": {"enabled": False}}}
COLOURS_ALONE = {**AXE_OPTIONS, "runOnly": {"type": "rule", "values": ["color-contrast"]}}
TOLD_BETTER = ("Failed to load resource", "was preloaded using link preload but not used")
"""What watch_response says better, and what a busy machine makes a browser say."""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
OVERFLOWING = """() => [...document.querySelectorAll('body *')]
  .filter(e => { const b = e.getBoundingClientRect(); return b.width && (b.right > innerWidth + 1 || b.left < -1) })
  .slice(0, 5).map(e => e.outerHTML.slice(0, 120))"""
FOCUSED = """() => { const e = document.activeElement;
  const words = (e.innerText || e.value || e.ariaLabel || '').trim().slice(0, 60);
  return e.tagName.toLowerCase() + (e.id ? '#' + e.id : '') + ' ' + words }"""


def launch(playwright: Playwright) -> Browser:
    """The Chromium of this machine, or the one that CHROMIUM names; it can reach nothing but this machine."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not path and not os.path.exists(playwright.chromium.executable_path):
        raise FileNotFoundError("there is no Chromium: `make test` installs one, or set CHROMIUM to its path")
    options = [*OPTIONS, "--no-sandbox"] if os.geteuid() == 0 else list(OPTIONS)
    return playwright.chromium.launch(executable_path=path, args=options)


@dataclass
class Person:
    """Someone with a browser of her own. `page` is what she looks at; `complaints` is what went wrong so far."""

    address: str
    context: BrowserContext
    script: bool = True
    colours: bool = True  # whether axe compares them, which takes most of its time: once a scheme is enough
    expected: set[int] = field(default_factory=set)  # the error statuses that the journey is about
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.set_default_timeout(10_000)
        self.watch(self.context.on)
        self.page: Page = next(iter(self.context.pages), None) or self.context.new_page()

    def leave(self) -> BrowserContext:
        """Leave the browser to the next: as she found it, but for what it has fetched and compiled."""
        self.watch(self.context.remove_listener)
        self.page.mouse.move(0, 0)  # or it would point at something of the next page
        self.page.goto(self.address + STILL)
        if self.script:
            self.page.evaluate("() => { localStorage.clear(); sessionStorage.clear() }")
        self.context.clear_cookies()
        return self.context

    def watch(self, listen: Callable[[Any, Any], None]) -> None:
        """Begin to look at what goes wrong, or stop."""
        listen("request", self.watch_request)
        listen("response", self.watch_response)
        listen("console", self.watch_console)
        listen("weberror", self.watch_error)

    def open(self, path: str) -> Page:
        """Go to an address of the directory."""
        self.page.goto(self.address + path)
        return self.page

    def watch_request(self, request: Request) -> None:
        there = urlsplit(request.url)
        if there.scheme not in ("data", "blob", "about") and there.netloc != urlsplit(self.address).netloc:
            self.complaints.append(f"{self.page.url} asked another host: {request.url}")

    def watch_response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.complaints.append(f"{response.url} answered {response.status}")

    def watch_console(self, message: ConsoleMessage) -> None:
        told = any(said in message.text for said in TOLD_BETTER)
        if message.type in ("error", "warning") and not told:
            self.complaints.append(f"{message.page.url if message.page else ''} console: {message.text}")

    def watch_error(self, error: WebError) -> None:
        self.complaints.append(f"a script failed: {error.error}")

    def check_nothing_is_out_of_reach(self) -> None:
        """The page doesn't scroll sideways, and axe finds no violation (where scripts run, as axe is one)."""
        self.check_width()
        if self.script:
            self.check(AXE_OPTIONS if self.colours else BUT_COLOURS)

    def check_in_other_colours(self) -> None:
        """What the page says can be read in the dark and in the colours of one's own system, too."""
        self.page.emulate_media(color_scheme="dark")
        self.check(COLOURS_ALONE)
        self.page.emulate_media(color_scheme="light", forced_colors="active")
        self.check(COLOURS_ALONE)
        self.page.emulate_media(color_scheme="light", forced_colors="none")

    def check(self, options: dict[str, Any]) -> None:
        if not self.page.evaluate("'axe' in window"):
            self.page.add_script_tag(url=AXE_PATH)
        found = self.page.evaluate("async options => (await axe.run(document, options)).violations", options)
        violations = [
            f"{one['id']}: {one['help']}\n    " + "\n    ".join(node["html"][:160] for node in one["nodes"][:4])
            for one in found
        ]
        assert not violations, f"axe on {self.page.url}:\n- " + "\n- ".join(violations)

    def check_width(self) -> None:
        """The page fits its window, once it has come."""
        self.page.wait_for_load_state("load")  # the document can be read before its style sheet has come
        too_wide = self.page.evaluate(SIDEWAYS)
        assert too_wide <= 0, f"{self.page.url} scrolls {too_wide} px sideways: {self.page.evaluate(OVERFLOWING)}"

    def focused(self) -> str:
        """What the keyboard is on: tag, id and words."""
        return self.page.evaluate(FOCUSED)

    def tab_to(self, words: str, times: int = 60) -> None:
        """Press Tab until the keyboard is on something whose tag, id or words contain `words`."""
        seen = []
        for _ in range(times):
            self.page.keyboard.press("Tab")
            seen.append(self.focused())
            if words in seen[-1]:
                return
        raise AssertionError(f"the keyboard never comes to {words!r}; it was on {seen}")
