"""``incidentsim exercise``: exercises that were played, and going on with them."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from incidentsim.cli.parameters import DURATION


@click.group(help="List, resume, review, verify, fork and export exercises.")
def exercise() -> None:
    """The command group."""


def _tell_of_a_cut(path: Path) -> None:
    """Say so where the last record of a journal is cut; going on with the exercise mends it."""
    from incidentsim.exercise.journal import read

    mended = read(path).mended
    if mended is not None:
        click.echo(f"{path}: {mended}", err=True)


def _origin(path: Path) -> str:
    """What an exercise was forked from, in words; empty where from nothing."""
    from incidentsim.exercise.journal import read
    from incidentsim.exercise.runs import forked_from, setting_of

    contents = read(path)
    found = forked_from(contents)
    if found is None:
        return ""
    when = setting_of(contents).scenario.start + timedelta(milliseconds=found[1])
    return f"forked from {found[0]} at {when:%H:%M:%S} UTC"


@exercise.command("list", help="List the exercises of this user.")
def list_() -> None:
    """One line each: id, scenario, last moment."""
    from incidentsim.exercise.folder import exercises
    from incidentsim.scenario.units import format_duration
    from incidentsim.text.escaping import for_terminal

    found = exercises()
    if not found:
        click.echo("No exercises yet. Start one with: incidentsim drill inc-2024-0312")
    for each in found:
        rest = each.problem or f"{each.scenario}  T+{format_duration(each.last_t // 1000 * 1000)}  {each.title}"
        click.echo(for_terminal(f"{each.id}  {rest}"))


@exercise.command(help="Show what an exercise holds so far, as its player may see it.")
@click.argument("name")
def show(name: str) -> None:
    """Setting, clock, severity, evidence, updates."""
    from incidentsim.exercise.folder import find
    from incidentsim.exercise.runs import read_exercise
    from incidentsim.exercise.seat import Seat
    from incidentsim.text.escaping import for_terminal

    path = find(name)
    _tell_of_a_cut(path)
    played = read_exercise(path)
    seat = Seat(played)
    status, brief = seat.status(), seat.briefing()
    click.echo(f"EXERCISE  {played.setting.exercise_id}")
    click.echo(for_terminal(f"scenario  {brief['number']}  {brief['title']}"))
    click.echo(f"setting   seed {played.setting.seed} · {brief['format']}-minute format · {brief['mode']}")
    if origin := _origin(path):
        click.echo(for_terminal(f"origin    {origin}"))
    click.echo(f"clock     {status['clock']} UTC · {status['state']} · {len(played.commands)} commands")
    click.echo(for_terminal(f"severity  {status['severity'] or 'not declared'}"))
    for item in seat.evidence():
        click.echo(for_terminal(f"{item['id']}  {seat.clock_text(item['t'])}  {item['kind']:<8}  {item['title']}"))


@exercise.command(help="Go on with an exercise in the terminal, paused at its last moment.")
@click.argument("name")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Where the packet goes.")
@click.option("--plain", is_flag=True, help="Play by lines of text, for screen readers and simple terminals.")
def resume(name: str, out: Path | None, plain: bool) -> None:
    """Open the war room again."""
    from incidentsim.exercise.folder import find
    from incidentsim.plain import starting

    path = find(name)
    _tell_of_a_cut(path)
    if starting.wanted(plain):
        sys.exit(starting.run(journal=path, out=out))
    from incidentsim.tui.app import run

    sys.exit(run(journal=path, out=out))


@exercise.command(help="Look at the whole room as it was at any moment of an exercise, and fork from there.")
@click.argument("name")
def review(name: str) -> None:
    """Open the review; the journal is only read."""
    from incidentsim.exercise.folder import find
    from incidentsim.tui.app import run

    path = find(name)
    _tell_of_a_cut(path)
    sys.exit(run(review=path))


@exercise.command(help="Replay an exercise and compare every minute with what was recorded.")
@click.argument("name")
def verify(name: str) -> None:
    """Agreement, or the first minute that differs; exit status 1 where it differs."""
    from incidentsim.exercise.folder import find
    from incidentsim.exercise.runs import verify as compare

    path = find(name)
    _tell_of_a_cut(path)
    verdict = compare(path)
    if verdict.difference is None:
        click.echo(f"{path}: {verdict.commands} commands and {verdict.minutes} minutes agree.")
        return
    click.echo(f"{path}: {verdict.difference}.", err=True)
    sys.exit(1)


@exercise.command(help="Start a new exercise from a moment of another.")
@click.argument("name")
@click.option("--at", type=DURATION, required=True, help="The moment, such as 47m or 1h12m.")
@click.option("--to", "target", type=click.Path(path_type=Path), default=None, help="The new journal.")
def fork(name: str, at: int, target: Path | None) -> None:
    """Copy the commands up to the moment."""
    from incidentsim.exercise import folder
    from incidentsim.exercise.runs import fork as split
    from incidentsim.text.escaping import for_terminal

    source = folder.find(name)
    exercise_id, path = (
        folder.claim(datetime.now(UTC), f"{source.parent.name}-fork") if target is None else (target.stem, target)
    )
    split(source, at, path, exercise_id)
    origin = _origin(path)
    click.echo(for_terminal(f"{path}: {origin}; the commands up to then are kept."))
    click.echo(f"Go on with: incidentsim exercise resume {path}")


@exercise.command(help="Write an exercise's evidence and events, as its player saw them, as JSON lines.")
@click.argument("name")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="A file; otherwise standard output.")
def export(name: str, out: Path | None) -> None:
    """Commands, visible events and evidence, in order of time."""
    from incidentsim.exercise.exporting import exported
    from incidentsim.exercise.folder import find
    from incidentsim.exercise.runs import read_exercise

    text = exported(read_exercise(find(name)))
    if out is None:
        click.echo(text, nl=False)
        return
    from incidentsim.cli.output import write_new

    write_new(out, text)
    click.echo(f"{out}: written.")
