"""The manners of a whole journey: by keyboard alone, on a phone, from right to left, without script."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page

from tests import pseudo

MANNERS: dict[str, dict[str, Any]] = {
    "by-keyboard": {},
    "on-a-phone": {"width": 320, "height": 640, "colours": False},
    "right-to-left": {"locale": pseudo.LOCALE, "width": 390, "colours": False},
    "without-script": {"java_script_enabled": False},
}
FAR = 160  # how often Tab is pressed at most
FOCUSED = "one => one === document.activeElement"
IN_ITS_GROUP = "one => document.activeElement.type === 'radio' && document.activeElement.name === one.name"


def reach(page: Page, what: Locator, manner: str, there: str = FOCUSED) -> None:
    """Come to a control: by Tab alone, or as one does."""
    if manner != "by-keyboard":
        what.scroll_into_view_if_needed()
        return
    for _ in range(FAR):
        if what.evaluate(there):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard never comes to {what}")


def press(page: Page, what: Locator, manner: str) -> None:
    """Press a button, follow a link, open what is folded."""
    reach(page, what, manner)
    if manner == "by-keyboard":
        page.keyboard.press("Enter")
    else:
        what.click()


def write(page: Page, what: Locator, words: str, manner: str) -> None:
    """Type into a field, instead of what stands there."""
    reach(page, what, manner)
    if manner == "by-keyboard":
        page.keyboard.press("Control+A")
        page.keyboard.type(words)
    else:
        what.fill(words)


def tick(page: Page, radio: Locator, manner: str) -> None:
    """Choose one of a few: by the arrows once the keyboard is among them, or by pressing it."""
    if manner != "by-keyboard":
        radio.check()
        return
    reach(page, radio, manner, IN_ITS_GROUP)
    page.keyboard.press("Space")
    for _ in range(FAR):
        if radio.is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrows never come to {radio}")


def pick(page: Page, select: Locator, value: str, manner: str) -> None:
    """Choose one of many: by typing its words, or from the list."""
    reach(page, select, manner)
    if manner == "by-keyboard":
        page.keyboard.type(select.locator(f"option[value='{value}']").inner_text())
    else:
        select.select_option(value)
    assert select.input_value() == value


def sign_in(page: Page, address: str, email: str, mailed: Callable[[str, str], str], manner: str, to: str) -> None:
    """Ask for a link on the page that one was led to, open it, and come to where one wanted to go."""
    write(page, page.locator("main input[name=email]").first, email, manner)
    press(page, page.locator("main form:has(input[name=email]) button:not([type=button])").first, manner)
    page.wait_for_url("**/accounts/sign-in/sent")
    page.goto(address + mailed("sign_in", email))
    press(page, page.locator('main form[action="/accounts/sign-in/open"] button'), manner)
    page.wait_for_url(to)
