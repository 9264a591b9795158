"""Bringing a list: the page of all imports, and what the columns of a new list mean."""

from typing import Any

from flask import redirect, request
from flask.typing import ResponseReturnValue

from network.directory.filter import category_key
from network.directory.saying import country
from network.extensions import db
from network.interchange import drafts, queries, wording
from network.interchange.blueprint import blueprint
from network.interchange.choosing import CONSTANTS, chosen, use_of
from network.interchange.forms import SourceForm, UploadForm
from network.interchange.heads import Heads
from network.interchange.limits import Refused
from network.interchange.mapping import Mapping
from network.interchange.models import ImportDraft
from network.interchange.remarks import sentence
from network.interchange.views.desk import draft_here, page_of, set_to_work
from network.permissions import identity
from network.places.countries import codes, country_code
from network.text import gettext as _
from network.web import render

PATH = "/interchange/"


@blueprint.get("/")
def index() -> ResponseReturnValue:
    """Where lists are brought, what waits, and what was imported."""
    return index_page(UploadForm())


def index_page(form: UploadForm, status: int = 200) -> tuple[str, int]:
    page = request.args.get("page", 1, type=int) or 1
    total, found = queries.imports(db.session(), max(1, min(page, 10_000)))
    return render(
        "interchange/index.html",
        status=status,
        form=form,
        waiting=queries.waiting(db.session()),
        imports=found,
        makers=queries.makers(db.session(), found),
        page=page,
        pages=-(-total // queries.PER_PAGE),
        path=PATH,
        fates=wording.FATE_WORDS,
    )


@blueprint.post("/")
def upload() -> ResponseReturnValue:
    """Keep a list, and ask what its columns mean."""
    form, session = UploadForm(), db.session()
    if not form.validate_on_submit():
        return index_page(form, 422)
    content, name = form.content
    person_id = identity().person_id
    session.commit()  # a long list is read while others write
    try:
        arrived = drafts.receive(content, name, form.mapping_text)
    except Refused as error:
        where = form.file if name else form.rows
        where.errors = [*where.errors, sentence(error.told)]
        return index_page(form, 422)
    draft = drafts.take_in(session, arrived, person_id)
    address = f"/interchange/drafts/{draft.id}/columns"
    session.commit()
    return redirect(address, 303)


def source_form(mapping: Mapping, draft: ImportDraft) -> SourceForm:
    constants = mapping.constants
    said = {
        "category": category_key(constants.get("category", "")) or "",
        "standing": constants.get("standing", ""),
        "country": country_code(constants.get("country", "")) or "",
    }
    form = SourceForm(source=draft.source, **said)
    form.offer(sorted(((code, country(code)) for code in codes()), key=lambda one: one[1]))
    return form


@blueprint.get("/drafts/<int:id>/columns")
def columns(id: int) -> ResponseReturnValue:
    """What each column of a list seems to mean, with examples, to be put right."""
    draft = draft_here(id)
    if draft.state in ("reading", "ordered", "done"):
        return redirect(page_of(draft), 303)
    mapping, heads = drafts.mapping_kept(draft), drafts.heads_kept(draft)
    uses = [next(iter(use_of(mapping, name)), "") for name in heads.names]
    return columns_page(draft, mapping, heads, source_form(mapping, draft), uses)


def columns_page(
    draft: ImportDraft, mapping: Mapping, heads: Heads, form: SourceForm, uses: list[str], problem: str = ""
) -> tuple[str, int]:
    also = [", ".join(map(wording.column_words, use_of(mapping, name)[1:])) for name in heads.names]
    listed = zip(heads.examples.items(), uses, also, strict=True)
    return render(
        "interchange/columns.html",
        status=422 if problem or form.errors else 200,
        draft=draft,
        form=form,
        heads=heads,
        columns=[(name, examples, use, more) for (name, examples), use, more in listed],
        choices=sorted(wording.column_choices(), key=lambda one: one[1].casefold()),
        ties=draft.said.get("format") == "links",
        problem=problem,
        note=wording.note_words(draft.note),
    )


@blueprint.post("/drafts/<int:id>/columns")
def set_columns(id: int) -> ResponseReturnValue:
    """Take what was said of the columns, and find every row's fate."""
    draft = draft_here(id, lock=True)
    if draft.state in ("reading", "ordered", "done"):
        return redirect(page_of(draft), 303)
    mapping, heads = drafts.mapping_kept(draft), drafts.heads_kept(draft)
    form = source_form(mapping, draft)
    uses = [request.form.get(f"column-{number}", "") for number in range(len(heads.names))]
    constants = {name: form[name].data or "" for name in CONSTANTS}
    ties = draft.said.get("format") == "links"
    new = mapping if ties else chosen(mapping, dict(zip(heads.names, uses, strict=True)), constants)
    problem = "" if ties else lacking(new)
    if not form.validate_on_submit() or problem:
        return columns_page(draft, mapping, heads, form, uses, problem)
    new.source = form.source.data
    drafts.set_mapping(db.session(), draft, new)
    drafts.order(draft, "reading")
    return set_to_work(draft)


def lacking(mapping: Mapping) -> str:
    """What a list needs before anything can be made of it."""
    said: dict[str, Any] = mapping.columns | mapping.constants
    if "name" not in said:
        return _("Say which column holds the name of the organisation.")
    if "category" not in said:
        return _("Say which column holds the category, or choose one for all rows.")
    return ""
