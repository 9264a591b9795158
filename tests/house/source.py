"""What the house tests look at: the tracked files, the modules of the application and its templates."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from network.config import ROOT

MODULES = tuple(sorted(path for path in (ROOT / "network").rglob("*.py") if "migrations" not in path.parts))
TEMPLATES = tuple(sorted((ROOT / "templates").rglob("*.html")))
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.S)
TAG = re.compile(r"<([a-zA-Z][\w-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>", re.S)
ATTRIBUTE = re.compile(r"([@:\w-]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?")


def short(path: Path) -> str:
    """The path as one reads it: from the top of the repository."""
    return path.relative_to(ROOT).as_posix()


def dotted(path: Path) -> str:
    """The module's name: `network.places.models`."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


NAMES = frozenset(map(dotted, MODULES))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), short(path))


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that git keeps or is about to keep."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


@cache
def imports(path: Path) -> tuple[tuple[str, int], ...]:
    """The modules of ours that a module imports when it runs, with the line; what only types need doesn't count."""
    return tuple(imported(without_type_checking(tree(path))))


def imported(module: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names if alias.name.startswith("network"))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("network"):
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield (whole if whole in NAMES else str(node.module)), node.lineno


def without_type_checking(module: ast.Module) -> ast.Module:
    kept = [
        node
        for node in module.body
        if not (isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING")
    ]
    return ast.Module(body=kept, type_ignores=[])


def tags(template: str) -> Iterator[tuple[str, dict[str, str], int]]:
    """The HTML tags of a template: name, attributes (what Jinja fills in reads `?`) and line."""
    plain = JINJA.sub(lambda found: "?" + "\n" * found.group().count("\n"), template)
    for found in TAG.finditer(plain):
        attributes = {name.lower(): value.strip("\"'") for name, value in ATTRIBUTE.findall(found.group(2))}
        yield found.group(1).lower(), attributes, plain.count("\n", 0, found.start()) + 1
