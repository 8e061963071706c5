"""``incidentsim whatif``: policies, commands and controls compared over repeated paired runs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from incidentsim.cli.errors import INTERRUPTED

if TYPE_CHECKING:
    from incidentsim.exercise.exercise import Setting
    from incidentsim.whatif.result import Result
    from incidentsim.whatif.study import Study

BACKENDS = ("serial", "loky", "dask")


def shared(seeds: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The options that every comparison takes; *seeds* are run where nobody says how many."""
    options = (
        click.option("--seeds", type=click.IntRange(1, 10_000), default=seeds, show_default=True,
                     help="How many seeds, from 1 on; every arm is run with each."),
        click.option("--variant", default=None, help="One of the scenario's variants."),
        click.option("--backend", type=click.Choice(BACKENDS), default=None,
                     help="Where it runs; loky where there is more than one worker, else serial."),
        click.option("--jobs", type=click.IntRange(1, 256), default=None, help="Worker processes; one a core."),
        click.option("--scheduler", default=None, metavar="ADDRESS",
                     help="A Dask scheduler that is running, such as tcp://127.0.0.1:8786."),
        click.option("--json", "json_file", default=None, metavar="FILE",
                     help="Everything as JSON into a new file; - prints it instead of the table."),
        click.option("--svg", "svg_file", type=click.Path(path_type=Path), default=None, metavar="FILE",
                     help="The intervals as a drawing in a new file."),
    )  # fmt: skip

    def decorated(command: Callable[..., None]) -> Callable[..., None]:
        for option in reversed(options):
            command = option(command)
        return command

    return decorated


@click.group(help="Compare policies, commands and controls over repeated runs. Everything is MODELLED.")
def whatif() -> None:
    """The command group."""


@whatif.command(help="Compare policies of a scenario with the first one named.")
@click.argument("name")
@click.argument("policies", nargs=-1, required=True, metavar="POLICY...")
@shared(20)
def policies(name: str, policies: tuple[str, ...], seeds: int, variant: str | None, **how: Any) -> None:
    """A policy against another."""
    from incidentsim.whatif.study import policies_study

    _report(policies_study(_setting(name, variant), policies, range(1, seeds + 1)), **how)


@whatif.command(help="Compare a policy with itself: a command left out, or delayed.")
@click.argument("name")
@click.option("--policy", default="reference", show_default=True)
@click.option("--without", multiple=True, metavar="LABEL", help="Leave the command of that label out.")
@click.option("--delay", "delays", multiple=True, metavar="LABEL=TIME", help="Give it later, such as LABEL=30m.")
@click.option("--together", is_flag=True, help="All changes at once; otherwise each is compared on its own.")
@shared(20)
def command(
    name: str, policy: str, without: tuple[str, ...], delays: tuple[str, ...], together: bool, seeds: int,
    variant: str | None, **how: Any,
) -> None:  # fmt: skip
    """What one command was worth."""
    from incidentsim.whatif.study import command_study

    study = command_study(
        _setting(name, variant), policy, without, [_delay(each) for each in delays], range(1, seeds + 1), together
    )
    _report(study, **how)


@whatif.command(help="Compare the world as it is with the same and one possible control more.")
@click.argument("name")
@click.option("--control", "chosen", multiple=True, metavar="ID", help="A possible control; all where none is named.")
@click.option("--policy", default="typical", show_default=True)
@click.option("--responder", type=click.Choice(["fixed", "shifted", "both"]), default="both", show_default=True,
              help="Commands at their times, or moved by an earlier page.")  # fmt: skip
@click.option("--siblings/--no-siblings", default=True, show_default=True, help="Also on held-back related failures.")
@shared(10)
def controls(
    name: str, chosen: tuple[str, ...], policy: str, responder: str, siblings: bool, seeds: int, variant: str | None,
    **how: Any,
) -> None:  # fmt: skip
    """What a control would save, and what its false alarms cost."""
    from incidentsim.whatif.study import controls_study

    study = controls_study(_setting(name, variant), chosen, policy, range(1, seeds + 1), responder, siblings)
    _report(study, **how)


def _setting(name: str, variant: str | None) -> Setting:
    from incidentsim.exercise.settings import ANY_VARIANT, setting_for

    if variant == ANY_VARIANT:
        raise click.UsageError("A comparison needs one world: name a variant, or leave --variant out.")
    return setting_for(name, variant=variant)


def _delay(text: str) -> tuple[str, int]:
    from incidentsim.scenario.units import parse_duration

    label, equals, time = text.partition("=")
    try:
        if not equals or not label:
            raise ValueError("write LABEL=TIME, such as hold-rollout=30m")
        return label, parse_duration(time)
    except ValueError as error:
        raise click.BadParameter(f"{text[:100]!r}: {error}", param_hint="--delay") from error


def _report(
    study: Study, backend: str | None, jobs: int | None, scheduler: str | None, json_file: str | None,
    svg_file: Path | None,
) -> None:  # fmt: skip
    """Run the study, and print and write what came of it. Files are checked before, so that no run is in vain."""
    from incidentsim.cli.output import say, say_json
    from incidentsim.whatif.result import carry_out

    if scheduler is not None and backend not in {None, "dask"}:
        raise click.UsageError("--scheduler goes with --backend dask.")
    for file in (Path(json_file) if json_file not in {None, "-"} else None, svg_file):
        _new(file)
    workers = jobs if jobs is not None else _cores()
    chosen = backend or ("dask" if scheduler else "loky" if workers > 1 else "serial")
    progress = _Progress()
    result = carry_out(study, chosen, workers, scheduler, progress)
    progress.done()
    if json_file == "-":
        say_json(result.to_json())
    else:
        from incidentsim.cli.whatif_tables import report

        say(report(result))
    _write(result, json_file, svg_file)
    if result.interrupted:
        _tell(f"Stopped: {len(result.seeds)} of {len(study.seeds)} seeds are finished, and only they are shown.")
        sys.exit(INTERRUPTED)


def _write(result: Result, json_file: str | None, svg_file: Path | None) -> None:
    import json

    from incidentsim.cli.output import write_new
    from incidentsim.cli.whatif_tables import MARK, interval_plot
    from incidentsim.drawing.intervals import intervals_svg

    if json_file not in {None, "-"}:
        write_new(Path(str(json_file)), json.dumps(result.to_json(), indent=2) + "\n")
    plot = interval_plot(result)
    if svg_file is not None and plot is not None:
        write_new(svg_file, intervals_svg(plot, f"{MARK} · {result.study.scenario.number}"))


def _new(file: Path | None) -> None:
    from incidentsim.text.problem import Problem

    if file is None:
        return
    if file.exists() or file.is_symlink():
        raise Problem("there is a file of that name already", place=str(file), mend="Choose another name.")
    if not file.absolute().parent.is_dir():
        raise Problem("there is no such folder", place=str(file.parent), mend="Choose another place.")


def _cores() -> int:
    import os

    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Progress:
    """One line on the terminal, written over and over; nothing where standard error is none."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()

    def __call__(self, finished: int, tasks: int) -> None:
        """So much is done."""
        if self._shown:
            click.echo(f"\r{finished} of {tasks} pieces of work done; Ctrl-C keeps them ", err=True, nl=False)

    def done(self) -> None:
        """Take the line away."""
        if self._shown:
            click.echo("\r\x1b[K", err=True, nl=False)


def _tell(text: str) -> None:
    from incidentsim.text.escaping import for_terminal

    click.echo(for_terminal(text), err=True)
