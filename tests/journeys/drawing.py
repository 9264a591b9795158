"""A drawing table as somebody has it before them: where things stand on it, and what it says."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.journeys.browser import Person

ASK = Path(__file__).with_suffix(".js").read_text("utf-8").partition("\n")[2]


def counted(some: Collection[Any], noun: str) -> str:
    """How many there are, in the words of the page's title."""
    return f"{len(some)} {noun}{'' if len(some) == 1 else 's'}"


@dataclass
class Table:
    """The drawing table of a map in somebody's browser."""

    person: Person
    slug: str

    @property
    def page(self) -> Page:
        return self.person.page

    def open(self) -> "Table":
        self.person.open(f"/maps/{self.slug}/draw")
        self.ready()
        return self

    def ready(self) -> None:
        """Once everything can be done."""
        expect(self.page.locator("#map[data-map-ready]")).to_be_attached()

    def ask(self, what: str, given: Any = None) -> Any:
        return self.page.evaluate(ASK, [what, given])

    def point(self, name: str) -> tuple[float, float, float]:
        """Where an organisation stands in the window, and how large it is."""
        x, y, radius = self.ask("point", name)
        return x, y, radius

    def free(self, size: int = 0) -> tuple[float, float]:
        """The upper left corner of an empty square of the map, in the window."""
        x, y = self.ask("free", size)
        return x, y

    @property
    def drawn(self) -> dict[str, Any]:
        """What is drawn here."""
        return self.ask("drawn")

    def tool(self, name: str) -> Locator:
        return self.page.locator(f".tools [data-tool={name}]")

    @property
    def card(self) -> Locator:
        return self.page.locator(".map-card")

    @property
    def panel(self) -> Locator:
        return self.page.locator("aside.panel")

    def form(self, step: str) -> Locator:
        """The form of the panel for a kind of step."""
        return self.panel.locator(f"form[data-map-step={step}]")

    def choice(self, label: str) -> Locator:
        """A choice of the menu that is open."""
        return self.page.locator(".menu").get_by_role("menuitem", name=label, exact=True)

    def doing(self, label: str) -> Locator:
        """What can be done with what is selected."""
        return self.page.locator(".selection-bar").get_by_role("button", name=label, exact=True)

    def row(self, name: str) -> Locator:
        """The row of an organisation in the table that says the same."""
        named = self.page.get_by_role("link", name=name, exact=True)
        return self.page.locator("#nodes tbody tr", has=named)

    def saved(self) -> None:
        """Once everything that was drawn is with the server."""
        expect(self.page.locator(".map-state")).to_have_text("Saved")
        self.ready()  # what was heard without an answer loads the map anew

    def agreed(self) -> dict[str, Any]:
        """What is drawn and what the server has are one; gives what that is."""
        self.saved()
        drawn = self.drawn
        kept = self.ask("kept")
        assert drawn == kept, {part: (drawn[part], kept[part]) for part in drawn if drawn[part] != kept[part]}
        return drawn

    def check(self) -> dict[str, Any]:
        """What is drawn, what the server has and what the table of the page says are one; gives what that is."""
        drawn = self.agreed()
        expect(self.page.locator("[data-map-count=organisations]")).to_have_text(
            counted(drawn["nodes"], "organisation")
        )
        expect(self.page.locator("[data-map-count=ties]")).to_have_text(counted(drawn["ties"], "tie"))
        for at, field in enumerate(("category", "standing")):
            for key, count in Counter(facts[at] for facts in drawn["nodes"].values()).items():
                box = self.page.locator(f"[data-map-legend={field}] label", has=self.page.locator(f"[value={key}]"))
                expect(box.locator(".count")).to_have_text(str(count))
        self.page.locator("#nodes").scroll_into_view_if_needed()
        shown = {name: facts for name, facts in drawn["nodes"].items() if name not in drawn["hidden"]}
        expect(self.page.locator("#nodes tbody tr:visible")).to_have_count(len(shown))
        for name, (_category, standing, *_place) in shown.items():
            row, mine = self.row(name), [tie for tie in drawn["ties"] if name in tie.split(" · ")]
            expect(row.locator("td").nth(1)).to_have_text(standing.replace("_", " ").capitalize())
            expect(row.locator("td.tied li")).to_have_count(len(mine))
            for group, members in drawn["groups"].items():
                if name in members and group not in shown:
                    expect(row.locator("th")).to_contain_text(group)
        return drawn
