"""Groups of commands that a web server never needs: what they stand for is loaded once somebody calls one of them."""

from importlib import import_module

import click


class Later(click.Group):
    """Stands for a group of commands, given as "module:name", until somebody calls it or asks what is in it."""

    def __init__(self, name: str, meant: str, help: str) -> None:
        super().__init__(name, help=help)
        self.module, _, self.attribute = meant.partition(":")

    @property
    def meant(self) -> click.Group:
        """The group itself."""
        found: click.Group = getattr(import_module(self.module), self.attribute)
        found.help = found.help or self.help
        return found

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: object
    ) -> click.Context:
        return self.meant.make_context(info_name, args, parent, **extra)

    def list_commands(self, context: click.Context) -> list[str]:
        return self.meant.list_commands(context)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        return self.meant.get_command(context, name)
