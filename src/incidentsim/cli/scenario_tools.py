"""``incidentsim scenario graph | new | msel | dry-run``: tools of those who write and run scenarios."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidentsim.cli.output import say, say_json, write_new

if TYPE_CHECKING:
    from incidentsim.exercise.exercise import Setting

PART = click.Choice(["services", "flow", "truth"])
FORM = click.Choice(["text", "svg", "mermaid", "dot"])
SEED = click.IntRange(0, 2**63 - 1)


@click.command(help="Draw what a scenario is made of: services, flow, or (a spoiler) its truth.")
@click.argument("name")
@click.option("--of", "part", type=PART, default="services", show_default=True)
@click.option("--format", "form", type=FORM, default="text", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Into a new file.")
def graph(name: str, part: str, form: str, out: Path | None) -> None:
    """The network as text, SVG, Mermaid or DOT."""
    from incidentsim.authoring.graphs import GRAPHS, SPOILERS
    from incidentsim.drawing.network import network_dot, network_mermaid, network_text
    from incidentsim.drawing.network_svg import network_svg
    from incidentsim.scenario.library import find
    from incidentsim.scenario.loading import load

    network = GRAPHS[part](load(find(name)).scenario)
    marker = SPOILERS if part != "services" else ""
    draw = {"svg": network_svg, "mermaid": network_mermaid, "dot": network_dot}.get(form)
    _give(network_text(network, marker=marker) if draw is None else draw(network, marker), out)


@click.command(help="Write a small scenario that plays from end to end into a new folder, to start from.")
@click.argument("folder", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """The folder's name is the scenario's id."""
    from incidentsim.authoring.skeleton import written

    for path in written(folder):
        say(str(path))


@click.command(help="The master scenario events list: what reaches people when. For facilitators; it holds spoilers.")
@click.argument("name")
@click.option("--csv", "as_csv", is_flag=True, help="As CSV.")
@click.option("--variant", default=None, help="One of the scenario's variants.")
@click.option("--seed", type=SEED, default=1, show_default=True)
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Into a new file.")
def msel(name: str, as_csv: bool, variant: str | None, seed: int, out: Path | None) -> None:
    """If nobody acts, and if the reference is played."""
    from incidentsim.authoring import msel as events

    setting = _setting(name, seed, variant)
    rows = events.rows(setting)
    _give(events.as_csv(rows) if as_csv else events.as_text(rows, setting.scenario.number) + "\n", out)


@click.command("dry-run", help="A forecast of a run, for facilitators; it holds spoilers.")
@click.argument("name")
@click.option("--policy", default="reference", show_default=True, help="Who plays; idle is nobody.")
@click.option("--variant", default=None, help="One of the scenario's variants.")
@click.option("--seed", type=SEED, default=1, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def dry_run(name: str, policy: str, variant: str | None, seed: int, as_json: bool) -> None:
    """Milestones, budgets, messages, deadlines, hands, and where it is crowded or silent."""
    from incidentsim.authoring.forecast import as_text, forecast

    setting = _setting(name, seed, variant)
    found = forecast(setting, policy)
    if as_json:
        say_json({"scenario": setting.scenario.id, "seed": seed, "variant": variant, **found.to_json()})
    else:
        say(as_text(found, setting))


def _setting(name: str, seed: int, variant: str | None) -> Setting:
    from incidentsim.exercise.settings import setting_for

    return setting_for(name, seed=seed, variant=variant)


def _give(text: str, out: Path | None) -> None:
    if out is None:
        say(text.removesuffix("\n"))
    else:
        write_new(out, text)
