"""What becomes of every row that names the organisation that goes: one table of rules.

A test fails when a foreign key to an organisation, or a column of JSON, has no rule here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class How(StrEnum):
    """What is done with rows that name the organisation that goes."""

    FOLLOW = "follow"  # they name the one that stays; what would stand there twice is dropped, and kept in the journal
    DROP = "drop"  # they go, and are kept in the journal: what they say is chosen
    FORGET = "forget"  # they go: others write them anew by themselves


@dataclass(frozen=True)
class Move:
    """The rule of a column. A row whose `other` column names the one that stays would join it with itself: it goes."""

    how: How = How.FOLLOW
    other: str = ""


FOLLOW = Move()

MOVES: dict[str, Move] = {
    "alike.one_id": Move(How.FORGET),
    "alike.other_id": Move(How.FORGET),
    "apart.one_id": Move(other="other_id"),
    "apart.other_id": Move(other="one_id"),
    "block.organization_id": Move(other="blocked_id"),
    "block.blocked_id": Move(other="organization_id"),
    "claim.organization_id": FOLLOW,
    "contact_person.organization_id": FOLLOW,
    "decision.organization_id": FOLLOW,
    "decision_part.organization_id": FOLLOW,
    "departure.organization_id": FOLLOW,
    "dismissal.organization_id": Move(other="other_id"),
    "dismissal.other_id": Move(other="organization_id"),
    "edit.organization_id": FOLLOW,
    "edit.for_id": FOLLOW,
    "external_id.organization_id": FOLLOW,
    "former_slug.organization_id": FOLLOW,
    "import_row.organization_id": FOLLOW,
    "inbox.organization_id": FOLLOW,
    "introduction.asker_id": FOLLOW,
    "introduction.introducer_id": FOLLOW,
    "introduction_step.organization_id": FOLLOW,
    "invitation.organization_id": FOLLOW,
    "link.from_id": Move(other="to_id"),
    "link.to_id": Move(other="from_id"),
    "listing.organization_id": FOLLOW,
    "matching_profile.organization_id": Move(How.FORGET),
    "map_place.organization_id": FOLLOW,
    "merge.organization_id": FOLLOW,
    "message.organization_id": FOLLOW,
    "organization_topic.organization_id": Move(How.DROP),
    "party.organization_id": FOLLOW,
    "prospect.organization_id": FOLLOW,
    "prospect.network_id": FOLLOW,
    "question.organization_id": FOLLOW,
    "role.organization_id": FOLLOW,
    "saved_map.network_id": FOLLOW,
    "shown.organization_id": Move(other="other_id"),
    "shown.other_id": Move(other="organization_id"),
    "suggestion.organization_id": FOLLOW,
    "task.organization_id": FOLLOW,
    "topic_word_use.organization_id": Move(How.FORGET),
    "value_check.organization_id": Move(other="partner_id"),
    "value_check.partner_id": Move(other="organization_id"),
    "website_check.organization_id": FOLLOW,
    "work.organization_id": FOLLOW,
}
"""The rule of each foreign key to an organisation."""

ALIKE: dict[str, tuple[str, ...]] = {"listing": ("side", "title", "detail"), "work": ("title", "detail")}
"""Rows that say the same in these columns count as one, though nothing in the schema forbids both."""

INSIDE: dict[str, str] = {
    "alike.evidence": "what two say of themselves",
    "map_group.members": "who is in a group: `inside.members`",
    "decision.before": "days, standings, and what a card was about: no number of an organisation",
    "decision_part.before": "categories, standings, topics, days and persons: no number of an organisation",
    "decision_part.after": "as before",
    "edit_value.before": "the ends of ties in the history: `inside.ends`",
    "edit_value.after": "as before",
    "import_row.before": "the ties that a list brought: `inside.imported`",
    "import_row.after": "as before",
    "import_row.said": "facts and listings, in the list's own words",
    "import.counts": "numbers alone",
    "import.kept": "what stood there when the import was taken back, in words",
    "import_draft.counts": "numbers alone",
    "import_draft.decisions": "about an organisation that is gone they hold no more: the row is in doubt again",
    "import_draft.said": "the head of a report: its list, numbers, and addresses of pages, which lead on",
    "import_mapping.headers": "columns of a list",
    "import_mapping.said": "what columns of a list mean",
    "map_step.said": "what was done then: taking it back must not reach the organisation that stays",
    "map_step.before": "as before",
    "merge.choices": "no number of an organisation",
    "merge.moved": "an earlier merge, which can only be undone after this one",
    "merge.left": "no number of an organisation",
    "personal_value.before": "facts about a person",
    "personal_value.after": "as before",
    "saved_map.snapshot": "what a map showed on a day: it changes no more",
    "suggestion.fields": "facts of a profile",
    "suggestion.accepted": "names of fields",
    "task.facts": "what a sentence needs",
    "topic_change.said": "topics and their names",
    "topic_change.settled": "topics",
    "topic_change.steps": "what was done then: taking it back must not reach the organisation that stays",
    "topic_change.behind": "whose index entry is to be written anew: of one that is gone there is none",
}
"""Each column of JSON: what is done about the numbers of organisations in it, or why there is nothing to do."""


def better(name: str, row: Mapping[str, Any], twin: Mapping[str, Any]) -> bool:
    """Whether of two rows that can't both stay the first, that of the organisation that goes, says more."""
    return name == "link" and stands(row) > stands(twin)


def stands(link: Mapping[str, Any]) -> tuple[bool, bool]:
    """How much a tie counts: confirmed, and not ended."""
    return link["confirmed_on"] is not None, link["ended_on"] is None
