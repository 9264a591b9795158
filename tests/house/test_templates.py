"""The rules of the templates; those of the finished pages are in tests/rules.py."""

import ast
import re

import pytest

from network.config import ROOT
from tests.house.source import JINJA, MODULES, TEMPLATES, short, tags, tree

FORBIDDEN = ("hx-boost", "hx-confirm", "hx-put", "hx-patch", "hx-delete", "hx-vals", "hx-headers", "hx-ext", "style")
SPOKEN = ("alt", "aria-label", "placeholder", "title")
TRANSLATED = re.compile(r"\{%-?\s*trans\b.*?\{%-?\s*endtrans\s*-?%\}", re.S)
UNSPOKEN = re.compile(r"<(script|style|code)\b.*?</\1>|<!--.*?-->|<!doctype[^>]*>|&\w+;|<[^<>]*>", re.S | re.I)
VALUE = re.compile(r"[\w-]+=(\"[^\"]*\"|'[^']*')")
SAME_IN_EVERY_LANGUAGE = {"Big Tent", "GeoNames", "Natural Earth", "CC BY 4.0", "GeoJSON", "CSV", "JSON", "OpenAPI"}


def of_each_template(test):
    return pytest.mark.parametrize("path", TEMPLATES, ids=short)(test)


@of_each_template
def test_everything_works_without_script(path):
    for tag, attributes, line in tags(path.read_text("utf-8")):
        where = f"{short(path)}:{line} <{tag}>"
        if "hx-get" in attributes:
            link = tag == "a" and "href" in attributes
            form = tag == "form" and attributes.get("method", "").lower() == "get"
            assert link or form, f'{where}: hx-get stands only on an a with href or a form method="get"'
        if "hx-post" in attributes:
            form = tag == "form" and attributes.get("method", "").lower() == "post" and "action" in attributes
            assert form, f'{where}: hx-post stands only on a form method="post" with an action'


@of_each_template
def test_behaviour_and_looks_stand_in_files(path):
    for tag, attributes, line in tags(path.read_text("utf-8")):
        for name, value in attributes.items():
            where = f"{short(path)}:{line} <{tag} {name}>"
            assert name not in FORBIDDEN, f"{where}: not in this house; docs and house style say what instead"
            assert not name.startswith(("on", "hx-on")), f"{where}: put behaviour into a module in static/"
            assert not value.startswith(("js:", "javascript:")), f"{where}: no script in attributes"


@of_each_template
def test_macros_are_imported_inside_the_block_that_uses_them(path):
    depth, text = 0, path.read_text("utf-8")
    if "{% block" not in text:
        return
    for found in re.finditer(r"\{%-?\s*(block|endblock|from|import)\b", text):
        word = found.group(1)
        depth += {"block": 1, "endblock": -1}.get(word, 0)
        line = text.count("\n", 0, found.start()) + 1
        assert depth or word == "endblock", f"{short(path)}:{line}: undefined when a block renders alone"


@of_each_template
def test_every_text_can_be_translated(path):
    text = TRANSLATED.sub(" ", path.read_text("utf-8"))
    spoken = re.sub(r"\{%-?\s*raw.*?endraw\s*-?%\}", " ", text, flags=re.S)
    for tag, attributes, line in tags(spoken):
        for name in SPOKEN:
            words = re.findall(r"[^\W\d_]{2,}", attributes.get(name, ""))
            assert not words, f"{short(path)}:{line} <{tag} {name}>: put {' '.join(words)!r} into _()"
    for piece in UNSPOKEN.sub("\n", VALUE.sub(" ", JINJA.sub(" ", spoken))).splitlines():
        words = re.findall(r"[^\W\d_]{2,}", piece)
        known = piece.strip(" .,:;·()") in SAME_IN_EVERY_LANGUAGE
        assert known or not words, f"{short(path)}: put {piece.strip()!r} into _() or trans"


def rendered() -> set[tuple[str, str]]:
    """The (template, block) pairs that the views name."""
    pairs = set()
    for path in MODULES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "render":
                named = [*node.args[:2], *(word.value for word in node.keywords if word.arg == "block")]
                texts = [one.value for one in named if isinstance(one, ast.Constant) and isinstance(one.value, str)]
                if len(texts) == 2:
                    pairs.add((texts[0], texts[1]))
    return pairs


def test_a_block_that_is_answered_alone_has_the_name_of_its_element():
    for template, block in rendered():
        text = (ROOT / "templates" / template).read_text("utf-8")
        assert re.search(rf"\{{%-?\s*block {block}\b", text), f"{template} has no block {block}"
        assert f'id="{block}"' in text, f'{template}: the element around block {block} needs id="{block}"'


def test_every_template_is_used():
    said = "\n".join(path.read_text("utf-8") for path in (*MODULES, *TEMPLATES))
    for path in TEMPLATES:
        name = path.relative_to(ROOT / "templates").as_posix()
        assert name in said, f"nothing renders or includes {name}: take it away"


def test_only_one_python_file_speaks_of_htmx():
    for path in MODULES:
        if short(path) != "network/web.py":
            assert not re.search(r"htmx|HX-", path.read_text("utf-8")), f"{short(path)}: leave it to render() in web.py"
