"""A browser in words, from what it says of itself: enough to tell one's sessions apart."""

from datetime import datetime, timedelta

from flask_babel import format_timedelta

from network.clock import now
from network.text import gettext as _

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chromium", "Chromium"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
"""What stands in a User-Agent, and the name for it; the first that fits, as many claim to be others too."""
ON = " on "


def browser_named(user_agent: str) -> str:
    """The browser and the system of a User-Agent, as they are kept: "Firefox on Linux"; empty when neither is known."""
    browser = next((name for word, name in BROWSERS if word in user_agent), "")
    system = next((name for word, name in SYSTEMS if word in user_agent), "")
    return ON.join(part for part in (browser, system) if part)


def browser_said(kept: str) -> str:
    """The same in the reader's language."""
    browser, on, system = kept.partition(ON)
    if on:
        return _("%(browser)s on %(system)s", browser=browser, system=system)
    return kept or _("A browser that does not say its name")


def ago(at: datetime) -> str:
    """How long ago something was, in the reader's language: "3 hours ago"."""
    passed = now() - at
    return _("just now") if passed < timedelta(minutes=1) else format_timedelta(-passed, add_direction=True)
