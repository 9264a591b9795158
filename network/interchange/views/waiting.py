"""A list that waits: every row's fate, what is decided about it, and how far its import is."""

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import abort, flash, redirect, request, send_file
from flask.typing import ResponseReturnValue

from network.accounts.forms import EmptyForm
from network.extensions import NOT_WAITING, db
from network.interchange import drafts, sources, wording, working
from network.interchange.blueprint import blueprint
from network.interchange.deciding import CHOICES, RULES, SKIP, Decision, Decisions
from network.interchange.folders import PREVIEW, REPORT, folder_of
from network.interchange.leaves import WARNED, Leaves
from network.interchange.models import ImportDraft
from network.interchange.plans import FATES
from network.interchange.source_words import FORMAT_WORDS
from network.interchange.states import states
from network.interchange.views.desk import draft_here, page_of, set_to_work
from network.permissions import identity
from network.text import gettext as _
from network.web import render

PER_PAGE = 25
ALL = "all"
FIRST = ("duplicate", "error", "updated", "new")
"""Which rows are shown first: those that somebody should decide about."""
NOT_WAITING.add("interchange.stop")


@blueprint.get("/drafts/<int:id>")
def draft(id: int) -> ResponseReturnValue:
    """What would become of every row; while it is read or imported, how far that is; then, what became of it."""
    one = draft_here(id)
    if one.state == "columns":
        return redirect(f"{page_of(one)}/columns", 303)
    at_work = one.state in ("reading", "ordered")
    about = working_on(one) if at_work else rows_of(one)
    return render(
        "interchange/draft.html",
        block="draft",
        draft=one,
        path=page_of(one),
        at_work=at_work,
        note=wording.note_words(one.note),
        source=sources.of_draft(db.session(), id),
        **about,
    )


def working_on(one: ImportDraft) -> dict[str, Any]:
    """How far the preview or the import is."""
    far = working.progress_of(one.id)
    return {
        "doing": wording.DOING.get(far.get("doing", ""), ""),
        "done": min(far.get("done", 0), one.rows),
        "alive": working.is_worked_on(one.id) or (not one.attempts and working.begins(one.ordered_at)),
        "stopping": working.is_stopping(one.id),
    }


def report_of(one: ImportDraft) -> Path:
    return folder_of(one.id) / (REPORT if one.state == "done" else PREVIEW)


def rows_of(one: ImportDraft) -> dict[str, Any]:
    """A page of rows, those of one fate or all, with what is decided about them."""
    try:
        leaves = Leaves(report_of(one))
    except FileNotFoundError:
        return {"leaves": None}
    counts = leaves.counts()
    asked = request.args.get("fate", "")
    fate = asked if asked in (*FATES, WARNED, ALL) else next((name for name in FIRST if counts[name]), ALL)
    places = leaves.places(fate)
    pages = max(1, -(-len(places) // PER_PAGE))
    page = min(max(request.args.get("page", 1, type=int) or 1, 1), pages)
    said = list(leaves.rows(places[(page - 1) * PER_PAGE : page * PER_PAGE]))
    here = states(db.session(), [one["looks_like"] for one in said if one.get("looks_like")])
    decisions = drafts.decisions_of(one)
    doubts = one.said.get("doubts", {})
    return {
        "leaves": leaves,
        "counts": counts,
        "total": len(leaves.entries),
        "fate": fate,
        "page": page,
        "pages": pages,
        "rows": [wording.shown(row, here, decisions) for row in said],
        "doubts": {doubt: doubts[doubt] for doubt in RULES if doubts.get(doubt)},
        "decisions": decisions,
        "totals": decisions.totals(doubts),
        "skip_errors": drafts.skips_errors(one.decisions),
        "words": wording,
        "formats": FORMAT_WORDS,
        "choices_of": lambda doubt: (SKIP, *CHOICES[doubt]),
    }


@blueprint.post("/drafts/<int:id>/decide")
def decide(id: int) -> ResponseReturnValue:
    """Keep what was decided about rows in doubt and, if that is wanted, import the list."""
    one = draft_here(id, lock=True)
    if one.state != "ready" or not EmptyForm().validate_on_submit():
        return redirect(page_of(one), 303)
    seen = request.form.get("mark", type=int)
    moved = seen != one.version
    drafts.decide(one, decided(drafts.decisions_of(one)), request.form.get("skip_errors") == "1")
    if request.form.get("then") == "import" and not moved:
        one.person_id = one.person_id or identity().person_id  # a list that was fetched is imported by somebody
        drafts.order(one, "ordered")
        return set_to_work(one)
    db.session.commit()
    if request.form.get("then") == "import":
        flash(_("Somebody else decided something meanwhile. Look at it once more, then import."))
    else:
        flash(_("Kept. Nothing is written yet."))
    fate = request.args.get("fate", "")
    page = (request.args.get("page", 1, type=int) or 1) + (request.form.get("then") == "next")
    return redirect(f"{page_of(one)}?{urlencode({'fate': fate, 'page': page})}", 303)


def decided(before: Decisions) -> Decisions:
    """The decisions with what the form changes: the rules, and the rows that it decides otherwise than they were."""
    rules = {doubt: request.form[f"rule-{doubt}"] for doubt in RULES if f"rule-{doubt}" in request.form}
    rows = []
    for name, what in request.form.items():
        number = name.removeprefix("row-")
        doubt, _space, about = request.form.get(f"about-{number}", "").partition(" ")
        looks_like = int(about) if about.isdecimal() else None
        if name.startswith("row-") and number.isdecimal() and what != before.about(int(number), doubt, looks_like):
            rows.append((int(number), Decision(what, looks_like, doubt)))
    return before.with_rules({**before.rules, **rules}).with_rows(rows)


@blueprint.post("/drafts/<int:id>/resume")
def resume(id: int) -> ResponseReturnValue:
    """Go on with what was broken off."""
    one = draft_here(id)
    if one.state in ("reading", "ordered") and EmptyForm().validate_on_submit() and not working.is_worked_on(id):
        return set_to_work(one)
    return redirect(page_of(one), 303)


@blueprint.post("/drafts/<int:id>/stop")
def stop(id: int) -> ResponseReturnValue:
    """Stop the preview or the import: what was begun is taken back."""
    db.session.rollback()  # when the session was last used needn't be noted: it would wait for the import's end
    one = draft_here(id)
    address = page_of(one)
    if one.state in ("reading", "ordered") and EmptyForm().validate_on_submit():
        working.ask_to_stop(id)
        if not working.is_worked_on(id):
            drafts.give_back(one, "stopped")
            db.session.commit()
    return redirect(address, 303)


@blueprint.post("/drafts/<int:id>/discard")
def discard(id: int) -> ResponseReturnValue:
    """Take a list away that isn't wanted any more."""
    one = draft_here(id, lock=True)
    if one.state in ("reading", "ordered") or not EmptyForm().validate_on_submit():
        return redirect(page_of(one), 303)
    drafts.discard(db.session(), one)
    db.session.commit()
    flash(_("The list was taken away. Nothing of it was written."))
    return redirect("/interchange/", 303)


@blueprint.get("/drafts/<int:id>/report.json")
def report(id: int) -> ResponseReturnValue:
    """Every row's fate as a file, in the form that the command writes."""
    one = draft_here(id)
    path = report_of(one)
    if one.state not in ("ready", "done") or not path.exists():
        abort(404)
    name = f"report-{one.import_id or one.id}.json"
    file = path.open("rb")
    answer = send_file(file, mimetype="application/json", as_attachment=True, download_name=name)
    answer.call_on_close(file.close)  # compressing replaces what would have closed it
    return answer
