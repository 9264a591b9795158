"""What was learnt at set-up."""

import numpy as np
import pytest

from network.directory import learnt
from network.directory.learning import Learnt


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(learnt, "FOLDER", tmp_path / "learnt")
    monkeypatch.setattr(learnt, "digest", lambda: "today")
    return tmp_path / "learnt"


def test_what_was_learnt_is_kept_as_it_was(folder):
    made = Learnt.of([("bread baking", "en", "bread"), ("song book", "en", "music")])
    learnt.keep({"likeness": made._asdict()})
    found = Learnt(**learnt.kept("likeness"))
    assert all(np.array_equal(*both) for both in zip(made, found, strict=True))


def test_what_was_learnt_from_other_words_is_not_used_and_goes(folder, monkeypatch):
    learnt.keep({"letters": {"says": np.ones(3)}})
    monkeypatch.setattr(learnt, "digest", lambda: "tomorrow")
    assert learnt.kept("letters") is None
    learnt.keep({"letters": {"says": np.ones(3)}})
    assert [one.name for one in folder.iterdir()] == ["tomorrow"]


def test_nothing_is_kept_before_the_set_up(folder):
    assert learnt.kept("likeness") is None
