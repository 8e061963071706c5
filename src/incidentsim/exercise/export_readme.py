"""The README of an incident's exports: what is there, and what to do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.text.escaping import for_markdown, for_markdown_code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from incidentsim.exercise.exercise import Exercise

README = "README.md"
ABOUT = {
    "alerts.json": "alerts as an Alertmanager lists them, one a line",
    "chat.jsonl": "messages, and what the responders said, asked and announced",
    "pages.jsonl": "pages and calls",
    "tickets.jsonl": "tickets",
    "mail.jsonl": "mail",
    "audit.jsonl": "what the responders did to the system, and what it answered",
    "changes.csv": "the change history as it stood that night",
    "metrics.csv": "every sample of what was measured",
}


def readme(exercise: Exercise, files: Mapping[str, int]) -> str:
    """The text. *files*: how many lines each file has."""
    scenario, name = exercise.scenario, exercise.setting.exercise_id
    brief = scenario.briefing
    start, end = exercise.world.clock_text(0), exercise.world.clock_text(exercise.now)
    listed = "\n".join(
        f"| {for_markdown_code(file, in_table=True)} | {lines:,} | {ABOUT.get(file, 'log rows of a service')} |"
        for file, lines in files.items()
    )
    return f"""# EXERCISE: {for_markdown(scenario.number)}, {for_markdown(scenario.title)}

This is an exercise. The system, the people and the incident are simulated; nothing here happened.

{for_markdown(brief.situation, newlines=True)}

It is over. Others responded; you were not there. These files are all that was kept of it, from {start} to {end} UTC
on {scenario.start:%Y-%m-%d}. **All times are UTC.** Line 1 of each log says that it is an exercise.

| file | lines | what |
|---|---|---|
{listed}

## What to do

1. Read, search and count here with whatever you like: `grep`, `lnav`, `jq`, a spreadsheet.
2. Open the debrief: `incidentsim exercise resume {name}` (with `--plain` by lines of text).
3. In “Learn more”, cite a line by its file and number, such as `chat.jsonl:1`. Only what you cite, open, count or
   are told there is evidence. Interviews, code and later findings are there too.
4. In “Timeline”, write down what happened and when, and mark when it started, was detected, acknowledged,
   mitigated and resolved.
5. Then whys, action items and postmortem. The scorecard counts the timeline, the analysis and the improvement;
   how others responded is not yours to be scored on.
"""
