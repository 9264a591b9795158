"""What a person decided about rows that may be an organisation which is there: row by row, or by a rule. Pure.

They are kept as JSON: {"rows": {"7": ["update", 31, "alike"]}, "rules": {"same": "update"}}, the first by the number of
a row, with the organisation that it was decided about and the doubt that there was. A row that a later look finds to be
another organisation is not decided by it. What nobody decided is left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

UPDATE, CREATE, SKIP = "update", "create", "skip"
SAME, ALIKE, LINE, KEY = "same", "alike", "line", "key"
CHOICES: dict[str, tuple[str, ...]] = {
    SAME: (UPDATE, CREATE),  # the website and the name, in another list, and it says something else
    ALIKE: (UPDATE, CREATE),  # it looks alike
    LINE: (CREATE,),  # an earlier row of this list is the same
    KEY: (UPDATE,),  # the id or slug of one that seems to be quite another
}
"""What may be decided about a doubt, beside leaving the row out."""
RULES = (SAME, ALIKE, LINE)


@dataclass(frozen=True)
class Decision:
    """What was decided about a row, the organisation that it may be, and why it may."""

    what: str
    organization_id: int | None
    doubt: str


@dataclass(frozen=True)
class Decisions:
    """What was decided. A row's own decision wins over a rule."""

    rows: Mapping[str, Decision] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> "Decisions":
        """The decisions that are kept as JSON."""
        rows = {number: Decision(*one) for number, one in said.get("rows", {}).items()}
        return cls(rows, dict(said.get("rules", {})))

    @property
    def said(self) -> dict[str, Any]:
        """The same as JSON."""
        rows = {number: [one.what, one.organization_id, one.doubt] for number, one in self.rows.items()}
        return {"rows": rows, "rules": dict(self.rules)}

    def about(self, number: int, doubt: str, organization_id: int | None) -> str:
        """What is to become of a row: `update`, `create`, or `skip`."""
        own = self.rows.get(str(number))
        if own and own.organization_id == organization_id and possible(own.what, doubt):
            return own.what
        return self.rule(doubt)

    def rule(self, doubt: str) -> str:
        """What becomes of the rows about which nobody decided one by one."""
        what = self.rules.get(doubt, SKIP)
        return what if possible(what, doubt) else SKIP

    def with_rows(self, decided: Iterable[tuple[int, Decision]]) -> "Decisions":
        """The same with some rows decided anew; one that is decided as the rule says is left to the rule."""
        rows = dict(self.rows)
        for number, one in decided:
            rows.pop(str(number), None)
            if possible(one.what, one.doubt) and one.what != self.rule(one.doubt):
                rows[str(number)] = one
        return Decisions(rows, self.rules)

    def with_rules(self, rules: Mapping[str, str]) -> "Decisions":
        """The same with other rules."""
        return Decisions(self.rows, {doubt: what for doubt, what in rules.items() if possible(what, doubt)})

    def totals(self, doubts: Mapping[str, int]) -> dict[str, int]:
        """How many rows in doubt become what, when so many there are of each doubt."""
        totals = {UPDATE: 0, CREATE: 0, SKIP: 0}
        left = dict(doubts)
        for one in self.rows.values():
            totals[one.what] += 1
            left[one.doubt] = left.get(one.doubt, 0) - 1
        for doubt, count in left.items():
            totals[self.rule(doubt)] += max(count, 0)
        return totals


def possible(what: str, doubt: str) -> bool:
    """Whether something can be decided about a doubt."""
    return what == SKIP or what in CHOICES.get(doubt, ())
