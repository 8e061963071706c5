"""``incidentsim scenario``: what there is, and the tools of those who write scenarios."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from incidentsim.cli.output import say, say_json
from incidentsim.cli.scenario_check import check
from incidentsim.cli.scenario_tools import dry_run, graph, msel, new

if TYPE_CHECKING:
    from incidentsim.scenario.document import Scenario


@click.group(help="List, show, check and write scenarios.")
def scenario() -> None:
    """The command group."""


for _tool in (check, graph, new, msel, dry_run):
    scenario.add_command(_tool)


@scenario.command("list", help="List the scenarios of this folder, of yours, and those that were installed.")
def list_() -> None:
    """One line each: id, title, where it stands."""
    from incidentsim.scenario.library import entries
    from incidentsim.text.escaping import one_line

    found = entries()
    if not found:
        say("There are no scenarios. Put one into scenarios/<id>/incident_scenario.json.")
        return
    widest = max(len(entry.id) for entry in found)
    for entry in found:
        where = "" if entry.origin == "installed" else f"  ({entry.path})"
        say(f"{entry.id.ljust(widest)}  {one_line(entry.title)}{where}")


@scenario.command(help="Show what a participant is told before play: by id or path.")
@click.argument("name")
def show(name: str) -> None:
    """Briefing, formats, roles, services; nothing that play is meant to find out."""
    from incidentsim.scenario.library import find
    from incidentsim.scenario.loading import load

    say(shown(load(find(name)).scenario))


def shown(document: Scenario) -> str:
    """What a participant may know of a scenario, as text."""
    from incidentsim.scenario.units import format_duration
    from incidentsim.text.escaping import one_line

    brief = document.briefing
    lines = [
        f"{document.number}  {one_line(document.title)}",
        f"starts {document.start:%Y-%m-%d %H:%M} {document.start.tzname()}, spans {format_duration(document.duration)}",
        "",
        *(text for text in (brief.role, brief.situation, brief.goal, *brief.notes) if text),
        "",
        "Formats",
        *(f"  {each.id:<8} {one_line(each.title)}" for each in document.formats),
    ]
    if document.roles:
        lines += ["", "Roles", *(f"  {each.id:<20} {one_line(each.title)}" for each in document.roles)]
    if document.services:
        lines += ["", "Services"]
        for service in document.services:
            needs = f" · needs {', '.join(service.depends_on)}" if service.depends_on else ""
            lines.append(f"  {service.id:<20} {one_line(service.title)} · team {service.team}{needs}")
    return "\n".join(lines)


@scenario.command(help="Print the JSON Schema of scenarios, for editors.")
def schema() -> None:
    """Draft 2020-12."""
    from incidentsim.scenario.schema import scenario_schema

    say_json(scenario_schema())
