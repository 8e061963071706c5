"""``incidentsim replay``: print what a trainee's seat would see of a scenario in which nobody does anything."""

from __future__ import annotations

import sys
import time

import click

from incidentsim.cli.parameters import DURATION, SPEED


@click.command(help="Print what a trainee's seat would see when nobody acts.")
@click.argument("scenario")
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
@click.option("--until", type=DURATION, default=None, help="How far, such as 2h or 90m (default: to the end).")
@click.option("--speed", type=SPEED, default="max", show_default=True, help="max, or how many times faster than life.")
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), default=1, show_default=True)
@click.option("--variant", default=None, help="One of the scenario's variants.")
def replay(scenario: str, form: str, until: int | None, speed: float | None, seed: int, variant: str | None) -> None:
    """Print rows and messages as they come."""
    from incidentsim.exercise.exercise import Exercise
    from incidentsim.exercise.seat import Seat
    from incidentsim.exercise.settings import setting_for
    from incidentsim.exercise.transcript import lines

    setting = setting_for(scenario, seed=seed, variant=variant)
    seat = Seat(Exercise(setting))
    end = setting.scenario.duration if until is None else min(until, setting.scenario.duration)
    began = time.monotonic()
    for t, line in lines(seat, end, "jsonl" if form == "jsonl" else "text"):
        if speed is not None:
            ahead = t / 1000 / speed - (time.monotonic() - began)
            if ahead > 0:
                sys.stdout.flush()
                time.sleep(ahead)
        sys.stdout.write(line + "\n")
    sys.stdout.flush()
