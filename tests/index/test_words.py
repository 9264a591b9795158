"""Words find what they should, and no more than words."""

import pytest

from network import index
from network.index import Query
from network.index.words import asked, indexed
from tests.index.scan import club


def found(connection, *groups: tuple[str, ...], **fields) -> set[int]:
    return {hit.id for hit in index.ask(connection, Query(groups, **fields)).hits}


@pytest.fixture
def written(connection):
    index.write(connection, [club(1, "Leeds Code Club"), club(2, "北京読書会", "ครัวเรือน"), club(3, "École Ügynök")])
    return connection


@pytest.mark.parametrize(
    "typed",
    [
        "_kclub", "kclub", '_kclub"', '"', "*", "le*", "^leeds", "NEAR", "terms:leeds", "leeds)", "'", "\\", "''", "-",
        "_", "_=ppublic", "(", ":*", "!leeds", "leeds & !x", "leeds:*", "=code", "a267x356", "_a267x356", "\x00",
        "leeds\x00", "AND", "leeds OR code", "%", "%s", "{terms}", "+", "\ud800",
    ],
)  # fmt: skip
def test_nothing_typed_is_taken_for_syntax_or_for_a_token(written, typed):
    answer = index.ask(written, Query(((typed,), ("leeds",)), require=(("ppublic",),)))
    assert answer.total in (0, 1)
    assert index.ask(written, Query(((typed,), ("nowhere",)))).total == 0
    if not indexed(typed):
        assert answer.total == 1, "what holds no word asks for nothing"
    index.expand(written, typed, 5)
    index.spelling(written, typed)


def test_a_token_is_never_found_as_a_word(written):
    for typed in ("kclub", "_kclub", "ppublic", "_ppublic", "_", "c4x5"):
        assert not found(written, (typed,), ("leeds",)) or not indexed(typed)


def test_scripts_without_spaces_are_found_by_any_part(written):
    for part in ("北京", "京読", "読書会", "北", "北京読書会", "ครัว"):
        assert found(written, (part,)) == {2}, part
    for other in ("京北", "北会", "東"):
        assert found(written, (other,)) == set(), other


def test_a_word_of_two_scripts_is_found_by_either():
    assert set(indexed("abc北京")) == {"abc", "北", "京", "北京"}
    assert asked("abc北京") == ("abc", "北京")


def test_letters_of_every_script_stay_whole():
    for word in ("école", "клуб", "हिन्दी", "நூலகம்", "مكتبة", "한국어"):
        assert indexed(word) == [word] == list(asked(word))


@pytest.mark.parametrize("word", ["हिन्दी", "நூலகம்", "مكتبة", "한국어", "клуб", "o'neill", "a" * 500, "😀"])
def test_a_word_of_any_script_finds_its_document(connection, word):
    index.write(connection, [club(1, "Somewhere", word), club(2)])
    assert found(connection, (word,), ("somewhere",)) == {1}


def test_a_beginning_gives_the_word_itself_then_the_shortest(connection):
    index.write(connection, [club(1, "Garden Gardening Gardens Gardener"), club(2, "Gardener", "gar leeds")])
    assert index.expand(connection, "garden", 10) == ("garden", "gardens", "gardener", "gardening")
    assert index.expand(connection, "gar", 2) == ("gar", "garden")
    assert index.expand(connection, "kclub", 10) == ()
    assert index.expand(connection, "_k", 10) == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("leedz", "leeds"), ("bicylce", "bicycle"), ("gardn", "garden"), ("cod", "code"), ("ecole", "école")],
)
def test_a_typo_gives_the_word_that_was_meant(connection, typed, meant):
    index.write(connection, [club(1, "Leeds Bicycle Garden"), club(2, "Code École")])
    assert index.spelling(connection, typed)[0] == meant


def test_short_words_and_numbers_are_not_corrected(connection):
    index.write(connection, [club(1, "ab abcd 1234")])
    assert index.spelling(connection, "ac") == ()
    assert index.spelling(connection, "1235") == ()
    assert index.spelling(connection, "axyd") == ()


def test_a_word_that_no_document_has_any_more_is_neither_completed_nor_meant(connection):
    index.write(connection, [club(1, "Gardening"), club(2, "Leeds")])
    assert index.spelling(connection, "gardenin") == ("gardening",)
    index.remove(connection, [1])
    assert index.expand(connection, "gard", 5) == ()
    assert index.spelling(connection, "gardenin") == ()
