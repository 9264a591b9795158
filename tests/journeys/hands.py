"""Who draws: with the mouse, with a finger, by keyboard alone. Each does the same in its own way."""

from typing import Any

from playwright.sync_api import Locator

from tests.journeys.drawing import Table
from tests.journeys.manners import FOCUSED

FAR = 20  # arrow keys from one organisation to any other, at most
TABS = 120  # from one place of the page to any other, at most
WAY = """one => one === document.activeElement ? ""
  : document.activeElement.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING ? "Shift+Tab" : "Tab" """
SIZE = 90  # pixels of a region that is dragged


class Mouse:
    """Clicks, drags, holds Shift."""

    options: dict[str, Any] = {}

    def __init__(self, table: Table) -> None:
        self.table, self.page = table, table.page

    def use(self, what: Locator) -> None:
        """Press a button or a choice."""
        what.click()

    def write(self, what: Locator, words: str) -> None:
        what.fill(words)

    def pick(self, what: Locator, value: str) -> None:
        """Choose one of a list."""
        what.select_option(value)

    def press(self, name: str) -> None:
        """Press an organisation on the map."""
        self.page.mouse.click(*self.table.point(name)[:2])

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move(*end, steps=3)
        self.page.mouse.up()

    def select(self, first: str, *others: str) -> None:
        self.press(first)
        self.page.keyboard.down("Shift")
        for name in others:
            self.press(name)
        self.page.keyboard.up("Shift")
        assert self.table.ask("selected") == [first, *others]

    def add(self, near: str) -> None:
        """Open the form of a desired partner, near somebody or where there is room."""
        self.use(self.table.tool("add"))
        self.page.mouse.click(*self.table.free())

    def link(self, start: str, end: str) -> None:
        """Draw a link, up to the question of its type."""
        x, y, radius = self.table.point(start)
        self.drag((x + radius + 6, y), self.table.point(end)[:2])

    def note(self) -> None:
        """Open the form of a text on the map."""
        self.use(self.table.tool("note"))
        self.page.mouse.click(*self.table.free())

    def region(self, around: str) -> None:
        """Outline a region, up to the question of its name."""
        self.use(self.table.tool("note"))
        x, y = self.table.free(SIZE)
        self.drag((x, y), (x + SIZE, y + SIZE))

    def undo(self) -> None:
        self.use(self.table.page.locator(".tools").get_by_role("button", name="Undo"))

    def redo(self) -> None:
        self.use(self.table.page.locator(".tools").get_by_role("button", name="Redo"))


class Finger(Mouse):
    """Taps: what the mouse drags has a button."""

    options = {"has_touch": True, "width": 900, "height": 1100}

    def use(self, what: Locator) -> None:
        what.tap()

    def press(self, name: str) -> None:
        self.page.touchscreen.tap(*self.table.point(name)[:2])

    def select(self, first: str, *others: str) -> None:
        self.use(self.table.tool("move"))
        self.press(first)
        if others:
            self.use(self.table.tool("several"))
            for name in others:
                self.press(name)
            self.use(self.table.tool("move"))
        assert self.table.ask("selected") == [first, *others]

    def add(self, near: str) -> None:
        self.use(self.table.tool("add"))
        self.page.touchscreen.tap(*self.table.free())

    def link(self, start: str, end: str) -> None:
        self.use(self.table.tool("link"))
        self.press(start)
        self.press(end)

    def note(self) -> None:
        self.use(self.table.tool("note"))
        self.page.touchscreen.tap(*self.table.free())

    def region(self, around: str) -> None:
        self.select(around)
        self.use(self.table.doing("Outlined region"))


class Keys(Mouse):
    """Tab, arrows, letters."""

    def reach(self, what: Locator) -> None:
        """Come to a control by Tab, or back to it."""
        for _ in range(TABS):
            if not (key := what.evaluate(WAY)):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"the keyboard never comes to {what}")

    def use(self, what: Locator) -> None:
        if what.get_attribute("role") == "menuitem":
            for _ in range(FAR):
                if what.evaluate(FOCUSED):
                    break
                self.page.keyboard.press("ArrowDown")
        else:
            self.reach(what)
        self.page.keyboard.press("Enter")

    def write(self, what: Locator, words: str) -> None:
        self.reach(what)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)

    def pick(self, what: Locator, value: str) -> None:
        self.reach(what)
        self.page.keyboard.type(what.locator(f"option[value='{value}']").inner_text())
        assert what.input_value() == value

    def find(self, name: str) -> None:
        """Come to an organisation by its name."""
        self.write(self.page.get_by_role("combobox", name="Find by name"), name)
        found = self.page.locator(".find").get_by_role("option", name=name, exact=True)
        found.wait_for()
        for _ in range(FAR):
            if found.get_attribute("aria-selected") == "true":
                break
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Enter")

    def walk(self, name: str) -> None:
        """Go from one organisation to the next until another is reached."""
        for _ in range(FAR):
            across, down = self.table.ask("way", name)
            if not (across or down):
                return
            sideways = "ArrowRight" if across > 0 else "ArrowLeft"
            upright = "ArrowDown" if down > 0 else "ArrowUp"
            self.page.keyboard.press(sideways if abs(across) >= abs(down) else upright)
        raise AssertionError(f"the arrows never come to {name}")

    def select(self, first: str, *others: str) -> None:
        self.find(first)
        for name in others:
            self.walk(name)
            self.page.keyboard.press("Space")
        assert self.table.ask("selected") == [first, *others]

    def add(self, near: str) -> None:
        self.find(near)
        self.page.keyboard.press("a")

    def link(self, start: str, end: str) -> None:
        self.find(start)
        self.page.keyboard.press("l")
        self.walk(end)
        self.page.keyboard.press("Enter")

    def note(self) -> None:
        self.reach(self.page.locator("#map canvas"))
        self.page.keyboard.press("n")

    def region(self, around: str) -> None:
        self.select(around)
        self.page.keyboard.press("o")

    def undo(self) -> None:
        self.reach(self.page.locator("#map canvas"))
        self.page.keyboard.press("Control+z")

    def redo(self) -> None:
        self.page.keyboard.press("Control+Shift+z")


HANDS = {"mouse": Mouse, "finger": Finger, "keys": Keys}
