"""What was done to topics, in words."""

from collections.abc import Mapping
from typing import Any

from network.directory.saying import topic_name
from network.locales import chosen
from network.places.countries import language_name
from network.text import gettext as _
from network.text import lazy_gettext as _l
from network.text import ngettext
from network.topics.models import TopicChange

FACETS: Mapping[str, Any] = {
    "topic": _l("Topics of work"),
    "kind": _l("Kinds of help"),
    "audience": _l("For whom"),
}
FACET: Mapping[str, Any] = {"topic": _l("A topic of work"), "kind": _l("A kind of help"), "audience": _l("For whom")}


def spoken(locale: str) -> str:
    """A language by its name in the reader's."""
    return language_name(locale, chosen())


def labels(said: Mapping[str, Any]) -> str:
    """Some labels in one line, each with its language."""
    return ", ".join(f"“{label}” ({spoken(locale)})" for locale, label in said.get("labels", ()))


def change(one: TopicChange) -> str:
    """What was done, in a sentence."""
    said = one.said
    goes, into = (topic_name(said[name]) if said.get(name) else "" for name in ("goes", "into"))
    under = topic_name(said["under"]) if said.get("under") else ""
    return {
        "named": lambda: _("A name more: %(labels)s", labels=labels(said)),
        "unnamed": lambda: _("A name taken away: %(labels)s", labels=labels(said)),
        "preferred": lambda: _("The first name: %(labels)s", labels=labels(said)),
        "placed": lambda: _("Put under “%(topic)s”", topic=under) if under else _("Put under no other topic"),
        "added": lambda: _("A new topic: %(labels)s", labels=labels(said)),
        "merged": lambda: _("“%(goes)s” was merged into “%(into)s”", goes=said["goes"], into=into),
        "split": lambda: _("“%(goes)s” was split off from “%(into)s”", goes=goes, into=into),
        "nothing": lambda: _("“%(word)s” means nothing here", word=said.get("word", "")),
    }[one.act]()


def used_words(organizations: int, listings: int) -> str:
    """By how many something is used, in words."""
    both = (
        ngettext("%(num)s organisation", "%(num)s organisations", organizations),
        ngettext("%(num)s offer or need", "%(num)s offers and needs", listings),
    )
    said = [words for words, number in zip(both, (organizations, listings), strict=True) if number]
    return _("%(one)s and %(other)s", one=said[0], other=said[1]) if len(said) == 2 else (said[0] if said else "")
