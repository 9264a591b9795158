"""What is written is found, what is removed is not, and everyone learns of both."""

import gc
import weakref
from dataclasses import replace

import pytest
from sqlalchemy import text

from network import index
from network.extensions import db
from network.index import Query, changes
from tests.index.scan import club


def ids(connection, word: str) -> set[int]:
    return {hit.id for hit in index.ask(connection, Query(((word,),))).hits}


def test_a_document_written_again_is_found_by_what_it_says_now(connection):
    index.write(connection, [club(1, "Leeds Club", latitude=53.8, longitude=-1.5), club(2, "Leeds Lab")])
    index.write(connection, [club(1, "Ghent Club", country="BE", latitude=51.05, longitude=3.7)])
    assert ids(connection, "leeds") == {2}
    assert ids(connection, "ghent") == {1}
    assert index.ask(connection, Query(near=(53.8, -1.5), radius_km=10)).total == 0
    assert index.ask(connection, Query(near=(51, 3.7), radius_km=10)).facets["country"] == {"BE": 1}
    assert index.check(connection) == []


def test_a_document_that_only_moved_or_was_confirmed_stays_found(connection):
    index.write(connection, [club(1, confirmed=5)])
    index.write(connection, [club(1, confirmed=9, offered=("venue",))])
    assert index.ask(connection, Query((("code",),))).facets["offered"] == {"venue": 1}
    assert index.check(connection) == []


def test_the_last_of_two_documents_of_one_id_counts(connection):
    index.write(connection, [club(1, "Leeds"), club(1, "Ghent")])
    assert ids(connection, "ghent") == {1}
    assert ids(connection, "leeds") == set()
    assert index.check(connection) == []


def test_what_is_removed_is_gone(connection):
    index.write(connection, [club(id, f"Leeds Number{id}") for id in range(1, 6)])
    index.remove(connection, [2, 4, 99])
    assert ids(connection, "leeds") == {1, 3, 5}
    assert index.expand(connection, "number", 9) == ("number1", "number3", "number5")
    assert index.check(connection) == []
    index.clear(connection)
    assert ids(connection, "leeds") == set()
    assert index.ask(connection, Query()).total == 0
    assert index.check(connection) == []
    index.write(connection, [club(1)])
    assert ids(connection, "leeds") == {1}


def test_a_document_without_anything_is_found_by_asking_for_everything(connection):
    index.write(connection, [index.Document(1, "")])
    assert index.ask(connection, Query()).total == 1
    assert index.check(connection) == []


def test_a_document_of_very_many_words_is_cut_not_refused(connection):
    words = [f"word{number}" + "ü" * 50 for number in range(20000)]
    index.write(connection, [club(1, "Leeds", " ".join(words))])
    assert ids(connection, "leeds") == {1}
    assert ids(connection, words[0]) == {1}


def test_more_facet_values_than_one_byte_can_name(connection):
    index.write(connection, [club(id, topics=(id, id + 1)) for id in range(1, 400)])
    assert index.ask(connection, Query()).facets["topic"] == {1: 1, 400: 1} | dict.fromkeys(range(2, 400), 2)


def test_optimizing_changes_no_answer(connection):
    index.write(connection, [club(id) for id in range(1, 50)])
    before = index.ask(connection, Query((("code",),)))
    index.optimize(connection)
    changes.forget()
    assert index.ask(connection, Query((("code",),))) == before


@pytest.mark.parametrize("fault", ["DELETE FROM search_word", "UPDATE search_word SET documents = documents + 1"])
def test_a_check_says_when_words_are_wrong(connection, fault):
    index.write(connection, [club(1)])
    connection.execute(text(fault))
    assert index.check(connection)


def test_a_check_says_when_texts_are_wrong(connection):
    index.write(connection, [club(1), club(2, "Ghent")])
    sqlite = connection.dialect.name == "sqlite"
    fault = "DELETE FROM search_text WHERE id = 1" if sqlite else "UPDATE search_document SET terms = NULL WHERE id = 1"
    connection.execute(text(fault))
    assert index.check(connection)


def test_every_write_is_told_to_every_process(app):
    with app.app_context(), db.engine.connect() as reader:
        before = index.sequence(reader)
        reader.rollback()
        with db.engine.begin() as writer:
            index.write(writer, [club(1)])
        written = index.sequence(reader)
        assert written > before
        assert ids(reader, "leeds") == {1}
        reader.rollback()
        with db.engine.begin() as writer:
            index.write(writer, [replace(club(1), title_words=("ghent",), words=("ghent",))])
        assert ids(reader, "leeds") == set()
        reader.rollback()
        with db.engine.begin() as writer:
            index.remove(writer, [1])
        assert index.sequence(reader) > written
        assert ids(reader, "ghent") == set()
        told = reader.execute(text("SELECT noun, noun_id FROM change ORDER BY sequence")).all()
        assert [tuple(row) for row in told][-3:] == [("organization", 1)] * 3


def test_what_was_taken_back_is_not_remembered(app):
    with app.app_context(), db.engine.connect() as connection:
        with connection.begin():
            index.write(connection, [club(1)])
        with connection.begin() as transaction:
            index.write(connection, [club(2)])
            assert ids(connection, "leeds") == {1, 2}
            transaction.rollback()
        assert ids(connection, "leeds") == {1}
        with connection.begin() if not connection.in_transaction() else connection.get_transaction():
            index.write(connection, [club(3)])
        assert ids(connection, "leeds") == {1, 3}


def test_a_question_asked_again_costs_one_statement(connection):
    index.write(connection, [club(1)])
    first = index.ask(connection, Query((("leeds",),)))
    assert index.ask(connection, Query((("leeds",),))) is first


def test_what_others_remember_goes_with_the_next_write(connection):
    index.write(connection, [club(1)])
    index.shelf(connection, "names", 2).keep(1, "Leeds")
    assert index.shelf(connection, "names", 2) == {1: "Leeds"}
    index.write(connection, [club(2)])
    assert index.shelf(connection, "names", 2) == {}


def test_a_shelf_holds_the_newest(connection):
    shelf = index.shelf(connection, "names", 2)
    for number in range(4):
        shelf.keep(number, str(number))
    assert shelf == {2: "2", 3: "3"}


def test_no_connection_is_held_by_what_is_remembered(app):
    with app.app_context():
        gone = []
        for _ in range(3):
            with db.engine.connect() as connection:
                index.ask(connection, Query((("leeds",),)))
                gone.append(weakref.ref(connection))
        del connection
        gc.collect()
        assert [one() for one in gone] == [None] * 3
