"""Who may do what: a table of actions, and the guard of every route. A route without a row is refused."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from network.extensions import SAFE_METHODS
from network.hats import VISITOR, Hat, Identity, Reach, Subject, Worn
from network.routes import PERMISSIONS, On, Who

__all__ = ["ACTIONS", "PERMISSIONS", "Action", "On", "Who", "identity", "may", "providers", "wearing"]


@dataclass(frozen=True)
class Action:
    """Who may do something to an organisation. `everyone` may to public ones; `again` asks for a recent sign-in."""

    reaches: dict[Hat, Reach] = field(default_factory=dict)
    everyone: bool = False
    again: bool = False


R, A, C, S = Hat.REPRESENTATIVE, Hat.ADMIN, Hat.COORDINATOR, Hat.STAFF
OWN, NET, ALL = Reach.OWN, Reach.NET, Reach.ALL
EDITORS = {R: OWN, A: OWN, C: NET, S: ALL}

ACTIONS: dict[str, Action] = {
    "see": Action(EDITORS, everyone=True),
    "see_standing": Action({C: NET, S: ALL}),
    "edit": Action(EDITORS),
    "suggest": Action(EDITORS, everyone=True),
    "write_to": Action(EDITORS, everyone=True),
    "confirm": Action(EDITORS),
    "decide_suggestion": Action(EDITORS),
    "claim": Action(EDITORS, everyone=True),
    "object_to_claim": Action({A: OWN}),
    "decide_claim": Action({C: NET, S: ALL}),
    "see_colleagues": Action(EDITORS),
    "invite": Action({A: OWN, C: NET, S: ALL}, again=True),
    "ask_to_invite": Action({R: OWN}),
    "remove_colleague": Action({A: OWN, S: ALL}, again=True),
    "propose_link": Action(EDITORS),
    "confirm_link": Action(EDITORS),
    "see_history": Action(EDITORS),
    "undo": Action(EDITORS),
    "export": Action({R: OWN, A: OWN, C: NET, S: ALL}),
    "export_persons": Action({A: OWN, C: NET, S: ALL}, again=True),
    "see_matches": Action(EDITORS),
    "ask_introduction": Action(EDITORS),
    "answer_introduction": Action({A: OWN, C: NET, S: ALL}),
    "answer_value": Action({A: OWN}),
    "ask_merge": Action({S: ALL}),
    "merge": Action({S: ALL}, again=True),
    "hide": Action({A: OWN, S: ALL}),
    "erase": Action({A: OWN}, again=True),
}
"""Every action on an organisation. A coordinator's network counts as one of its own members."""


def wearing(action: str, identity: Identity, subject: Subject) -> Worn | None:
    """The hat that lets somebody do something to an organisation, the closest one first; None when nothing does."""
    reaches = ACTIONS[action].reaches
    for hat in (A, R, C, S):
        for worn in identity.worn:
            if worn.hat == hat and hat in reaches and within(reaches[hat], worn, subject):
                return worn
    return None


def within(reach: Reach, worn: Worn, subject: Subject) -> bool:
    """Whether an organisation lies within what a hat reaches."""
    if reach == Reach.ALL:
        return True
    if worn.organization_id == subject.id:
        return True
    return reach == Reach.NET and worn.organization_id in subject.networks


def may(action: str, identity: Identity, subject: Subject) -> bool:
    """Whether somebody may do something to an organisation, a recent sign-in aside."""
    if ACTIONS[action].everyone and subject.public:
        return True
    return wearing(action, identity, subject) is not None


GONE = object()
"""What `subject_of` answers for the slug of an organisation that was erased."""


@dataclass
class Providers:
    """What the features above tell: who asks, what a slug names, and what is shown to who must sign in first."""

    identity: Callable[[], Identity] = lambda: VISITOR
    subject: Callable[[str], Any] = lambda slug: None
    formerly: Callable[[str], str | None] = lambda slug: None  # where the slug leads today, if anywhere public
    sign_in: Callable[[bool], ResponseReturnValue] = lambda again: abort(403)


providers = Providers()


def identity() -> Identity:
    """Who asks, looked up once a request."""
    if "identity" not in g:
        g.identity = providers.identity()
    found: Identity = g.identity
    return found


def moved(address: str) -> Response:
    """Lead an old address to today's. Browsers ask again each time: what was merged may be two again tomorrow."""
    answer = current_app.make_response(redirect(address, 301))
    answer.cache_control.no_cache = True
    return answer


def subject_of(slug: str) -> Subject:
    """What permissions know of the organisation at an address; 404 when there is none, 410 when it was erased.

    Who asks to see a page at an old address is led to today's.
    """
    found = providers.subject(slug)
    if found is GONE:
        abort(410)
    if found is None:
        today = providers.formerly(slug) if request.method in SAFE_METHODS else None
        if today and request.endpoint:
            asked = "?" + request.query_string.decode("latin-1") if request.query_string else ""
            abort(moved(url_for(request.endpoint, **{**(request.view_args or {}), "slug": today}) + asked))
        abort(404)
    g.subject = found
    subject: Subject = found
    return subject


def check(rule: Who | On, slug: str) -> ResponseReturnValue | None:
    """Nothing when whoever asks may; else the answer: 404 for what they may not see, 403 for what they may not do."""
    if rule == Who.EVERYONE:
        return None
    asker = identity()
    if isinstance(rule, On):
        subject = subject_of(slug)
        if may(rule.action, asker, subject):
            g.worn = wearing(rule.action, asker, subject)
            return providers.sign_in(True) if ACTIONS[rule.action].again and not asker.recent else None
        if not may("see", asker, subject):
            abort(404)
    elif asker.signed_in and (rule == Who.SIGNED_IN or any(worn.hat == Hat.STAFF for worn in asker.worn)):
        return None
    if not asker.signed_in:
        return providers.sign_in(False)
    abort(403)


def init_app(app: Flask) -> None:
    """Refuse what the table doesn't grant."""

    @app.before_request
    def guard() -> ResponseReturnValue | None:
        if request.endpoint is None:
            return None
        rule = PERMISSIONS.get(request.endpoint)
        if rule is None:
            abort(404)
        return check(rule, (request.view_args or {}).get("slug", ""))

    @app.template_global("may")
    def may_here(action: str, subject: Subject) -> bool:
        return may(action, identity(), subject)
