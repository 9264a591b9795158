"""The gazetteer is loaded whole, again and again, or not at all."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from network import create_app
from network.extensions import db
from network.places import gazetteer, queries
from network.places.models import Place, PlaceName
from network.places.naming import is_name, variants
from tests.conftest import new_database


@pytest.fixture(scope="module")
def own_app(engine, request, tmp_path_factory) -> Flask:
    url = new_database(engine, request, tmp_path_factory.mktemp("gazetteer") / "places.db")
    app = create_app({"TESTING": True, "DATABASE_URL": url})
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()


def load(**limits) -> gazetteer.Loaded:
    with db.engine.begin() as connection:
        return gazetteer.load(connection, **limits)


def rows() -> list[tuple[int, int]]:
    counted = [db.session.scalar(select(func.count()).select_from(model)) for model in (Place, PlaceName)]
    db.session.rollback()
    return counted


def test_loading_again_replaces_what_is_there(own_app):
    first = load(countries=("LU", "GB"))
    before = rows()
    assert (first.countries, queries.find("Leeds").place.name) == (2, "Leeds")
    db.session.rollback()
    assert load(countries=("LU", "GB")) == first
    assert rows() == before
    load(countries=("LU",))
    assert queries.find("Leeds").place is None
    db.session.rollback()


def test_an_interrupted_loading_leaves_what_was_there(own_app):
    load(countries=("LU",))
    before = rows()

    def interrupt(percent):
        if percent > 60:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(countries=("GB",), progress=interrupt)
    assert rows() == before


def test_without_region_names_towns_and_countries_are_found(own_app):
    loaded = load(countries=("GB",), region_names=Path("missing.json"))
    assert loaded.regions == 0
    assert queries.find("Leeds, UK").place.label == "Leeds, United Kingdom"
    db.session.rollback()


def test_progress_grows_to_the_whole(own_app):
    told: list[int] = []
    load(countries=("LU",), progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 100


def test_the_command_loads_and_says_what(own_app):
    result = own_app.test_cli_runner().invoke(args=["places", "load", "--minimum-population", "1000000"])
    assert result.exit_code == 0, result.output
    assert "towns" in result.output
    assert queries.find("Tokyo").how == "name"
    db.session.rollback()


@pytest.mark.parametrize("text", ["LBA", "bei jing", "12345", "'Adan", ""])
def test_codes_and_romanisations_by_machine_are_no_names(text):
    assert not is_name(text)


def test_usual_spellings_are_names_too():
    assert "Muenster" in variants("Münster", "DE")
    assert "Münster" not in variants("Münster", "DE")
    assert "saint albans" in variants("St Albans", "GB")
    assert "st louis" in variants("Saint Louis", "US")
    assert "LAquila" in variants("L'Aquila", "IT")
