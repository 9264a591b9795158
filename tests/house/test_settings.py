"""What the contract promises operators: settings with a default, commands that explain themselves."""

import re

import click

from network.config import DEFAULTS, ROOT


def commands(group: click.Group, above: tuple[str, ...] = ()):
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield (*above, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*above, name))


def test_every_command_says_what_it_does(bare_app):
    for path, command in commands(bare_app.cli):
        assert command.help or command.callback.__doc__, f"flask {' '.join(path)} needs a docstring for its --help"


def test_the_readme_says_what_each_setting_does():
    readme = (ROOT / "README.md").read_text("utf-8")
    for name in DEFAULTS:
        assert re.search(rf"^\|.*`{name}`.*\|", readme, re.M), f"README.md: the table of settings lacks {name}"


def test_the_readme_names_every_command_of_ours(bare_app):
    readme = (ROOT / "README.md").read_text("utf-8")
    for path, command in commands(bare_app.cli):
        if path[0] not in ("run", "shell", "routes", "db") and not isinstance(command, click.Group):
            assert f"flask {' '.join(path)}" in readme, f"README.md: the table of commands lacks flask {' '.join(path)}"
