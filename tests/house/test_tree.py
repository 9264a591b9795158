"""What is kept in the repository, and what never is."""

import re

from tests.house.source import short, tracked

HOSTS = re.compile(r"registry[.]npm[j]s|py[p]i[.]org|python[h]osted|deb[.]deb[i]an")
PLACES = re.compile(r"(?<![\w.])/(?:wor[k]|far[m]|roo[t]|hom[e])/")
FETCHED = re.compile(r"\.min\.(js|css)$|(^|/)(node_modules|vendor)/|\.(sqlite3?|db|mo|pyc)$")
TEXT = {".py", ".md", ".txt", ".in", ".toml", ".json", ".html", ".css", ".js", ".cfg", ".conf", ".service", ".po", ""}
LARGEST, LARGEST_CATALOGUE = 300_000, 600_000


def test_nothing_fetched_or_made_is_kept():
    for path in tracked():
        assert not FETCHED.search(short(path)), f"{short(path)} is fetched or made: ignore it, and make it at set-up"


def test_no_file_is_large():
    for path in tracked():
        most = LARGEST_CATALOGUE if path.suffix == ".po" else LARGEST
        assert path.stat().st_size <= most, f"{short(path)} is larger than {most // 1000} kB: make it at set-up"


def test_no_file_names_a_registry_or_a_machine():
    for path in tracked():
        if path.suffix in TEXT:
            text = path.read_text("utf-8", errors="replace")
            for pattern in (HOSTS, PLACES):
                found = pattern.search(text)
                assert not found, f"{short(path)} names {found.group()}: it holds only on one machine"


def test_requirements_carry_hashes_and_no_host():
    for path in tracked():
        if re.fullmatch(r"requirements.*\.txt", path.name):
            text = path.read_text()
            assert "://" not in text, f"{path.name}: no addresses in it"
            pinned = re.findall(r"^[\w.\[\]-]+==\S+.*?(?=^[\w.]|\Z)", text, re.M | re.S)
            assert pinned, f"{path.name} pins nothing"
            assert all("--hash=sha256:" in one for one in pinned), f"{path.name}: `make requirements` adds the hashes"
