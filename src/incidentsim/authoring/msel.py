"""The master scenario events list: what reaches people when, if nobody acts and if the reference is played."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from incidentsim.authoring.runs import moments, run_of
from incidentsim.scenario.effects import SendInject
from incidentsim.scenario.units import format_duration
from incidentsim.text.escaping import for_csv, one_line
from incidentsim.timeline.clock import UtcClock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidentsim.authoring.runs import Moment
    from incidentsim.exercise.exercise import Setting
    from incidentsim.scenario.effects import Effect

COLUMNS = (
    "number", "nobody_acts", "reference", "utc", "kind", "id", "channel", "from", "to", "title", "expected", "within",
    "if_missed",
)  # fmt: skip


INDENT = 58
"""Where a line of the table says what arrives."""


def rows(setting: Setting) -> list[dict[str, str]]:
    """One row an inject, alert and shift, in the order of the first time it comes; times are ``T+…``.

    ``utc`` is the clock of the first of the two runs in which it comes; ``–`` where it comes in neither.
    """
    scenario = setting.scenario
    clock = UtcClock(scenario.start, scenario.duration)
    has_reference = any(each.id == "reference" for each in scenario.policies)
    first: dict[tuple[str, str], dict[str, int]] = {}
    seen: dict[tuple[str, str], Moment] = {}
    for column, policy in (("nobody_acts", "idle"), ("reference", "reference")):
        if policy == "reference" and not has_reference:
            continue
        for moment in moments(run_of(setting, policy)):
            key = (moment.kind, moment.id or moment.title)
            first.setdefault(key, {}).setdefault(column, moment.t)
            seen.setdefault(key, moment)
    found = []
    for key, times in sorted(first.items(), key=lambda each: (min(each[1].values()), each[0])):
        moment = seen[key]
        found.append(_row(setting, key, times, clock.utc(min(times.values())), moment.channel, moment.sender, moment.to,
                          moment.title))  # fmt: skip
    for inject in scenario.injects:
        if ("inject", inject.id) not in first:
            found.append(_row(setting, ("inject", inject.id), {}, "–", inject.channel, inject.sender, inject.to,
                              inject.title))  # fmt: skip
    return [{"number": str(number), **row} for number, row in enumerate(found, 1)]


def _row(
    setting: Setting,
    key: tuple[str, str],
    times: dict[str, int],
    utc: str,
    channel: str,
    sender: str,
    to: str,
    title: str,
) -> dict[str, str]:
    kind, name = key
    inject = next((each for each in setting.scenario.injects if kind == "inject" and each.id == name), None)
    expectation = inject.expectation if inject else None
    return {
        **{column: f"T+{format_duration(times[column])}" if column in times else "–"
           for column in ("nobody_acts", "reference")},
        "utc": utc, "kind": kind, "id": name if kind != "shift" else "", "channel": channel, "from": sender, "to": to,
        "title": one_line(title),
        "expected": one_line(expectation.text) if expectation else "",
        "within": format_duration(expectation.within) if expectation else "",
        "if_missed": _consequence(expectation.contingency) if expectation else "",
    }  # fmt: skip


def _consequence(effects: Sequence[Effect]) -> str:
    return ", ".join(f"inject {each.inject}" if isinstance(each, SendInject) else each.kind for each in effects)


def as_csv(found: Sequence[dict[str, str]]) -> str:
    """The list as CSV, safe for a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([for_csv(row[column]) for column in COLUMNS] for row in found)
    return text.getvalue()


def as_text(found: Sequence[dict[str, str]], number: str) -> str:
    """The list as a table of two lines an entry, at most 120 columns."""
    from incidentsim.drawing.wrapping import wrapped

    lines = [f"{number}  master scenario events list. FACILITATORS ONLY: this gives the scenario away.", "",
             (f"{'no':>3}  {'nobody acts':<11} {'reference':<11} {'clock':<10} {'what':<8} {'by':<8} "
              "from → to: title")]  # fmt: skip
    for row in found:
        head = (f"{row['number']:>3}  {row['nobody_acts']:<11} {row['reference']:<11} {row['utc']:<10} "
                f"{row['kind']:<8} {row['channel']:<8} ")  # fmt: skip
        lines += wrapped(f"{head}{row['from']} → {row['to']}: {row['title']}", 118, " " * INDENT)
        if row["expected"]:
            missed = f"; if missed: {row['if_missed']}" if row["if_missed"] else ""
            lines += wrapped(
                f"{'':{INDENT}}expected within {row['within']}: {row['expected']}{missed}", 118, " " * INDENT
            )
    return "\n".join(lines)
