"""Photographs every page over the demonstration network, light and dark, on a phone and on a desk: into screenshots/.

With --readme, only the few that the README shows, into docs/pictures/; with --guides those that the guides show.
"""

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SIZES = {"phone": (375, 812), "desk": (1280, 900)}
TABLE = (840, 700)  # of a window that maps fill: a picture of more pixels weighs too much
SCHEMES = ("light", "dark")
HEAVIEST = 250_000  # bytes of a picture in the README
OPTIONS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-sync",
    "--no-first-run",
)
PAGES = {
    "home": "/",
    "finder": "/chapters/",
    "finder-leeds": "/chapters/?near=Leeds",
    "finder-typo": "/chapters/?near=leedz",
    "finder-country": "/chapters/?near=Brazil",
    "finder-fiji": "/chapters/?near=Suva",
    "finder-unknown": "/chapters/?near=Xyzzyqua",
    "embed": "/chapters/embed?near=Leeds&accent=1d7a5f",
    "directory": "/organizations/",
    "directory-filtered": "/organizations/?q=legal+home&category=partner&category=core_network",
    "directory-nothing": "/organizations/?q=zzzzyqx",
    "map": "/maps/",
    "map-geography": "/maps/?view=geography",
    "map-table": "/maps/?view=table",
    "map-focus": "/maps/?focus=aire-street-library-trust",
    "map-saved": "/maps/the-network-a-year-ago",
    "map-growth": "/maps/growth",
    "about": "/about",
    "error-404": "/organizations/nobody-of-that-name",
    "error-422": "/organizations/?country=Atlantis",
}
README = {
    "finder": ("finder-leeds", "desk", "light"),
    "profile": ("profile-club", "desk", "dark"),
    "phone": ("finder-leeds", "phone", "light"),
}
MAPS = {
    "map": ("", "/maps/"),
    "drawing": ("farida@lantern-and-loom.example", "/maps/partner-map/draw"),
    "geography": ("", "/maps/the-network-around-the-world"),
}
"""The pictures of maps alone, each as a visitor or somebody who is signed in sees it."""
GUIDES = {
    "edit": ("tomasz@kirkgate-tinker-club.example", "/organizations/kirkgate-tinker-club/edit"),
    "colleagues": ("tomasz@kirkgate-tinker-club.example", "/organizations/kirkgate-tinker-club/colleagues"),
    "account": ("ines@lantern-and-loom.example", "/accounts/"),
    "matches": ("tomasz@kirkgate-tinker-club.example", "/organizations/kirkgate-tinker-club/matches"),
    "unacted": ("farida@lantern-and-loom.example", "/matching/staff"),
    "gaps": ("farida@lantern-and-loom.example", "/matching/gaps"),
    "desk": ("farida@lantern-and-loom.example", "/staff/"),
    "queue": ("farida@lantern-and-loom.example", "/staff/queue"),
    "many": ("farida@lantern-and-loom.example", "/staff/organizations?category=club"),
    "import": ("farida@lantern-and-loom.example", "/interchange/"),
    "merge": ("farida@lantern-and-loom.example", "/interchange/"),
}
"""What the guides show, each as somebody of the demonstration sees it who is signed in."""
BROUGHT = """id\tname\tcategory\ttown\tcountry\twebsite
1\tHunslet Bicycle Kitchen\tclub\tLeeds\tGB\thttps://bicycle-kitchen.example
2\tThe Kirkgate Tinker Club\tclub\tLeeds\tGB\t
3\tCírculo de Costura de Belém\tclub\tLisbon\tPT\thttps://costura.example
4\tOficina da Ribeira\tclub\tNowhere\tAtlantis\t
"""
"""A list that somebody copies from a table: two new ones, one that is there already, one with a mistake."""


def flask(environment: dict[str, str], *command: str) -> None:
    subprocess.run([sys.executable, "-m", "flask", "--app", "wsgi", *command], cwd=ROOT, env=environment, check=True)


@contextmanager
def served(environment: dict[str, str]) -> Iterator[str]:
    """The address of a server over the instance."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{port}", "--log-level", "warning", "wsgi:app"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)  # a line for each request
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address + "/healthz", server)
        yield address
    finally:
        server.terminate()
        server.wait(10)


def wait_for(address: str, server: subprocess.Popen) -> None:
    for _ in range(100):
        if server.poll() is not None:
            sys.exit("the server ended before it answered")
        try:
            urlopen(address, timeout=2).close()
            return
        except OSError:
            time.sleep(0.2)
    sys.exit(f"nothing answers at {address}")


def ask(address: str, path: str) -> dict[str, Any]:
    with urlopen(address + path, timeout=10) as answer:
        return json.load(answer)


def profiles(address: str) -> dict[str, str]:
    """The profiles with the most to show: a network's, a partner's, a club's."""

    def of(category: str) -> list[dict[str, Any]]:
        return ask(address, f"/api/organizations?category={category}&limit=200")["items"]

    def members(network: dict[str, Any]) -> int:
        return ask(address, f"/api/organizations?network={network['slug']}&limit=1")["total"]

    best = {
        "profile-network": max(of("core_network") + of("affiliate_network"), key=members),
        "profile-partner": max(of("partner"), key=lambda one: len(one["offers"]) + len(one["seeks"])),
        "profile-club": max(of("club"), key=lambda one: (one["meets"] != "", len(one["description"]))),
        "profile-bare": min(of("member"), key=lambda one: len(json.dumps(one))),
    }
    return {name: f"/organizations/{one['slug']}" for name, one in best.items()}


def photograph(browser: Browser, address: str, path: str, size: str, scheme: str, file: Path, whole: bool) -> None:
    """One page as a picture, with its map drawn; the whole of it, or what the window shows."""
    width, height = SIZES[size]
    options: dict[str, Any] = {"color_scheme": scheme, "locale": "en-GB", "reduced_motion": "reduce"}
    context = browser.new_context(viewport={"width": width, "height": height}, **options)
    page = context.new_page()
    page.goto(address + path)
    draw_maps(page)
    page.screenshot(path=file, full_page=whole)
    context.close()


def draw_maps(page: Page) -> None:
    for place in page.locator("[data-map]").all():
        place.scroll_into_view_if_needed()
        place.locator(".land, .leaflet-tile-loaded").first.wait_for(state="attached", timeout=15_000)
    if page.locator("[data-map-scene]").count():
        page.locator("[data-map-ready]").wait_for(state="attached", timeout=15_000)
    page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    page.wait_for_timeout(300)  # fonts, images, the finer atlas


def photograph_all(browser: Browser, address: str, pages: dict[str, str], folder: Path) -> None:
    for name, path in pages.items():
        for size in SIZES:
            for scheme in SCHEMES:
                photograph(browser, address, path, size, scheme, folder / f"{name}-{size}-{scheme}.png", whole=True)
        print(name, flush=True)


def photograph_for_readme(browser: Browser, address: str, pages: dict[str, str], folder: Path) -> None:
    for name, (page, size, scheme) in README.items():
        file = folder / f"{name}.png"
        photograph(browser, address, pages[page], size, scheme, file, whole=False)
        weight = file.stat().st_size
        print(f"{name}: {weight / 1000:.0f} kB", flush=True)
        if weight > HEAVIEST:
            sys.exit(f"{file.name} is heavier than {HEAVIEST // 1000} kB: choose a smaller view")


def photograph_for_guides(browser: Browser, address: str, environment: dict[str, str], folder: Path) -> None:
    width, height = SIZES["desk"]
    for name, (email, path) in GUIDES.items():
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="en-GB", reduced_motion="reduce"
        )
        page = context.new_page()
        sign_in(page, address, environment, email)
        page.goto(address + path)
        if name in ("import", "merge"):
            bring_list(page)
        if name == "merge":
            bring_twice(page, address)
        draw_maps(page)
        page.screenshot(path=folder / f"{name}.png")
        context.close()
        print(name, flush=True)


def bring_list(page: Page) -> None:
    """Paste a list, say what its columns mean, and come to what would become of each row."""
    page.locator("textarea[name=rows]").fill(BROUGHT)
    page.locator("main form button").first.click()
    page.wait_for_url("**/columns")
    page.locator("main form[action$='/columns'] button").first.click()
    page.wait_for_url(lambda url: not url.endswith("/columns"))
    page.goto(f"{page.url}?fate=duplicate")


def bring_twice(page: Page, address: str) -> None:
    """Say that the duplicate is another one, import it all the same, and come to merging it."""
    page.locator("article.duplicate input[value=create]").check()
    page.locator("#skip-errors").check()
    page.locator("button[value=import]").click()
    page.locator(".doings a[href*='/imports/']").first.wait_for()
    page.goto(f"{address}/organizations/kirkgate-tinker-club/merge?with=the-kirkgate-tinker-club")


def photograph_maps(browser: Browser, address: str, environment: dict[str, str], folder: Path) -> None:
    for name, (email, path) in MAPS.items():
        context = browser.new_context(viewport=dict(zip(("width", "height"), TABLE, strict=True)), locale="en-GB")
        page = context.new_page()
        if email:
            sign_in(page, address, environment, email)
        page.goto(address + path)
        draw_maps(page)
        page.wait_for_timeout(1000)  # names and outlines come after the first frame
        place = page.locator(".stage")
        place.screenshot(path=folder / f"{name}.png")
        context.close()
        print(name, flush=True)


def sign_in(page: Page, address: str, environment: dict[str, str], email: str) -> None:
    """Sign somebody in, by the link that the operator's command prints."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "accounts", "sign-in-link", email]
    printed = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout
    link = urlsplit(printed.strip().splitlines()[-1])
    page.goto(f"{address}{link.path}?{link.query}")
    page.locator("main form button").first.click()
    page.wait_for_url(lambda url: "sign-in" not in url)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readme", action="store_true", help="only those that the README shows, into docs/pictures/")
    parser.add_argument("--guides", action="store_true", help="only those of the guides, into docs/pictures/")
    parser.add_argument("--maps", action="store_true", help="only the maps of both, into docs/pictures/")
    parser.add_argument("--instance", type=Path, help="an instance folder that is already loaded")
    chosen = parser.parse_args()
    folder = ROOT / ("docs/pictures" if chosen.readme or chosen.guides or chosen.maps else "screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        environment = {**os.environ, "INSTANCE_PATH": str(chosen.instance or temporary), "DATABASE_URL": ""}
        options = [*OPTIONS, "--no-sandbox"] if os.geteuid() == 0 else list(OPTIONS)
        program = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=options)
        if not chosen.instance:
            flask(environment, "db", "upgrade")
            if not (chosen.readme or chosen.guides or chosen.maps):
                with served(environment) as address:
                    photograph_all(browser, address, {"home-empty": "/"}, folder)
            flask(environment, "places", "load")
            flask(environment, "demo", "load")
        with served(environment) as address:
            if chosen.maps:
                photograph_maps(browser, address, environment, folder)
                return
            if chosen.guides:
                photograph_for_guides(browser, address, environment, folder)
                return
            pages = PAGES | profiles(address)
            take = photograph_for_readme if chosen.readme else photograph_all
            take(browser, address, pages, folder)
        browser.close()
    print(f"The pictures are in {folder.relative_to(ROOT)}/")


if __name__ == "__main__":
    main()
