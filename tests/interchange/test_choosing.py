"""What columns mean: proposed by their spelling, chosen by a person; what a mapping file says beyond is kept."""

from network.interchange.choosing import chosen, recognised_mapping, use_of, widened
from network.interchange.mapping import Group, Mapping, Origin
from network.interchange.mapping_files import as_written, mapping_of

GIVEN = {
    "source": "towns",
    "columns": {"name": {"join": ["town", "kind"], "with": " "}, "town": "town", "website": {"first": ["web", "url"]}},
    "constants": {"category": "club", "source_url": "https://towns.example"},
    "values": {"country": {"uk": "GB"}},
    "group": {"by": "key", "prefer": "kind", "order": ["a", "b"], "together": ["langs"]},
}
HEADERS = ("town", "kind", "web", "url", "key", "langs")


def choices(mapping):
    return {header: next(iter(use_of(mapping, header)), "") for header in HEADERS}


def test_headers_are_recognised_by_their_spelling():
    found = recognised_mapping(["Nom", "Ville", "Pointure"])
    assert found.columns == {"name": Origin(("Nom",)), "town": Origin(("Ville",))}


def test_what_is_left_as_it_was_keeps_all_that_a_mapping_file_says():
    mapping = mapping_of(GIVEN)
    assert as_written(chosen(mapping, choices(mapping), {"category": "club"})) == GIVEN


def test_a_column_that_is_left_out_feeds_nothing_and_its_fellow_still_does():
    mapping = mapping_of(GIVEN)
    new = chosen(mapping, choices(mapping) | {"web": ""}, {})
    assert new.columns["website"] == Origin(("url",))
    assert "category" not in new.constants
    assert new.constants["source_url"] == "https://towns.example"


def test_a_column_that_is_chosen_as_well_comes_after_the_first():
    mapping = Mapping(columns={"name": Origin(("a",))}, written=True)
    assert chosen(mapping, {"a": "name", "b": "name"}, {}).columns == {"name": Origin(("a", "b"))}


def test_a_column_of_a_name_that_we_do_not_have_is_left_out():
    assert chosen(Mapping(), {"a": "password"}, {}).columns == {}


def test_a_column_that_is_new_in_a_known_list_is_recognised():
    mapping = Mapping(columns={"name": Origin(("Titel",))}, written=True)
    new = widened(mapping, ["Titel", "Telefon"], ["Titel", "Telefon", "Ort"])
    assert new.columns == {"name": Origin(("Titel",)), "town": Origin(("Ort",))}


def test_a_mapping_is_kept_as_json_and_read_again():
    assert mapping_of(as_written(mapping_of(GIVEN))).group == Group("key", "kind", ("a", "b"), ("langs",))
