"""The ground truth: its graph, its clues, and what the rubric and the controls say about it."""

from __future__ import annotations

from fnmatch import fnmatchcase

from incidentsim.scenario.findings import Path
from incidentsim.scenario.index import Index, Notes
from incidentsim.scenario.truth import Chain, Clue

SOURCES: dict[str, tuple[str, ...]] = {
    "row": ("patterns",),
    "message": ("injects",),
    "alert": ("alerts",),
    "change": ("changes",),
    "runbook": (),
    "signal": ("signals",),
    "reply": ("personas", "topics"),
    "interview": ("personas", "topics"),
    "excerpt": ("excerpts",),
    "result": ("verbs",),
    "query": (),
    "search": (),
}
"""Kinds of evidence, and the lists that the parts of their address name."""


def check_truth(names: Index, notes: Notes) -> None:
    """Conditions form a graph without circles; clues, controls, rubric and severity refer to what there is."""
    from incidentsim.scenario.references import find_circle

    scenario, truth = names.scenario, names.scenario.truth
    for position, condition in enumerate(truth.conditions):
        for at, cause in enumerate(condition.because):
            notes.known(("truth", "conditions", position, "because", at), cause, names.conditions, "condition")
    circle = find_circle({condition.id: condition.because for condition in truth.conditions})
    if circle:
        place = names.conditions.index(circle[0])
        message = f"the causes run in a circle: {' → '.join(circle)}"
        notes.error(("truth", "conditions", place, "because"), message, "Cut it open.", "circle")
    for position, chain in enumerate(truth.chains):
        _check_chain(("truth", "chains", position), chain, names, notes)
    for position, clue in enumerate(truth.clues):
        _check_clue(("truth", "clues", position), clue, names, notes)
    for position, symptom in enumerate(truth.symptoms):
        for at, pattern_id in enumerate(symptom.patterns):
            notes.known(("truth", "symptoms", position, "patterns", at), pattern_id, names.ids("patterns"), "pattern")
    for position, control in enumerate(scenario.controls):
        for at, condition_id in enumerate(control.addresses):
            notes.known(("controls", position, "addresses", at), condition_id, names.conditions, "condition")
    judged = (*names.ids("injects", "slos"), *names.conditions, *names.herrings)
    for position, criterion in enumerate(scenario.rubric):
        for at, each in enumerate(criterion.ids):
            notes.known(("rubric", position, "ids", at), each, judged, "inject, condition, red herring or SLO")
    if truth.severity:
        notes.known(("truth", "severity"), truth.severity, scenario.severities, "severity")


def _check_chain(path: Path, chain: Chain, names: Index, notes: Notes) -> None:
    """Another way to join the conditions joins those that there are, without a circle."""
    from incidentsim.scenario.references import find_circle

    known = names.conditions
    for condition, causes in chain.because.items():
        notes.known((*path, "because", condition), condition, known, "condition")
        for at, cause in enumerate(causes):
            notes.known((*path, "because", condition, at), cause, known, "condition")
    for condition in chain.gates:
        notes.known((*path, "gates", condition), condition, known, "condition")
    told: set[str] = set()
    for at, pair in enumerate(chain.together):
        for number, condition in enumerate(pair):
            notes.known((*path, "together", at, number), condition, known, "condition")
            if condition in told:
                notes.error((*path, "together", at, number), f"{condition!r} is told together with two others",
                            "Leave one out.", "twice")  # fmt: skip
            told.add(condition)
    circle = find_circle({each.id: chain.because.get(each.id, each.because)
                          for each in names.scenario.truth.conditions})  # fmt: skip
    if circle:
        message = f"the causes run in a circle: {' → '.join(circle)}"
        notes.error((*path, "because"), message, "Cut it open.", "circle")


def _check_clue(path: Path, clue: Clue, names: Index, notes: Notes) -> None:
    for at, shown in enumerate(clue.shows):
        notes.known((*path, "shows", at), shown, (*names.conditions, *names.herrings), "condition or red herring")
    if not clue.sources and clue.query is None:
        notes.error(path, "a clue needs sources or a query", "Say what shows it.", "missing")
    for at, pattern in enumerate(clue.sources):
        _check_source((*path, "sources", at), pattern, names, notes)
    if clue.query is not None:
        for at, dataset in enumerate(clue.query.datasets):
            notes.known((*path, "query", "datasets", at), dataset, names.ids("datasets"), "dataset")
        for at, dimension in enumerate(clue.query.by):
            known = ("time", names.scenario.label_name)
            notes.known((*path, "query", "by", at), dimension, known, "way to group")
    if clue.after > names.scenario.duration:
        notes.warn((*path, "after"), "this lies after the end", "Make it earlier.", "late")


def _check_source(path: Path, pattern: str, names: Index, notes: Notes) -> None:
    """A pattern on the addresses of evidence has to be able to match something."""
    kind, *parts = pattern.split(":")
    if any(mark in kind for mark in "*?["):
        return
    if not notes.known(path, kind, tuple(SOURCES), "kind of evidence"):
        return
    special = {"row": ("event",), "reply": (), "interview": (), "runbook": names.scenario.runbooks}.get(kind, ())
    lists = SOURCES[kind]
    if kind == "runbook":
        known = [names.scenario.runbooks]
    else:
        known = [(*names.ids(each), *special) for each in lists]
        if kind in {"reply", "interview"}:
            known[1] = (*known[1], "none", "unreachable")
    for part, ids in zip(parts, known, strict=False):
        if not any(fnmatchcase(each, part) for each in ids):
            notes.warn(path, f"nothing that a player can see matches {pattern!r}",
                       f"There is no {part!r} among {', '.join(lists) or 'runbooks'}.", "unmatched")  # fmt: skip
            return
