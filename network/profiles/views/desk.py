"""The edit page: everything that stands on it, whole or the one part that is asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from sqlalchemy import select

from network.directory.models import Listing, Organization
from network.directory.profile import Profile, gathered
from network.directory.sentences import not_understood
from network.directory.spoken import SPOKEN
from network.directory.thesaurus import thesaurus
from network.directory.vocabulary import KINDS, SIDES
from network.extensions import db
from network.hats import Hat
from network.locales import chosen
from network.permissions import identity
from network.places.countries import language_name
from network.profiles import completeness, editing, rhythm, sections
from network.profiles.forms import FORMS, ListingForm, Part
from network.profiles.listings import of_side
from network.profiles.placing import sited
from network.profiles.stale import Both, marks
from network.profiles.ties import ties, ways
from network.profiles.understanding import Chip, chips, meaning, named
from network.profiles.wording import PROSE, field_name, value_words
from network.text import gettext as _
from network.web import render, wants_block

PARTS = (*sections.SECTIONS, "listings", "ties")
INNER = ("csrf_token", "marks")
CHOICE, YOURS = "choice-", "yours-"


@dataclass(frozen=True)
class Row:
    """A listing with its form, the chips to confirm, and the kind that its words propose."""

    listing: Listing
    form: ListingForm
    marks: str
    chips: Sequence[Chip]
    proposed: str
    unknown: Sequence[str]


@dataclass(frozen=True)
class Decision:
    """What a form must be asked about: fields that both changed, and all else that was typed, to be sent again."""

    action: str
    marks: str
    fields: Sequence[Mapping[str, Any]]
    kept: Sequence[tuple[str, str]]


def here(slug: str, lock: bool = False) -> Organization:
    """The organisation that this request is about; held for this transaction when it will be written."""
    found = editing.locked(db.session(), slug) if lock else None
    if not lock:
        found = db.session.scalars(select(Organization).where(Organization.slug == slug)).first()
    return found or abort(404)


def hat() -> Hat:
    """The hat that is on."""
    worn: Hat = g.worn.hat
    return worn


def saved(organization: Organization, part: str, said: str = "", anchor: str = "") -> ResponseReturnValue:
    """What follows a save: the part as it stands now, or without script the page at that part."""
    if wants_block():
        return show(organization, part, said={part: said or _("Saved.")})
    back = url_for("profiles.edit", slug=organization.slug, saved=part, _anchor=anchor or part)
    return redirect(back, 303)


def show(organization: Organization, part: str = "", status: int = 200, **more: Any) -> ResponseReturnValue:
    """The edit page, or the one part of it; `more` says what differs from the profile as it stands."""
    return render("profiles/edit.html", block=part or None, status=status, **(desk(organization) | more))


def desk(organization: Organization) -> dict[str, Any]:
    """What the edit page shows of a profile."""
    words = thesaurus(db.session())
    rows = {side: [row(listing) for listing in of_side(organization, side)] for side in ("offer", "seek")}
    asked = request.args.get("saved", "")
    days = get_locale().days["stand-alone"]["wide"]
    return {
        "organization": organization,
        "path": f"/organizations/{organization.slug}/edit",
        "hat": worn_words(organization),
        "form_of": {key: form(organization, key) for key in FORMS},
        "marks_of": {key: marks(sections.values(organization, key)) for key in FORMS},
        "said": {asked: _("Saved.")} if asked in PARTS else {},
        "rows": rows,
        "adding": ListingForm("add", data=begun()),
        "adding_chips": (),
        "decision": None,
        "sited": sited(organization),
        "unknown": editing.unknown_words(db.session(), organization),
        "topic_names": named(words, chosen()),
        "language_names": sorted(language_name(code, chosen()) for code in SPOKEN),
        "every": rhythm.EVERY,
        "weekdays": [(day, days[number]) for number, day in enumerate(rhythm.WEEKDAYS)],
        "ties": ties(db.session(), organization, hat(), identity().person_id),
        "ways": ways(organization, hat()),
        "tie_to": (),
        "tie_typed": "",
        **beside(organization),
    }


def beside(organization: Organization) -> dict[str, Any]:
    """What stands beside the forms: the profile as everyone sees it, and what to add next."""
    return {"profile": profile(organization), "complete": completeness.completeness(organization)}


def profile(organization: Organization) -> Profile:
    """The profile as the public would see it, also of an organisation that isn't public yet."""
    columns = Organization.__table__
    found = db.session.execute(select(*columns.c).where(columns.c.id == organization.id)).all()
    return gathered(db.session(), found)[0]


def begun() -> dict[str, str]:
    """What the address says already of an offer or a seek that is about to be added."""
    asked = {"side": request.args.get("side", ""), "kind": request.args.get("kind", "")}
    known = {"side": SIDES, "kind": KINDS}
    return {name: value for name, value in asked.items() if value in known[name]}


def form(organization: Organization, section: str, typed: Any = None) -> Part:
    return FORMS[section](section, typed, data=sections.values(organization, section))


def row(listing: Listing, form: ListingForm | None = None) -> Row:
    """A listing with its form."""
    now = sections.listed(listing)
    understood = meaning(thesaurus(db.session()), listing.title, listing.detail)
    offered = now["topics"] if not now["topics"] else understood.topics
    return Row(
        listing,
        form or ListingForm(f"listing-{listing.id}", None, data={**now, "side": listing.side}),
        marks(now),
        chips(thesaurus(db.session()), understood, now["topics"], offered, chosen()),
        understood.kind,
        not_understood(thesaurus(db.session()), listing.title),
    )


def worn_words(organization: Organization) -> str:
    """Which hat is on."""
    words = {
        Hat.ADMIN: _("You act for %(name)s as its admin.", name=organization.name),
        Hat.REPRESENTATIVE: _("You act for %(name)s as its representative.", name=organization.name),
        Hat.COORDINATOR: _(
            "You edit %(name)s as coordinator of its network. It is told what you change.", name=organization.name
        ),
        Hat.STAFF: _("You edit %(name)s as the network's staff. It is told what you change.", name=organization.name),
    }
    return words[hat()]


def settled_form() -> tuple[Any, set[str]]:
    """What was typed, after what was decided field by field; and the fields in which theirs is to stay."""
    typed = request.form.copy()
    theirs = set()
    for name in [name for name in typed if name.startswith(CHOICE)]:
        field, choice = name.removeprefix(CHOICE), typed[name]
        if choice != "anew":
            typed.setlist(field, typed.getlist(YOURS + field))
        if choice == "theirs":
            theirs.add(field)
    return typed, theirs


def carried() -> str:
    """The marks that the form brings back, but for fields in which a choice was asked for and none was made."""
    undecided = {
        name.removeprefix(YOURS)
        for name in request.form
        if name.startswith(YOURS) and CHOICE + name.removeprefix(YOURS) not in request.form
    }
    pairs = request.form.get("marks", "").split()
    return " ".join(pair for pair in pairs if pair.partition(":")[0] not in undecided)


def decision(action: str, form: Part, now: Mapping[str, Any], conflicts: Mapping[str, Both]) -> Decision:
    """What a person must decide before their text can be saved: nothing of it is lost, and nothing of the other's."""
    typed, _theirs = settled_form()
    fields = [
        {
            "name": name,
            "label": str(form[name].label.text) or field_name(name),
            "theirs": value_words(name, plain(both.theirs)),
            "yours": value_words(name, plain(both.yours)),
            "raw": typed.getlist(name),
            "long": name in PROSE,
            "text": isinstance(both.yours, str) and name in PROSE,
        }
        for name, both in conflicts.items()
    ]
    kept = [
        (name, value)
        for name, values in typed.lists()
        for value in values
        if name not in (*INNER, *conflicts) and not name.startswith((CHOICE, YOURS))
    ]
    return Decision(action, marks(now), fields, kept)


def plain(value: Any) -> Any:
    """A value as `wording` reads it."""
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if hasattr(value, "isoformat") else value
