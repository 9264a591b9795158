"""Names are whole plain words of the field."""

import ast
import re

import pytest

from network.config import ROOT
from tests.house.source import MODULES, short, tree

FORBIDDEN = {"util", "utils", "helper", "helpers", "manager", "handle", "handler", "handles", "process", "data", "misc"}
LONGEST = 300


def words(name: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name)}


def named(module: ast.Module):
    """What a module itself names: functions, classes, constants, and the methods of classes that inherit from none."""
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.Assign):
            yield from ((one.id, node.lineno) for one in node.targets if isinstance(one, ast.Name))
        if isinstance(node, ast.ClassDef) and not node.bases:
            yield from ((one.name, one.lineno) for one in node.body if isinstance(one, ast.FunctionDef))


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_names_say_what_things_are(path):
    assert not words(path.stem) & FORBIDDEN, f"{short(path)}: name the file after its idea"
    for name, line in named(tree(path)):
        empty = words(name) & FORBIDDEN
        assert not empty, f"{short(path)}:{line} {name}: {', '.join(empty)} says nothing; what is it?"


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_a_module_is_one_idea(path):
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= LONGEST, f"{short(path)} has {lines} lines: a second idea wants its own file"


def test_a_feature_has_the_same_name_everywhere(bare_app):
    from network import FEATURES

    for feature in FEATURES:
        assert (ROOT / "network" / feature / "__init__.py").exists(), f"network/{feature}/ is missing"
    for name in bare_app.blueprints:
        feature = name.removesuffix("_api")
        assert feature in (*FEATURES, "health", "places", "index", "mail"), (
            f"the blueprint {name} belongs to no feature"
        )
