"""The root of the command line.

A command is imported when it is called, so that `keruen --help` costs nothing but click.
"""

from __future__ import annotations

from importlib import import_module

import click

from keruen import __version__

COMMANDS: dict[str, str] = {}
"""Command name → ``module:function``."""


class LazyGroup(click.Group):
    """A group whose commands are named in `COMMANDS`."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Name the commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command, if there is one of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, function = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), function)
        return command


@click.group(cls=LazyGroup)
@click.version_option(__version__, prog_name="keruen")
def main() -> None:
    """Two customs administrations tell each other what is on the road."""
