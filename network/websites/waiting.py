"""The websites that don't answer, or have moved: cards for a person to look at."""

from collections.abc import Sequence
from datetime import date

from flask_babel import format_date
from sqlalchemy.orm import Session

from network import waiting
from network.directory.models import Task
from network.directory.tasks import GONE_WEBSITE, MOVED_WEBSITE
from network.directory.waiting import streams, to_edit, told
from network.outside.words import why_words
from network.text import gettext as _
from network.text import lazy_gettext as _l
from network.waiting import SOME, About, Act, Source, Waiting
from network.websites import actions

KIND = "website"


def cards(session: Session, ids: Sequence[int]) -> list[Waiting]:
    return [
        gone(task, about) if task.key == GONE_WEBSITE else moved(task, about)
        for task, about, _words in told(session, ids)
    ]


def gone(task: Task, about: About) -> Waiting:
    day = format_date(date.fromisoformat(task.facts["since"]), "long")
    return Waiting(
        KIND,
        task.id,
        task.opened_at,
        _("The website does not answer since %(day)s: %(website)s", day=day, website=task.facts["website"]),
        about,
        acts=("again",),
        notes=(
            why_words(task.facts["why"], task.facts["detail"]),
            _("We asked on three days. The card goes by itself once the website answers again."),
        ),
        links=((_("Try it yourself"), task.facts["website"]), *to_edit(about)),
    )


def moved(task: Task, about: About) -> Waiting:
    return Waiting(
        KIND,
        task.id,
        task.opened_at,
        _("The website has moved to %(address)s", address=task.facts["to"]),
        about,
        acts=("take_over",),
        notes=(_("The page names %(website)s, which leads there for ever.", website=task.facts["website"]),),
        links=((_("Look at the new address"), task.facts["to"]), *to_edit(about)),
    )


ACTS = (
    Act(
        "take_over",
        _l("Take over the new address"),
        _l("Taken over"),
        actions.take_over,
        actions.give_back,
        several=True,
        first=True,
    ),
    Act("again", _l("Ask it again soon"), _l("To be asked again"), actions.ask_again, several=True, first=True),
)


def init_app() -> None:
    """Let the desk collect them."""
    rows = streams(GONE_WEBSITE, MOVED_WEBSITE, public=True)
    waiting.add(Source(KIND, _l("Websites"), SOME, rows, cards, waiting.by_key(*ACTS)))
