"""Imports through the pages: nothing is written before it is seen, decided and ordered, and all of it goes back."""

import gc
import io
import json
import warnings

import pytest
from sqlalchemy import func, select

from network.directory.models import Organization
from network.interchange import drafts, working
from network.interchange.folders import folder_of
from network.interchange.models import Import, ImportDraft, ImportMapping
from tests.interchange.bringing import INDEX, text_of

LEEDS = {"id": "7", "name": "Leeds Web Club", "category": "club", "town": "Leeds", "country": "GB"}
HULL = {"id": "8", "name": "Hull Web Club", "category": "club", "town": "Hull", "country": "GB"}


def names(session):
    session.expire_all()
    return sorted(session.scalars(select(Organization.name)))


def test_a_list_is_brought_seen_imported_and_taken_back(bringing, staff, session):
    brought = bringing(text_of(LEEDS, HULL)).name(source="clubs")
    page = brought.look()
    assert "Leeds Web Club" in page
    assert "Nothing is written" not in page
    assert names(session) == []
    draft = brought.carry_out()
    assert (draft.state, draft.counts["new"]) == ("done", 2)
    assert names(session) == ["Hull Web Club", "Leeds Web Club"]
    record = session.get(Import, draft.import_id)
    assert record.file_name == "list.csv"
    assert "Imani" in staff.get(f"/interchange/imports/{record.id}").text
    answer = staff.send(f"/interchange/imports/{record.id}/undo")
    assert answer.status_code == 303
    assert names(session) == []
    assert "All that it had done is taken back" in staff.get(f"/interchange/imports/{record.id}").text
    assert "taken back" in staff.get(INDEX).text


@pytest.mark.parametrize(
    ("locale", "said"), [("en", "a table (CSV or Excel) · UTF-8"), ("de", "eine Tabelle (CSV oder Excel) · UTF-8")]
)
def test_how_a_list_was_read_is_said_in_the_readers_language(bringing, staff, locale, said):
    brought = bringing(b"\xef\xbb\xbf" + text_of(LEEDS | {"shoe_size": "44"}).encode()).name(source="clubs")
    assert said in staff.get(brought.path, headers={"Accept-Language": locale}).text


def test_pasted_rows_are_a_list_too(staff, session):
    answer = staff.send(INDEX, rows="name\tcategory\nLeeds Web Club\tclub\n")
    assert answer.status_code == 303
    assert session.scalars(select(ImportDraft)).one().rows == 1


def test_what_is_no_list_is_refused_and_the_typed_rows_stay(staff, session):
    answer = staff.send(INDEX, rows='name,category\n"Leeds')
    assert answer.status_code == 422
    assert "never closed" in answer.text
    assert "&#34;Leeds" in answer.text
    assert session.scalars(select(ImportDraft)).all() == []
    assert staff.send(INDEX).status_code == 422
    assert staff.send(INDEX, file=(io.BytesIO(b"%PDF-1.7"), "list.csv")).status_code == 422


def test_columns_are_recognised_with_examples_and_can_be_chosen_otherwise(bringing, staff, session):
    brought = bringing(text_of({"Titel": "Leeds Web Club", "Art": "club", "Ort": "Leeds", "Größe": "7"}))
    page = staff.get(f"{brought.path}/columns").text
    assert "Leeds Web Club" in page
    answer = staff.send(f"{brought.path}/columns", f"{brought.path}/columns")
    assert answer.status_code == 422
    assert "which column holds the name" in answer.text
    brought.name(**{"column-0": "name", "column-1": "category", "column-3": ""}, source="German clubs")
    assert "Größe" in brought.look()
    brought.carry_out()
    made = session.scalars(select(Organization)).one()
    assert (made.name, made.town, made.source) == ("Leeds Web Club", "Leeds", "German clubs")


def test_what_a_row_does_not_say_is_taken_from_what_holds_for_the_list(bringing, session):
    bringing(text_of({"name": "Leeds Web Club"})).name(category="club", standing="paused", country="GB").carry_out()
    made = session.scalars(select(Organization)).one()
    assert (made.category, made.standing, made.country) == ("club", "paused", "GB")


def test_what_the_columns_mean_is_remembered_for_the_next_time(bringing, staff, session):
    first = {"Titel": "Leeds Web Club", "Art": "club"}
    bringing(text_of(first)).name(**{"column-0": "name", "column-1": "category"}, source="German clubs").carry_out()
    assert session.scalars(select(ImportMapping)).one().said["columns"] == {"name": "Titel", "category": "Art"}
    again = bringing(text_of(first), name="other.csv")
    page = staff.get(f"{again.path}/columns").text
    assert 'value="German clubs"' in page
    assert "said the last time" in page
    assert again.name().draft.counts["unchanged"] == 1


def test_a_mapping_file_says_more_than_a_column_each(bringing, session):
    mapping = b'source = "towns"\n[columns]\nname = {join = ["a", "b"], with = " "}\n[constants]\ncategory = "club"\n'
    list_ = text_of({"a": "Leeds", "b": "Club"}, {"a": "Hull", "b": "Club"})
    bringing(list_, mapping=(io.BytesIO(mapping), "m.toml")).name().carry_out()
    assert names(session) == ["Hull Club", "Leeds Club"]


def test_an_error_stands_with_line_column_and_reason_and_stops_the_import(bringing, session):
    brought = bringing(text_of(LEEDS, HULL | {"category": "pub"})).name()
    page = brought.look("error")
    assert "line 3" in page
    assert "category" in page
    assert "there is no category" in page
    draft = brought.carry_out()
    assert draft.state == "ready"
    assert "1 row has an error" in brought.look("error")
    assert names(session) == []
    assert brought.carry_out(skip_errors="1").state == "done"
    assert names(session) == ["Leeds Web Club"]


def test_a_change_is_shown_field_by_field(bringing, session):
    bringing(text_of(LEEDS | {"summary": "Since 2019"})).name(source="clubs").carry_out()
    again = bringing(text_of(LEEDS | {"summary": "Since 2020"})).name(source="clubs")
    page = again.look("updated")
    assert "<del>2019</del>" in page
    assert "<ins>2020</ins>" in page


def test_the_same_list_twice_changes_nothing(bringing, session):
    bringing(text_of(LEEDS)).name(source="clubs").carry_out()
    draft = bringing(text_of(LEEDS)).name(source="clubs").carry_out()
    assert (draft.state, draft.import_id, draft.counts["unchanged"]) == ("done", None, 1)
    assert session.scalar(select(func.count()).select_from(Import)) == 1


def test_rows_are_paged_and_filtered_by_fate(bringing, staff):
    rows = [{"name": f"Club {number} of the coast", "category": "club"} for number in range(60)]
    brought = bringing(text_of(*rows, {"name": "", "category": "club"})).name()
    page = staff.get(f"{brought.path}?fate=new&page=3").text
    assert "Club 59 of" in page
    assert "Club 49 of" not in page
    assert staff.get(f"{brought.path}?fate=new&page=99").status_code == 200
    assert "Club 59" not in brought.look("error")


def test_the_report_is_a_file_like_the_commands(bringing, staff):
    brought = bringing(text_of(LEEDS)).name()
    with staff.get(f"{brought.path}/report.json") as answer:
        said = json.loads(answer.data)
    assert (said["rows"][0]["fate"], said["counts"]["new"], said["written"]) == ("new", 1, False)
    brought.carry_out()
    with staff.get(f"{brought.path}/report.json") as answer:
        said = json.loads(answer.data)
    assert (said["rows"][0]["slug"], said["written"]) == ("leeds-web-club", True)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("encoding", ["identity", "br"])
def test_the_reports_file_is_closed_however_it_is_sent(bringing, staff, method, encoding):
    brought = bringing(text_of(*({"name": f"Club {number}", "category": "club"} for number in range(60)))).name()
    with warnings.catch_warnings(record=True) as left_open:
        warnings.simplefilter("always", ResourceWarning)
        staff.open(f"{brought.path}/report.json", method=method, headers={"Accept-Encoding": encoding}).close()
        gc.collect()
    assert [str(one.message) for one in left_open] == []


def test_when_the_directory_changed_since_the_preview_it_is_shown_anew(bringing, session, organization):
    brought = bringing(text_of(LEEDS)).name(source="clubs")
    organization("Leeds Web Club", town="Leeds", country="GB", summary="Ours")
    draft = brought.carry_out()
    assert (draft.state, draft.note, draft.counts["new"]) == ("ready", "moved", 0)
    assert names(session) == ["Leeds Web Club"]
    assert "changed since you looked" in brought.look()


def test_who_presses_import_on_an_old_page_looks_again_first(bringing, staff, session):
    brought = bringing(text_of(LEEDS)).name()
    brought.decide(mark="0", then="import")
    assert brought.draft.state == "ready"
    assert names(session) == []


def test_what_somebody_edited_since_stays_when_an_import_is_taken_back(bringing, staff, session):
    draft = bringing(text_of(LEEDS, HULL)).name(source="clubs").carry_out()
    session.scalars(select(Organization).where(Organization.name == "Hull Web Club")).one().summary = "Our own"
    staff.send(f"/interchange/imports/{draft.import_id}/undo")
    assert names(session) == ["Hull Web Club"]
    assert "somebody changed it since" in staff.get(f"/interchange/imports/{draft.import_id}").text


def test_a_list_that_nobody_wants_is_taken_away_with_its_file(bringing, staff, session):
    brought = bringing(text_of(LEEDS))
    folder = folder_of(brought.id)
    assert list(folder.iterdir())
    staff.send(f"{brought.path}/columns", f"{brought.path}/discard")
    assert not folder.exists()
    assert session.scalars(select(ImportDraft)).all() == []


def test_nobody_but_staff_comes_here(client, signed_in, person, organization):
    assert client.get(INDEX).status_code == 303
    assert signed_in(person(coordinator=organization(category="core_network"))).get(INDEX).status_code == 403
    assert signed_in(person(staff=True), strong=False).get(INDEX).status_code == 403


@pytest.mark.parametrize(
    "path", ["/interchange/drafts/999", "/interchange/imports/999", "/interchange/drafts/9999999999"]
)
def test_what_is_not_there_is_not_found(staff, path):
    assert staff.get(path).status_code == 404


def test_a_long_list_goes_to_a_process_of_its_own(bringing, session, monkeypatch):
    monkeypatch.setattr(drafts, "SMALL", 1)
    started = []
    monkeypatch.setattr(working, "start", lambda *order: started.append(order))
    brought = bringing(text_of(LEEDS, HULL)).name()
    assert brought.draft.state == "reading"
    assert started == [(brought.id, "run-draft", brought.id)]
    page = brought.look()
    assert "It begins in a moment" in page
    assert "Look again" in page
