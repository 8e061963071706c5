"""``incidentsim drill``: play a scenario in the terminal, or let one of its auto-players play it."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command(help="Play a scenario in the terminal; with --auto, let an auto-player play it and write its packet.")
@click.argument("scenario")
@click.option("--auto", "policy", default=None, help="One of the scenario's policies, such as reference.")
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), default=1, show_default=True)
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Where the packet goes.")
@click.option("--variant", default=None, help="One of the scenario's variants, or any: drawn by the seed.")
def drill(scenario: str, policy: str | None, seed: int, out: Path | None, variant: str | None) -> None:
    """Open the briefing, or play at once."""
    if policy is None:
        from incidentsim.tui.app import run

        if variant is not None:
            from incidentsim.exercise.settings import setting_for

            setting_for(scenario, seed=seed, variant=variant)
        sys.exit(run(scenario, out=out, seed=seed, variant=variant))
    from incidentsim.packet.automatic import play_and_write

    written = play_and_write(scenario, policy, seed, out, variant)
    click.echo(f"EXERCISE  {written.number}  policy {policy}, seed {seed}: score {written.score} of 100.")
    for path in written.files:
        click.echo(f"  {path}")
