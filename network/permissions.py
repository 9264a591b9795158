"""Who may do what: a table of actions, and one of routes. A route without a row is refused, and fails the build."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from flask import Flask, abort, g, request
from flask.typing import ResponseReturnValue

from network.hats import VISITOR, Hat, Identity, Reach, Subject, Worn


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


class Who(StrEnum):
    """Who may ask for a route that is about no organisation of its own."""

    EVERYONE = "everyone"
    SIGNED_IN = "signed in"
    STAFF = "staff"


@dataclass(frozen=True)
class On:
    """A route about the organisation whose slug is in its address: an action of the table."""

    action: str


PERMISSIONS: dict[str, Who | On] = {
    "static": Who.EVERYONE,
    "health.alive": Who.EVERYONE,
    "health.ready": Who.EVERYONE,
    "directory.home": Who.EVERYONE,
    "directory.index": Who.EVERYONE,
    "directory.show": Who.EVERYONE,  # it shows public ones alone, and leads old addresses on
    "directory.about": Who.EVERYONE,
    "directory.robots": Who.EVERYONE,
    "directory.security": Who.EVERYONE,
    "directory_api.index": Who.EVERYONE,
    "directory_api.show": Who.EVERYONE,
    "directory_api.openapi": Who.EVERYONE,
    "directory_api.sitemap": Who.EVERYONE,
    "chapters.index": Who.EVERYONE,
    "chapters.embed": Who.EVERYONE,
    "chapters.embed_colours": Who.EVERYONE,
    "chapters.points_drawn": Who.EVERYONE,
    "chapters.places_suggested": Who.EVERYONE,
    "chapters_api.index": Who.EVERYONE,
    "chapters_api.meetings": Who.EVERYONE,
    "accounts.sign_in": Who.EVERYONE,
    "accounts.ask_for_link": Who.EVERYONE,
    "accounts.sent": Who.EVERYONE,
    "accounts.opened": Who.EVERYONE,  # by a mailed link
    "accounts.open_link": Who.EVERYONE,
    "accounts.ask_from_here": Who.EVERYONE,
    "accounts.code": Who.EVERYONE,
    "accounts.sign_in_options": Who.EVERYONE,
    "accounts.sign_in_with_passkey": Who.EVERYONE,
    "accounts.again": Who.SIGNED_IN,
    "accounts.sign_out": Who.SIGNED_IN,
    "accounts.index": Who.SIGNED_IN,
    "accounts.save_details": Who.SIGNED_IN,
    "accounts.end_session": Who.SIGNED_IN,
    "accounts.end_other_sessions": Who.SIGNED_IN,
    "accounts.invitation": Who.SIGNED_IN,
    "accounts.accept_invitation": Who.SIGNED_IN,
    "accounts.passkeys": Who.SIGNED_IN,
    "accounts.passkey_options": Who.SIGNED_IN,
    "accounts.add_passkey": Who.SIGNED_IN,
    "accounts.name_passkey": Who.SIGNED_IN,
    "accounts.remove_passkey": Who.SIGNED_IN,
    "accounts.recoveries": Who.SIGNED_IN,
    "accounts.ask_for_recovery": Who.SIGNED_IN,
    "accounts.vouch": Who.STAFF,
    "accounts.colleagues": On("see_colleagues"),
    "accounts.invite_colleague": On("invite"),
    "accounts.ask_for_colleague": On("ask_to_invite"),
    "accounts.withdraw_invitation": On("invite"),
    "accounts.remove_colleague": On("remove_colleague"),
    "accounts.change_role": On("remove_colleague"),
    "accounts.leave": On("see_colleagues"),  # it asks for a recent sign-in, and for a role of one's own
    "mail.preferences": Who.EVERYONE,  # signed in, or by the signed link of a mail
    "mail.save_preferences": Who.EVERYONE,
    "mail.unsubscription": Who.EVERYONE,
    "mail.unsubscribe": Who.EVERYONE,
    "profiles.edit": On("edit"),
    "profiles.edit_part": On("edit"),
    "profiles.save": On("edit"),
    "profiles.preview": On("edit"),
    "profiles.understood": On("edit"),
    "profiles.add_listing": On("edit"),
    "profiles.change_listing": On("edit"),
    "profiles.move_listing": On("edit"),
    "profiles.set_listing_state": On("edit"),
    "profiles.ask_removal": On("edit"),
    "profiles.remove_listing": On("edit"),
    "profiles.others": On("propose_link"),
    "profiles.propose_tie": On("propose_link"),
    "profiles.confirm_tie": On("confirm_link"),
    "profiles.end_tie": On("confirm_link"),
    "profiles.confirmation": Who.EVERYONE,  # by a mailed link, or whoever may confirm
    "profiles.confirmed": Who.EVERYONE,
    "profiles.history": On("see_history"),
    "profiles.undo_edit": On("undo"),
    "profiles.suggest": On("suggest"),
    "profiles.send_suggestion": On("suggest"),
    "profiles.suggestions_made": On("decide_suggestion"),
    "profiles.decide_suggestion": On("decide_suggestion"),
    "profiles.claim": On("claim"),
    "profiles.ask_claim": On("claim"),
    "profiles.open_claim": On("claim"),  # by a mailed link, signed in
    "profiles.withdraw_claim": On("claim"),
    "profiles.claims_asked": On("decide_claim"),
    "profiles.decide_claim": On("decide_claim"),
    "profiles.objection": On("object_to_claim"),
    "profiles.object_to_claim": On("object_to_claim"),
    "profiles.contact_persons": On("edit"),
    "profiles.add_contact": On("edit"),
    "profiles.edit_contact": On("edit"),
    "profiles.remove_contact": On("edit"),
    "profiles.move_contact": On("edit"),
    "profiles.write": On("write_to"),
    "profiles.find_own": Who.EVERYONE,
    "profiles.own": Who.EVERYONE,  # by a mailed link, as the next four
    "profiles.change_own": Who.EVERYONE,
    "profiles.withdraw_own": Who.EVERYONE,
    "profiles.erase_own": Who.EVERYONE,
    "profiles.export_by_link": Who.EVERYONE,
    "profiles.export_person": Who.SIGNED_IN,  # it asks for a recent sign-in, as does erasing
    "profiles.erase_person": Who.SIGNED_IN,
    "profiles.leave": On("hide"),
    "profiles.come_back": On("hide"),
    "profiles.erase": On("erase"),
    "profiles.export": On("export"),
    "profiles.export_persons": On("export_persons"),
}

GONE = object()
"""What `subject_of` answers for the slug of an organisation that was erased."""


@dataclass
class Providers:
    """What the features above tell: who asks, what a slug names, and what is shown to who must sign in first."""

    identity: Callable[[], Identity] = lambda: VISITOR
    subject: Callable[[str], Any] = lambda slug: None
    sign_in: Callable[[bool], ResponseReturnValue] = lambda again: abort(403)


providers = Providers()


def identity() -> Identity:
    """Who asks, looked up once a request."""
    if "identity" not in g:
        g.identity = providers.identity()
    found: Identity = g.identity
    return found


def subject_of(slug: str) -> Subject:
    """What permissions know of the organisation at an address; 404 when there is none, 410 when it was erased."""
    found = providers.subject(slug)
    if found is GONE:
        abort(410)
    if found is None:
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
