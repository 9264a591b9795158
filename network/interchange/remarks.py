"""What is said of cells: each sentence once, in English for the command, and worded for the reader of a page."""

from typing import Any

from network.text import noted as _l

SENTENCES = {
    "hidden": _l("a name may not hold %(what)s: take it out"),
    "controls": _l("control characters were taken out"),
    "category": _l("there is no category %(value)s: write one of %(choices)s"),
    "choice": _l("%(value)s is none of %(choices)s"),
    "country": _l("there is no country %(value)s: write its two letters (ISO 3166) or its name"),
    "read_as": _l("%(value)s read as %(meant)s"),
    "address_read": _l("read as %(meant)s"),
    "no_page": _l("%(value)s is no web page: left out"),
    "no_address": _l("%(value)s is no web address: it begins with https://"),
    "no_email": _l("%(value)s is no e-mail address"),
    "code_kept": _l("%(value)s is no language that is known by name: kept as a code"),
    "no_language": _l("there is no language %(value)s: left out"),
    "comma": _l("the comma was read as a decimal point: %(value)s"),
    "no_number": _l("%(value)s is no number: write decimal degrees, such as -1.5491"),
    "range": _l("%(value)s is out of range, from -%(most)s to %(most)s"),
    "range_swapped": _l("%(value)s is out of range, from -%(most)s to %(most)s; are latitude and longitude swapped?"),
    "future": _l("%(value)s has not come yet"),
    "no_day": _l("there is no day %(value)s"),
    "two_ways": _l("%(value)s can be read in two ways: write year-month-day, such as 2026-11-21"),
    "no_date": _l("%(value)s is no date: write year-month-day, such as 2026-11-21"),
    "no_partial": _l("%(value)s is no year (1998), month (1998-05) or day (1998-05-17)"),
    "no_time": _l("%(value)s is no time: write 18:30"),
    "no_flag": _l("%(value)s is neither yes nor no"),
    "no_area": _l("%(value)s is no distance, country or region: left out"),
    "unstorable": _l("it holds %(what)s, which cannot be stored"),
    "long": _l("it has %(count)s characters, and may have %(most)s"),
    "no_topic": _l("no topic is called %(names)s: left out"),
    "need_name": _l("an organisation needs a name"),
    "need_category": _l("an organisation needs a category (%(choices)s), from a column or a mapping's [constants]"),
    "no_latitude": _l("there is a longitude but no latitude"),
    "no_longitude": _l("there is a latitude but no longitude"),
    "other_country": _l("the point %(point)s lies in %(lies)s, not in %(stated)s"),
    "far": _l("no town is near the point %(point)s: is it in the sea?"),
    "from_point": _l("found from the point: %(country)s"),
    "no_town": _l("no town %(value)s was found: it is listed without a point"),
    "town_found": _l("place found by its town name: %(meant)s"),
    "town_read": _l("%(value)s read as: %(meant)s"),
    "may_be": _l("it may also be %(others)s"),
    "twice": _l("the %(column)s %(value)s stands on line %(line)s already"),
    "kept": _l("%(column)s: left as it was changed here"),
    "unknown_word": _l("%(column)s: %(value)s is not known: left out"),
    "no_organization": _l("no organisation is called %(value)s"),
    "several_organizations": _l("several organisations are called %(value)s: refer to it by its id"),
    "own_tie": _l("an organisation has no tie to itself"),
    "no_organization_left": _l("no organisation is called %(value)s: left out"),
    "several_organizations_left": _l("several organisations are called %(value)s: refer to it by its id: left out"),
    "own_tie_left": _l("an organisation has no tie to itself: left out"),
    "two_ends": _l("a tie needs an organization at both ends"),
    "ended_first": _l("it ended before it began"),
    "tie_taken": _l("it was taken away here since this list brought it: left so"),
    "tie_kept": _l("it is %(value)s here: left as it is"),
    "tie_waits": _l("it is proposed here and waits for an answer: left as it is"),
    "cells_missing": _l("the last %(count)s cells are missing: taken as empty"),
    "torn": _l("the row has %(count)s cells, the header %(most)s: quote cells that hold %(value)s"),
}


class Told(str):
    """A sentence in English that knows how to be said in other languages: its key, and what is filled in."""

    key: str
    values: dict[str, str]


def remark(key: str, **values: Any) -> Told:
    """One of SENTENCES, filled in."""
    said = {name: str(value) for name, value in values.items()}
    found = Told(SENTENCES[key] % said)
    found.key, found.values = key, said
    return found


def left_out(reason: str) -> str:
    """The same reason, saying that what it is about was left out."""
    return remark(f"{reason.key}_left", **reason.values) if isinstance(reason, Told) else f"{reason}: left out"
