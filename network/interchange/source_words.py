"""What is said of lists that refresh: how often, what came, and why not."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from network.interchange.models import ImportDraft, ImportSource
from network.interchange.remarks import sentence
from network.outside.words import why_words
from network.text import gettext as _
from network.text import lazy_gettext as _l
from network.text import ngettext

EVERY_WORDS = {"day": _l("every day"), "week": _l("every week"), "month": _l("every month")}
PROBLEMS = {
    "ours": _l("Something broke on our side. The operator's log says what."),
    "packed": _l("The list comes packed, although we asked for it as it is."),
    "page": _l("At the address is a web page and no list: perhaps it asks to sign in."),
    "list": _l("What is at the address can't be read as a list:"),
}
FORMAT_WORDS = {
    "csv": _l("a table (CSV or Excel)"),
    "geojson": _l("GeoJSON"),
    "json": _l("JSON"),
    "kumu": _l("a Kumu blueprint"),
    "links": _l("a table of ties"),
}


class Problem(NamedTuple):
    """Why a list could not be fetched; a `reason` is the importer's own."""

    words: str
    reason: str = ""


def problem_of(source: ImportSource) -> Problem | None:
    """Why the last fetch failed; None when it didn't."""
    if not source.problem:
        return None
    if source.problem in PROBLEMS:
        return Problem(str(PROBLEMS[source.problem]), sentence(source.detail) if source.problem == "list" else "")
    return Problem(why_words(source.problem, source.detail))


def differs(counts: Mapping[str, int], said: Mapping[str, Any]) -> str:
    """What a list would change, in a line: 3 new, 12 changed, 1 gone."""
    gone = said.get("gone_count", 0)
    parts = [
        ngettext("%(num)s new", "%(num)s new", counts.get("new", 0)),
        ngettext("%(num)s changed", "%(num)s changed", counts.get("updated", 0)),
        ngettext("%(num)s gone", "%(num)s gone", gone),
    ]
    doubts, errors = counts.get("duplicate", 0), counts.get("error", 0)
    if doubts:
        parts.append(ngettext("%(num)s in doubt", "%(num)s in doubt", doubts))
    if errors:
        parts.append(ngettext("%(num)s with an error", "%(num)s with errors", errors))
    return ", ".join(parts)


def waits(draft: ImportDraft) -> str:
    """What of a list waits for somebody."""
    if draft.state == "columns":
        return _("say what the columns mean")
    return differs(draft.counts, draft.said)
