"""What is said of rows is kept in pieces, and said to whoever reads it in their language."""

import ast
import json
import pickle
import re
from pathlib import Path

from flask import g

from network.config import ROOT
from network.interchange import sentences, wording
from network.interchange.evidence import COMMAND, TYPED, kept, plain, told
from network.interchange.evidence import SENTENCES as EVIDENCE
from network.interchange.folders import PREVIEW, folder_of
from network.interchange.leaves import worded
from network.interchange.limits import Refused
from network.interchange.remarks import Told, in_pieces, land, left_out, remark, sentence
from network.interchange.sentences import SENTENCES
from network.interchange.stating import Remark
from tests.interchange.bringing import text_of

SITE = "https://leeds.example/club"


class Loud:
    """A language in which every text is cried out."""

    def gettext(self, text: str) -> str:
        return f"{text}!"


def test_a_remark_is_english_for_the_command_and_survives_the_file_in_which_rows_wait():
    said = pickle.loads(pickle.dumps(remark("country", value="'Atlantis'")))
    assert said == "there is no country 'Atlantis': write its two letters (ISO 3166) or its name"
    assert isinstance(said, Told)
    assert (said.key, said.values) == ("country", {"value": "'Atlantis'"})


def test_a_remark_is_said_in_the_language_of_the_reader(app):
    one = {"column": "country", "reason": "x", "key": "no_topic", "values": {"names": "mending"}}
    with app.test_request_context("/"):
        assert wording.remark_words(one) == "no topic is called mending: left out"
        g.catalogue = Loud()
        assert wording.remark_words(one) == "no topic is called mending: left out!"
        assert wording.remark_words({"reason": "as it was said"}) == "as it was said"


def test_why_a_list_is_refused_is_stored_in_pieces_with_the_place_and_said_to_the_reader(app):
    error = Refused(remark("column_twice", name="'name'"), 1, 4)
    assert str(error) == "line 1, column 4: two columns are called 'name': rename one"
    nested = remark("one_error", first=error.told)
    with app.test_request_context("/"):
        g.catalogue = Loud()
        for told in (nested, in_pieces(nested, 500)):
            assert sentence(told) == (
                "1 row has an error, so nothing was written; "
                "the first: line 1, column 4: two columns are called 'name': rename one!!!"
            )
        assert sentence("line 3: as it was said before") == "line 3: as it was said before!"
        assert sentence('["no_such_key", {}]') == sentence("") == ""
        assert sentence('["broken') == '["broken'


def test_a_country_is_called_as_the_reader_calls_it(app):
    told = remark("from_point", country=land("DE"))
    assert told == "found from the point: Germany"
    kept = worded(Remark("country", told))
    with app.test_request_context("/", headers={"Accept-Language": "de"}):
        assert sentence(in_pieces(told, 500)).endswith("Deutschland")
        assert wording.remark_words(json.loads(json.dumps(kept))).endswith("Deutschland")


def test_what_is_too_long_to_be_stored_in_pieces_is_cut_in_english():
    told = remark("no_list_name", names="x" * 300)
    assert in_pieces(told, 100) == told[:100]
    assert in_pieces("plain", 3) == "pla"


def test_whatever_the_importer_says_of_a_list_is_one_of_the_sentences():
    """So that pages can say it in every language; what is wrong in a mapping file is for the command alone."""
    bare = []
    for path in sorted((ROOT / "network/interchange").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if name in ("Refused", "Unreadable", "Remark") and path.name != "mapping_files.py":
                said = [
                    one for one in node.args[name == "Remark" :][:1] if isinstance(one, ast.Constant | ast.JoinedStr)
                ]
                bare += [f"{path.name}:{one.lineno}" for one in said]
    assert not bare


def test_every_sentence_is_said_somewhere_and_what_is_said_is_a_sentence():
    texts = "".join(path.read_text() for path in (ROOT / "network/interchange").rglob("*.py"))
    said = set(re.findall(r'remark\(\s*"(\w+)"', texts))
    assert not said - SENTENCES.keys()
    quoted = set(re.findall(r'"(\w+)"', texts.replace(Path(sentences.__file__).read_text(), "")))
    others = {key for key in SENTENCES if key not in quoted}
    assert all(key.endswith("_left") or key in ("no_latitude", "no_longitude") for key in others), others


def test_what_a_reference_lacks_is_said_with_what_became_of_it():
    assert left_out(remark("no_organization", value="'X'")) == "no organisation is called 'X': left out"
    assert left_out("odd") == "odd: left out"
    for key in ("no_organization", "several_organizations", "own_tie"):
        assert f"{key}_left" in SENTENCES


def test_every_piece_of_evidence_has_words_for_the_command_and_for_the_page():
    for key in TYPED:
        assert plain(told(key, "one", "other"))
        assert key in COMMAND or key in EVIDENCE


def test_a_preview_is_read_in_the_language_of_whoever_looks_at_it(bringing, organization, session, app):
    organization("Leeds Web Club", website=SITE, summary="Ours", country="GB")
    rows = (
        {
            "id": "1",
            "name": "Leeds Web Club",
            "category": "club",
            "website": SITE,
            "summary": "Theirs",
            "country": "GB",
        },
        {"id": "2", "name": "Hull Loft", "category": "club", "website": "", "summary": "", "country": "Atlantis"},
    )
    brought = bringing(text_of(*rows)).name()
    page = brought.look()
    assert "They have the same website: leeds.example/club" in page
    assert "They have the same name." in page
    assert "there is no country &#39;Atlantis&#39;" in page
    assert "--update" not in page
    assert 'class="chips" lang="en"' not in page
    report = json.loads((folder_of(brought.id) / PREVIEW).read_text("utf-8"))
    first, second = report["rows"]
    assert first["evidence"][0] == "same website leeds.example/club"
    assert first["pieces"][0] == kept(told("same_website", "leeds.example/club"))
    assert second["errors"][0]["key"] == "country"
    with app.test_request_context("/"):
        g.catalogue = Loud()
        assert wording.evidence_words(first)[0] == "They have the same website: leeds.example/club!"


def test_a_preview_of_before_is_read_as_it_was_kept(app):
    with app.test_request_context("/"):
        old = {"evidence": ["same website a", "same name", "it differs: --update"], "doubt": "same"}
        assert wording.evidence_words(old) == ("same website a", "same name")
