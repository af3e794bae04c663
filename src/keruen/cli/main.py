"""The root of the command line.

A command is imported when it is called, so that `keruen --help` costs nothing but click.
Exit codes: 0 done, 1 findings, 2 wrong use, 3 refused or failed.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from keruen import __version__
from keruen.errors import KeruenError

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("keruen.cli.demo:demo", "Two nodes exchange a small traffic before your eyes."),
    "init": ("keruen.cli.setup:init", "Make a node directory with keys and an agreement."),
    "check": ("keruen.cli.setup:check", "Explain every mistake in a node directory."),
    "agreement": ("keruen.cli.agreement:agreement", "Show what was agreed, for a lawyer."),
    "instruments": ("keruen.cli.instruments:instruments", "Keep the register of what was signed."),
    "card": ("keruen.cli.card:card", "Print this node's card, or add a partner's."),
    "keys": ("keruen.cli.card:keys", "Make keys for partners of another AS4 profile."),
    "run": ("keruen.cli.setup:run", "Run the node: exchange with partners, show the console."),
    "ping": ("keruen.cli.ping:ping", "Try the way to a partner; nothing is delivered."),
    "submit": ("keruen.cli.work:submit", "Hand declarations of the national system in."),
    "annul": ("keruen.cli.consignment:annul", "Tell that a declaration was annulled."),
    "empty": ("keruen.cli.consignment:empty", "Tell that a vehicle leaves without goods."),
    "show": ("keruen.cli.consignment:show", "Show a consignment with all its versions."),
    "on-the-way": ("keruen.cli.onway:on_the_way", "Tell of another vehicle, seals or ETA."),
    "record": ("keruen.cli.record:record", "Print what both sides know of a consignment."),
    "expected": ("keruen.cli.post:expected", "List what is on the way to a post."),
    "arrive": ("keruen.cli.post:arrive", "Register an arrival at a post."),
    "enquire": ("keruen.cli.asking:enquire", "Ask the other side where a consignment is."),
    "enquiries": ("keruen.cli.asking:enquiries", "List what is asked, or answer it."),
    "cases": ("keruen.cli.cases:cases", "What does not add up between the two sides."),
    "verify": ("keruen.cli.asking:verify", "Ask whether a declaration exists, by its number."),
    "report": ("keruen.cli.asking:report", "Report what was sent and received; heal differences."),
    "quality": ("keruen.cli.quality:quality", "Score the quality of what each side supplies."),
    "figures": ("keruen.cli.figures:figures", "Count what came on time, late, or not at all."),
    "mirror": ("keruen.cli.mirror:mirror", "Set two sides' figures side by side; explain the gap."),
    "reconcile": (
        "keruen.cli.reconcile:reconcile",
        "Link two administrations' tables, line by line.",
    ),
    "turnover": ("keruen.cli.turnover:turnover", "Set both reporters of trade side by side."),
    "purge": ("keruen.cli.purge:purge", "Remove what was kept as long as was agreed."),
    "status": ("keruen.cli.work:status", "Count what was sent, received, waits and failed."),
    "user": ("keruen.cli.user:user", "Say who may come into the console."),
    "audit": ("keruen.cli.audit:audit", "Print who looked at what and who did what."),
    "token": ("keruen.cli.token:token", "Say which programs may call the API."),
    "package": ("keruen.cli.package:package", "Exchange without a line: carry messages as files."),
    "convert": (
        "keruen.cli.convert:convert",
        "Read a declaration file and print it in another format.",
    ),
    "check-declaration": (
        "keruen.cli.check_declaration:check_declaration",
        "Say what is wrong in a declaration file, and what would be right.",
    ),
    "schema": ("keruen.cli.convert:schema", "Print a JSON Schema."),
    "codelists": ("keruen.cli.codelists:codelists", "Show the code lists, or load one's own."),
    "simulate": ("keruen.cli.simulate:simulate", "Make records of two countries with the truth."),
    "bench": ("keruen.cli.bench:bench", "Measure this machine."),
}
"""Command name → (``module:function``, what it does)."""


class LazyGroup(click.Group):
    """A group whose commands are named in `COMMANDS`, and that explains errors instead of raising them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Name the commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command, if there is one of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, function = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), function)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; each error is one line on standard error, never a stack trace."""
        try:
            return super().invoke(ctx)
        except KeruenError as error:
            for one in (error, *getattr(error, "others", ())):
                click.echo(f"keruen: {one}", err=True)
            sys.exit(error.exit_code)
        except click.Abort:
            click.echo("keruen: stopped", err=True)
            sys.exit(3)
        except (click.ClickException, click.exceptions.Exit):
            raise
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        except Exception as error:
            if os.environ.get("KERUEN_DEBUG"):
                raise
            click.echo(
                f"keruen: internal-error: {type(error).__name__}: {error} "
                "(KERUEN_DEBUG=1 shows where)",
                err=True,
            )
            sys.exit(3)


@click.group(cls=LazyGroup)
@click.version_option(__version__, prog_name="keruen")
def main() -> None:
    """Two customs administrations tell each other what is on the road."""
    from keruen import telemetry

    telemetry.log_to_stderr(quiet=True)  # what a command prints is for programs, too
