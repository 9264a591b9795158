"""The edit page itself, its sections, and what stands beside them."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from network.directory.saying import topic_name
from network.directory.sentences import not_understood
from network.directory.texts import one_line
from network.directory.thesaurus import thesaurus
from network.extensions import db
from network.locales import chosen
from network.places.folding import fold
from network.profiles import editing, placing, sections, stale
from network.profiles.blueprint import blueprint
from network.profiles.forms import ListingForm, topic_named
from network.profiles.understanding import chips, meaning
from network.profiles.views import desk
from network.text import gettext as _
from network.web import render

EDIT = "/organizations/<slug>/edit"
LONGEST_TOPIC = 120


@blueprint.get(EDIT)
def edit(slug: str) -> ResponseReturnValue:
    """Everything that an organisation's people may edit, on one page."""
    return desk.show(desk.here(slug))


@blueprint.get(f"{EDIT}/<path:part>")
def edit_part(slug: str, part: str) -> ResponseReturnValue:
    """Where somebody reads again what they had sent: back to the page."""
    return redirect(url_for("profiles.edit", slug=slug))


@blueprint.post(f"{EDIT}/<any(about, place, meetings):section>")
def save(slug: str, section: str) -> ResponseReturnValue:
    """Save a section; what somebody else changed in the meantime is asked about, and nothing is lost."""
    organization = desk.here(slug, lock=True)
    typed, theirs = desk.settled_form()
    form, now = desk.form(organization, section, typed), sections.values(organization, section)
    if not form.fits(now):
        return refused(organization, section, form)
    values = form.values
    if section == "place":
        values = placing.picked(values | ({"town": request.form["meant"]} if "meant" in request.form else {}))
    compared = stale.compare(desk.carried(), values, now, theirs)
    if compared.conflicts:
        action = f"/organizations/{slug}/edit/{section}"
        decision = desk.decision(action, form, now, compared.conflicts)
        return desk.show(organization, section, 409, decision={section: decision})
    editing.write(db.session(), organization, compared.changes)
    if "topics" in form:
        editing.tell_curators(db.session(), organization, form["topics"].unknown)
    if compared.changes:
        editing.tell_admins(db.session(), organization, desk.hat())
    db.session.commit()
    return desk.saved(organization, section)


@blueprint.post(f"{EDIT}/topics/suggest")
def suggest_topic(slug: str) -> ResponseReturnValue:
    """Ask the curators for a topic that is missing; one that is there already is said."""
    organization, words = desk.here(slug, lock=True), one_line(request.form.get("topic", ""))[:LONGEST_TOPIC]
    if not fold(words):
        return desk.saved(organization, "about", _("Write the topic that is missing."))
    if known := topic_named(words):
        said = _("That is there already, as “%(topic)s”: add it to your topics.", topic=topic_name(known))
        return desk.saved(organization, "about", said)
    editing.tell_curators(db.session(), organization, [words])
    editing.touch(organization)
    db.session.commit()
    return desk.saved(organization, "about", _("Suggested: the curators of the topics look at it."))


def refused(organization, section: str, form) -> ResponseReturnValue:
    """The section with everything that was typed, and what to do at each field that can't be taken."""
    said = {section: _("Not saved yet: look at what is marked.")}
    forms = {key: form if key == section else desk.form(organization, key) for key in sections.SECTIONS}
    return desk.show(organization, section, 422, form_of=forms, said=said, not_saved=section)


@blueprint.get(f"{EDIT}/preview")
def preview(slug: str) -> ResponseReturnValue:
    """The profile as everyone sees it, and what would help most to add next."""
    organization = desk.here(slug)
    path = f"/organizations/{slug}/edit"
    return render(
        "profiles/preview.html", block="beside", organization=organization, path=path, **desk.beside(organization)
    )


@blueprint.get(f"{EDIT}/understood")
def understood(slug: str) -> ResponseReturnValue:
    """What the words of an offer or a seek mean to us: chips to confirm or change."""
    form = ListingForm("add", request.args, meta={"csrf": False})
    known = thesaurus(db.session())
    found = meaning(known, form.title.data, form.detail.data)
    offered = request.args.getlist("offered")
    kind = form.kind.data
    form.kind.data = found.kind if kind in ("", request.args.get("proposed", "")) else kind
    return render(
        "profiles/understood.html",
        block="understood",
        organization=desk.here(slug),
        path=f"/organizations/{slug}/edit",
        adding=form,
        adding_chips=chips(known, found, form.topics.data, offered, chosen()),
        adding_proposed=found.kind,
        adding_unknown=not_understood(known, form.title.data or ""),
    )
