"""``incidentsim packet``: verifying postmortem packets, and rendering them again."""

from __future__ import annotations

import sys
from pathlib import Path

import click

MOST_SHOWN = 50


@click.group(help="Verify postmortem packets, and render them again.")
def packet() -> None:
    """The command group."""


@packet.command(help="Compute everything in a packet again from its journal, and compare.")
@click.argument("folder", type=click.Path(path_type=Path))
def verify(folder: Path) -> None:
    """What the record does not bear out, one line each; exit status 1 where there is something, 2 for no packet."""
    from incidentsim.packet.verify import verify as compare
    from incidentsim.text.escaping import for_terminal

    found = compare(folder)
    for each in found[:MOST_SHOWN]:
        click.echo(for_terminal(f"{folder}/{each}"))
    if len(found) > MOST_SHOWN:
        click.echo(f"… and {len(found) - MOST_SHOWN} more")
    if found:
        sys.exit(1)
    click.echo(for_terminal(f"{folder}: every number agrees with the journal."))


@packet.command(help="Render a packet again from its journal and its case; what a person changed stays.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--template", default="google-sre", show_default=True, help="A template of postmortem_templates.")
def render(folder: Path, template: str) -> None:
    """Names the files, and numbers that were typed over those of the record."""
    from incidentsim.packet.again import rendered_again
    from incidentsim.text.escaping import for_terminal

    written = rendered_again(folder, template)
    for each in written.findings[:MOST_SHOWN]:
        click.echo(for_terminal(f"{folder}/{each}"), err=True)
    click.echo(for_terminal(f"{folder}: {len(written.paths)} files written."))
