"""What introductions say of themselves, in the reader's words."""

from collections.abc import Mapping

from network.introductions.models import Step
from network.introductions.states import Refused
from network.text import gettext as _
from network.text import lazy_gettext as _l

STATES = {
    "asked": _l("Waits for an answer"),
    "accepted": _l("In contact"),
    "declined": _l("Declined"),
    "withdrawn": _l("Taken back"),
    "expired": _l("Ran out without an answer"),
    "closed": _l("Closed"),
}
ANSWERS = {"waiting": _l("has not answered yet"), "accepted": _l("agrees"), "declined": _l("declined")}
REASONS = {
    "no_capacity": _l("We have no room for it at the moment"),
    "not_now": _l("Not now; perhaps later"),
    "wrong_kind": _l("It is another kind of help than we offer or seek"),
    "wrong_place": _l("It is too far from where we work"),
    "know_them": _l("We know each other already"),
}
REASONS_TOLD = {
    "no_capacity": _l("They have no room for it at the moment."),
    "not_now": _l("It does not fit now; perhaps later."),
    "wrong_kind": _l("It is another kind of help than they offer or seek."),
    "wrong_place": _l("It is too far from where they work."),
    "know_them": _l("They say that you know each other already."),
}
NEXT_AFTER = {
    "no_capacity": _l("You can ask them again in three months. Until then, see who else fits."),
    "not_now": _l("You can ask them again in three months. Until then, see who else fits."),
    "wrong_kind": _l("Look once more at how you word what you offer and seek; then see who else fits."),
    "wrong_place": _l("See who fits that is nearer to you, or works online."),
    "know_them": _l("Write to them directly."),
}
"""What whoever was declined may do next, by the reason."""
OUTCOMES = {
    "talking": _l("We are still talking"),
    "once": _l("We did something together once"),
    "together": _l("We work together now"),
    "met": _l("It met what we were looking for"),
    "nothing": _l("Nothing came of it"),
}
DONE = {
    "asked": _l("%(name)s asked"),
    "accept": _l("%(name)s agreed"),
    "decline": _l("%(name)s declined"),
    "question": _l("%(name)s asked a question"),
    "reply": _l("%(name)s replied"),
    "withdraw": _l("%(name)s took it back"),
    "outcome": _l("%(name)s said what came of it"),
    "proposed": _l("The network's staff proposed it"),
    "expire": _l("It ran out: not everyone answered in five weeks"),
    "close": _l("It was closed after sixteen weeks"),
    "gone": _l("It ended, as somebody left the directory"),
}
"""What was done in an introduction, by the action of its step."""
REFUSALS = {
    "parties": _l("An introduction is between two or three different organisations."),
    "not_public": _l("Introductions are between organisations that everyone can see in the directory."),
    "impossible": _l("An introduction between these organisations is not possible."),
    "twice": _l("There is an introduction between these organisations already. Look at that one first."),
    "closed_inbox": _l("%(name)s takes no introductions at the moment."),
    "full": _l("Three introductions wait for %(name)s already. Ask again once it answered one, or ask others."),
    "paused": _l("%(name)s asked for some time without introductions to you. Ask again in a few months."),
    "introducer": _l("That organisation does not know both of you, or does not introduce."),
    "listing": _l("That offer or request is not open any more. Choose another, or none."),
    "ended": _l("This introduction has ended already. Nothing was changed."),
    "agreed": _l("Everyone agreed already: write to each other directly."),
    "answered": _l("This was answered already, perhaps by a colleague. Nothing was changed."),
    "too_early": _l("It has no outcome yet: not everyone has agreed."),
    "no_question": _l("There is no question to reply to."),
    "not_yours": _l("That is for another of the organisations to do."),
    "own": _l("You asked, or agreed for another side. Somebody else has to agree for this organisation."),
    "reason": _l("Choose one of the reasons."),
    "outcome": _l("Choose what came of it."),
}


def refusal(refused: Refused) -> str:
    """Why something can't be done, in a sentence."""
    return str(REFUSALS[refused.why]) % {"name": refused.name}


def done(step: Step, names: Mapping[int, str]) -> str:
    """What a step of an introduction was, and whose."""
    return str(DONE[step.action]) % {"name": names.get(step.organization_id or 0) or _("somebody who has left")}


def headline(action: str) -> str:
    """What the history of an organisation says of an introduction."""
    return HISTORY.get(action, lambda: _("Something happened in an introduction"))()


HISTORY = {
    "asked": lambda: _("An introduction was asked for"),
    "accepted": lambda: _("An introduction was accepted"),
    "declined": lambda: _("An introduction was declined"),
    "withdrawn": lambda: _("An introduction was taken back"),
    "expired": lambda: _("An introduction ran out without an answer"),
    "closed": lambda: _("An introduction was closed"),
    "question": lambda: _("A question was asked in an introduction"),
    "reply": lambda: _("A question in an introduction was replied to"),
    "outcome": lambda: _("Somebody said what came of an introduction"),
}
