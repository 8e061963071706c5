"""The command line. A command's module is imported when the command is used, never for help."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import click

import incidentsim
from incidentsim.cli.errors import report


@dataclass(frozen=True, slots=True)
class Lazy:
    """Where a command stands, and its help in one line, so that listing it imports nothing."""

    module: str
    help: str


COMMANDS = {
    "drill": Lazy("incidentsim.cli.drill", "Play a scenario in the terminal, or let an auto-player play it."),
    "reconstruct": Lazy("incidentsim.cli.reconstruct", "Work out from an incident's logs what happened."),
    "play": Lazy("incidentsim.cli.play", "Play a scenario as a program, through lines of JSON."),
    "scenario": Lazy("incidentsim.cli.scenario", "List, show and check scenarios."),
    "exercise": Lazy("incidentsim.cli.exercise", "List, resume, review, verify, fork and export exercises."),
    "assess": Lazy("incidentsim.cli.assess", "Explain a score, and look back over drills."),
    "whatif": Lazy("incidentsim.cli.whatif", "Compare policies, commands and controls over repeated runs."),
    "replay": Lazy("incidentsim.cli.replay", "Print what a trainee's seat would see when nobody acts."),
    "settings": Lazy("incidentsim.cli.settings", "Show or check the settings of the screens."),
    "keys": Lazy("incidentsim.cli.settings", "Print every key and what it does."),
    "packet": Lazy("incidentsim.cli.packet", "Verify a postmortem packet against its journal."),
}
LIBRARY = "incidentsim.tui.app"
PLAIN = "incidentsim.plain.starting"


class LazyGroup(click.Group):
    """A group whose commands are imported when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command itself; its module exposes it under the command's name."""
        lazy = COMMANDS.get(cmd_name)
        if lazy is None:
            return None
        command = getattr(importlib.import_module(lazy.module), cmd_name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{lazy.module}.{cmd_name} is not a command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name; a wrong name is answered with the nearest."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            close = difflib.get_close_matches(args[0][:100], COMMANDS, n=1)
            mend = f"Did you mean {close[0]}?" if close else f"There is: {', '.join(COMMANDS)}."
            ctx.fail(f"There is no command {args[0]!r}. {mend}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, from the table."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, lazy.help) for name, lazy in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Practise incidents, understand them, and write them up: offline, in the terminal.\n\n"
    "Without a command, the library of scenarios opens.",
)
@click.version_option(incidentsim.__version__, prog_name="incidentsim")
@click.pass_context
def cli(context: click.Context) -> None:
    """Open the library where there is a terminal; otherwise show the help."""
    if context.invoked_subcommand is not None:
        return
    if not (sys.stdout.isatty() and sys.stdin.isatty()):
        click.echo(context.get_help())
        return
    plain = importlib.import_module(PLAIN)
    context.exit(plain.run() if plain.wanted() else importlib.import_module(LIBRARY).run())


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its status; every expected error is one message."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Run the command line. Its exit status: 0, 2 for what the user can mend, 70 for an error of the tool."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        with cli.make_context("incidentsim", list(arguments)) as context:
            cli.invoke(context)
        sys.stdout.flush()
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else 0 if error.code is None else 1
    except BaseException as error:
        return report(error)
    return 0
