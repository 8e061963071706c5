"""``incidentsim drill``: play a scenario in the terminal, or let one of its auto-players play it."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command(help="Play a scenario in the terminal; with --auto, let an auto-player play it and write its packet.")
@click.argument("scenario", required=False)
@click.option("--auto", "policy", default=None, help="One of the scenario's policies, such as reference.")
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), default=1, show_default=True)
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Where the packet goes.")
@click.option("--variant", default=None, help="One of the scenario's variants, or any: drawn by the seed.")
@click.option("--plain", is_flag=True, help="Play by lines of text, for screen readers and simple terminals.")
def drill(
    scenario: str | None, policy: str | None, seed: int, out: Path | None, variant: str | None, plain: bool
) -> None:
    """Open the library or the briefing, or play at once."""
    if policy is None:
        if variant is not None and scenario is not None:
            from incidentsim.exercise.settings import setting_for

            setting_for(scenario, seed=seed, variant=variant)
        from incidentsim.plain import starting

        if starting.wanted(plain):
            sys.exit(starting.run(scenario, out=out, seed=seed, variant=variant))
        from incidentsim.tui.app import run

        sys.exit(run(scenario, out=out, seed=seed, variant=variant))
    if scenario is None:
        raise click.UsageError("An auto-player needs a scenario. incidentsim scenario list shows them.")
    from incidentsim.packet.automatic import play_and_write

    written = play_and_write(scenario, policy, seed, out, variant)
    click.echo(f"EXERCISE  {written.number}  policy {policy}, seed {seed}: score {written.score} of 100.")
    for path in written.files:
        click.echo(f"  {path}")
