"""``incidentsim reconstruct``: an incident that is over, as the files it left, to be worked out from them."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click


@click.command(help="Write the exports of an incident that others responded to, and open the debrief on it.")
@click.argument("scenario")
@click.option("--out", type=click.Path(path_type=Path), default=None,
              help="Where the exports go: a folder that is new or empty (default: beside the exercise).")  # fmt: skip
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), default=1, show_default=True)
@click.option("--variant", default=None, help="One of the scenario's variants, or any: drawn by the seed.")
@click.option("--plain", is_flag=True, help="Go on by lines of text, for screen readers and simple terminals.")
@click.option("--files-only", is_flag=True, help="Write the exports and say how to go on, without opening the debrief.")
def reconstruct(scenario: str, out: Path | None, seed: int, variant: str | None, plain: bool, files_only: bool) -> None:
    """Let the incident happen, write its files, and go to the debrief where there is a terminal."""
    from incidentsim.exercise.reconstructing import start_reconstruction
    from incidentsim.text.escaping import for_terminal

    started = start_reconstruction(scenario, datetime.now(UTC), out, seed, variant)
    click.echo(f"EXERCISE  {started.exercise_id}: the exports of an incident, to be reconstructed.")
    for name, lines in started.files.items():
        click.echo(for_terminal(f"  {started.folder / name}{f'  {lines:,} lines' if lines else ''}"))
    click.echo(f"Open the debrief with: incidentsim exercise resume {started.exercise_id}")
    if files_only:
        return
    from incidentsim.plain import starting

    if starting.wanted(plain):
        sys.exit(starting.run(journal=started.journal))
    if sys.stdin.isatty() and sys.stdout.isatty():
        from incidentsim.tui.app import run

        sys.exit(run(journal=started.journal))
