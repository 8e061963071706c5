"""``incidentsim scenario check``: whether a scenario is playable, proved by playing it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from incidentsim.cli.output import Progress, say, say_json

if TYPE_CHECKING:
    from incidentsim.authoring.report import Report

FEW, MANY = 2, 200


@click.command(
    help="Report everything that is wrong with scenarios, by id or path, and prove them playable by playing them. "
    "Exit status 2 on errors."
)
@click.argument("names", nargs=-1, metavar="[NAME|PATH]...")
@click.option("--all", "every", is_flag=True, help="Every scenario that `scenario list` shows.")
@click.option("--quick", is_flag=True, help="Only read; play nothing.")
@click.option("--seeds", type=click.IntRange(1, MANY), default=FEW, show_default=True,
              help="How many seeds each policy is played with, under each variant.")  # fmt: skip
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Plays at a time.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.pass_context
def check(
    context: click.Context, names: tuple[str, ...], every: bool, quick: bool, seeds: int, jobs: int, form: str,
    as_json: bool,
) -> None:  # fmt: skip
    """Findings in the order of the text, errors first; then what the plays came to."""
    from incidentsim.authoring.report import examined

    if every:
        from incidentsim.scenario.library import entries

        names = (*names, *(each.id for each in entries()))
    if not names:
        raise click.UsageError("name a scenario, or use --all")
    reports = []
    as_text = form == "text" and not as_json
    for name in dict.fromkeys(names):
        with Progress(f"{name}: playing") as progress:
            report = examined(name, 0 if quick else seeds, jobs, progress.show)
        reports.append(report)
        if as_text:
            _say(report)
    if not as_text:
        say_json([each.to_json() for each in reports])
    context.exit(2 if any(each.errors for each in reports) else 0)


def _say(report: Report) -> None:
    name = report.name
    for finding in report.findings:
        say(finding.text(name))
    if report.more:
        say(f"{name}: … and {report.more} more findings.")
    if report.plays is not None:
        _say_plays(report)
    warnings = len(report.findings) + report.more - report.errors
    say(f"{name}: {_count(report.errors, 'error')}, {_count(warnings, 'warning')}.")
    sys.stdout.flush()


def _say_plays(report: Report) -> None:
    """One line a variant and policy."""
    from incidentsim.authoring.report import scores

    if report.plays is None:
        return
    variant: str | None = ""
    for row in scores(report.plays):
        if row["variant"] != variant:
            variant = row["variant"]
            say(f"{report.name}: {'as it stands' if variant is None else 'variant ' + variant}")
            say(f"  {'policy':<22} {'score':>5}  {'95% interval':<14} {'resolved':>8}  budget spent")
        interval = "–" if row["low"] is None else f"{row['low']:.1f} to {row['high']:.1f}"
        resolved = f"{row['resolved']}/{row['plays']}"
        say(f"  {row['policy']:<22} {row['score']:>5.0f}  {interval:<14} {resolved:>8}  {row['budget']:.1%}")


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number or 'no'} {what}s"
