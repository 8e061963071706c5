"""``incidentsim scenario``: list, show, check, schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from incidentsim.cli.output import say, say_json

if TYPE_CHECKING:
    from incidentsim.scenario.document import Scenario
    from incidentsim.scenario.findings import Finding


@click.group(help="List, show and check scenarios.")
def scenario() -> None:
    """The command group."""


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


@scenario.command(help="Report everything that is wrong with scenarios: by id or path. Exit status 2 on errors.")
@click.argument("names", nargs=-1, required=True, metavar="PATH...")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def check(context: click.Context, names: tuple[str, ...], form: str) -> None:
    """Findings in the order of the text, errors first."""
    reports = [(name, *_checked(name)) for name in names]
    failed = False
    data = []
    for name, findings, more in reports:
        errors = sum(each.severity == "error" for each in findings)
        failed = failed or errors > 0
        if form == "json":
            data.append({"file": name, "findings": [each.to_json() for each in findings], "more": more})
            continue
        for finding in findings:
            say(finding.text(name))
        if more:
            say(f"{name}: … and {more} more findings.")
        warnings = len(findings) - errors
        say(f"{name}: {_count(errors + more, 'error')}, {_count(warnings, 'warning')}.")
    if form == "json":
        say_json(data)
    context.exit(2 if failed else 0)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number or 'no'} {what}s"


def _checked(name: str) -> tuple[tuple[Finding, ...], int]:
    """(findings, how many more there are) of one scenario."""
    from incidentsim.scenario.findings import Finding, ScenarioError
    from incidentsim.scenario.library import find
    from incidentsim.scenario.loading import load
    from incidentsim.text.problem import Problem

    try:
        return load(find(name)).warnings, 0
    except ScenarioError as error:
        return error.findings, error.more
    except Problem as error:
        return (Finding("error", "file", "", None, None, error.message, error.mend),), 0


@scenario.command(help="Print the JSON Schema of scenarios, for editors.")
def schema() -> None:
    """Draft 2020-12."""
    from incidentsim.scenario.schema import scenario_schema

    say_json(scenario_schema())
