"""What the documents tell people to type exists."""

import re
import shlex
from collections.abc import Iterator

import click
import pytest

from network.config import ROOT
from tests.house.source import short, tracked

FENCED = re.compile(r"^```sh\n(.*?)^```", re.M | re.S)
INLINE = re.compile(r"`((?:make|flask) [^`]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
DOCUMENTS = tuple(path for path in tracked() if path.suffix == ".md")


def told(text: str) -> Iterator[list[str]]:
    """The commands in a document, as words; without `VAR=value` before them and comments behind."""
    lines = [line for block in FENCED.findall(text) for line in block.replace("\\\n", " ").splitlines()]
    for line in lines + INLINE.findall(text):
        for part in re.split(r"&&|\|(?= )", line):
            words = shlex.split(part, comments=True)
            while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
                words = words[1:]
            if words and words[0].endswith("flask") and words[1:3] == ["--app", "wsgi"]:
                words = ["flask", *words[3:]]
            if words:
                yield words


def unknown(words: list[str], group: click.Group) -> str:
    """The first word of a flask command that means nothing, or nothing."""
    command: click.Command = group
    for word in words:
        name = word.partition("=")[0]
        if isinstance(command, click.Group) and not word.startswith("-"):
            known = command.get_command(click.Context(command), word)
            if known is None:
                return word
            command = known
        elif name.startswith("-") and name not in ("--help", *options(command)):
            return word
    return ""


def options(command: click.Command) -> set[str]:
    return {spelling for option in command.params for spelling in (*option.opts, *option.secondary_opts)}


@pytest.mark.parametrize("path", DOCUMENTS, ids=short)
def test_the_commands_in_a_document_exist(path, bare_app):
    for words in told(path.read_text("utf-8")):
        said = " ".join(words)
        if words[0] == "make":
            targets = [word for word in words[1:] if "=" not in word and not word.startswith("-")]
            assert set(targets) <= TARGETS, f"{short(path)}: `{said}`: the Makefile has no such target"
        elif words[0] == "flask":
            wrong = unknown(words[1:], bare_app.cli)
            assert not wrong, f"{short(path)}: `{said}`: flask knows no {wrong}"
        elif words[0].startswith(".venv/bin/"):
            assert words[0] in {f".venv/bin/{name}" for name in ("pytest", "ruff", "python", "mypy", "djlint", "flask")}


@pytest.mark.parametrize("path", DOCUMENTS, ids=short)
def test_links_between_documents_lead_somewhere(path):
    for link in LINK.findall(path.read_text("utf-8")):
        if "://" not in link and not link.startswith(("#", "mailto:")):
            assert (path.parent / link.partition("#")[0]).exists(), f"{short(path)}: nothing stands at {link}"


def test_an_unknown_command_is_found(bare_app):
    assert unknown(["places", "load"], bare_app.cli) == ""
    assert unknown(["places", "lode"], bare_app.cli) == "lode"
    assert unknown(["places", "load", "--quickly"], bare_app.cli) == "--quickly"
