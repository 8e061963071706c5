"""Public texts that tell the truth before anybody has found it out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from incidentsim.scenario.findings import Note, Path
from incidentsim.text.concepts import names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidentsim.scenario.document import Scenario

LEAST_GROUPS = 2
"""A condition that one word names cannot be kept out of every title."""
LEAST_SHARED = 3
"""Concepts are wide, so that a trainee's own words count; a title has to share words with the truth as well."""
_COMMON = frozenset({"that", "this", "with", "from", "what", "which", "when", "have", "each", "into", "than", "they"})


def check_spoilers(scenario: Scenario) -> Iterator[Note]:
    """Each public text that names a condition of the truth."""
    telling = [
        condition
        for condition in scenario.truth.conditions
        if len(condition.concepts) >= LEAST_GROUPS and condition.weight and condition.branch != "effect"
    ]
    for path, text in public_texts(scenario):
        for condition in telling:
            if names(text, condition.concepts) and len(_words(text) & _words(condition.text)) >= LEAST_SHARED:
                yield Note("error", "spoiler", path,
                           f"this names the condition {condition.id!r} before it is found out",
                           "Say the symptom, or what everybody there would call it.")  # fmt: skip
                break


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"[a-z]{4,}", text.casefold()) if word not in _COMMON)


def public_texts(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """(place, text) of what a player reads before anything has been found out, or as a title while it happens."""
    yield ("title",), scenario.title
    brief = scenario.briefing
    yield ("briefing", "role"), brief.role
    yield ("briefing", "situation"), brief.situation
    yield ("briefing", "goal"), brief.goal
    yield from ((("briefing", "notes", at), note) for at, note in enumerate(brief.notes))
    for field in ("services", "aspects", "datasets", "topics", "personas", "verbs", "roles", "alerts", "injects"):
        for position, part in enumerate(getattr(scenario, field)):
            yield (field, position, "title"), part.title
            if field == "datasets":
                yield (field, position, "explains"), part.explains
            if field == "verbs":
                yield (field, position, "id"), part.id.replace("-", " ")
                for at, option in enumerate(part.options):
                    place = (field, position, "options", at)
                    yield (*place, "title"), option.title
                    yield from (
                        ((*place, "choices", k), each.replace("-", " ")) for k, each in enumerate(option.choices)
                    )
                yield from (((field, position, "choices", k), each) for k, each in enumerate(part.choices))
    for position, signal in enumerate(scenario.signals):
        if signal.measured:
            yield ("signals", position, "title"), signal.title
    for position, slo in enumerate(scenario.slos):
        if slo.observed:
            yield ("slos", position, "title"), slo.title
            yield ("slos", position, "description"), slo.description
    for position, objective in enumerate(scenario.objectives):
        yield ("objectives", position, "text"), objective.text
    for position, shape in enumerate(scenario.formats):
        yield ("formats", position, "title"), shape.title
