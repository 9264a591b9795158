"""The second look at a plan: which ties the rows make, now that every row is known."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from network.interchange.plans import Plan, Planned
from network.interchange.references import WRITTEN, References
from network.interchange.remarks import left_out, remark
from network.interchange.states import Tie
from network.interchange.stating import Remark

IMPORT = "import"  # who proposed and confirmed a tie: a list that staff import is staff's word


@dataclass
class Ties:
    """What a row changes of the ties that go out from its organisation."""

    added: dict[tuple[str, str, int], str] = field(default_factory=dict)  # (type, "row" or "organization", its number)
    removed: list[Tie] = field(default_factory=list)
    said: list[list[Any]] = field(default_factory=list)


def settled(plan: Plan) -> Iterator[tuple[Planned, Ties]]:
    """Every row with its ties, its fate final. Rows that a tie changes are updated rows."""
    for planned in plan.rows:
        ties = ties_of(planned, plan.references) if planned.fate in WRITTEN else Ties()
        if planned.fate == "unchanged" and (ties.added or ties.removed):
            planned.fate = "updated"
        yield planned, ties


def ties_of(planned: Planned, references: References) -> Ties:
    """The ties that a row adds and removes; a reference that means nothing is said, and left for staff.

    What the list said before and somebody took away here isn't added again; what it no longer says is removed where an
    import had added it.
    """
    found = Ties()
    before = {(type, to) for type, to in (planned.said_before or {}).get("ties", [])}
    missing: dict[str, list[str]] = {}
    told: set[Tie] = set()
    for type, others in planned.ties.items():
        for text, since in others:
            target = references.target(planned.source, text)
            if target in (("row", planned.number), ("organization", planned.organization_id)):
                target = remark("own_tie")
            if isinstance(target, str):
                planned.warnings.append(Remark(type, left_out(target)))
                missing.setdefault(type, []).append(text)
                continue
            where, number = target
            if where == "organization":
                told.add((type, number))
                if (type, number) in planned.tied or (type, number) in before:
                    continue
            found.added[type, where, number] = since
    for tie in sorted(before - told):
        if tie[0] in planned.tie_types and tie[0] not in missing and planned.tied.get(tie) == IMPORT:
            found.removed.append(tie)
    found.said = [[*tie] for tie in sorted(told | {tie for tie in before if tie[0] not in planned.tie_types})]
    if missing:
        planned.tasks["link:not_found"] = {"references": missing}
    return found
