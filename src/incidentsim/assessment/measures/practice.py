"""Practice: keeping a record, working with aim, saying beforehand what one expects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.assessment.calibration import brier, said
from incidentsim.assessment.facts import SPACING
from incidentsim.assessment.measured import Measured, count, minutes, percent, ramp, share
from incidentsim.scenario.units import HOUR, MINUTE

if TYPE_CHECKING:
    from incidentsim.assessment.facts import Facts
    from incidentsim.exercise.evidence import Evidence
    from incidentsim.scenario.play import Criterion

ENOUGH_BEARING = 0.4
"""The share of evidence that bears on something which earns everything: looking around is part of looking."""
FEWEST_BEARING = 0.05
ENOUGH_USEFUL = 0.7
FEWEST_USEFUL = 0.2
DUTY = frozenset({"message", "alert"})
"""Reading what arrives is a duty, and costs nothing here unless it is pinned."""


def timeline(facts: Facts, criterion: Criterion) -> Measured:
    """How complete the record of the incident is."""
    rule = (
        "Half for the milestones (started, detected, acknowledged, mitigated, resolved) that are known, half for "
        "keeping a record: a note, a hypothesis or an update for each hour of play earns everything."
    )
    known = [name for name, t in facts.milestones.items() if t is not None]
    record = facts.record
    moments = [each["t"] for each in record.notes if each["t"] <= record.ended_at]
    moments += [*(each.t for each in record.hypotheses), *(each.t for each in facts.updates)]
    kept = len({each // (5 * MINUTE) for each in moments})
    wanted = max(1, min(6, record.ended_at // HOUR))
    text = (
        f"{len(known)} of {count(len(facts.milestones), 'milestone')} known; "
        f"the incident record was kept at {count(kept, 'moment')} of play."
    )
    ratio = 0.5 * share(len(known), len(facts.milestones)) + 0.5 * min(1.0, share(kept, wanted))
    return Measured(float(kept), ratio, (), text, rule)


def economy(facts: Facts, criterion: Criterion) -> Measured:
    """Aim: evidence that bears on something, actions that something came of, updates that are not spam."""
    rule = (
        "Three shares, multiplied. Evidence that is cited or shows something, out of all that was looked up "
        f"({percent(ENOUGH_BEARING)} is enough; reading what arrives is free). Actions that came to something without "
        f"harm, out of all ({percent(ENOUGH_USEFUL)} is enough). Updates at least {minutes(SPACING)} min apart for "
        "each audience, out of all."
    )
    changing = {each.command.id for each in facts.acts if each.changes}
    looked_up = [
        each
        for each in facts.record.evidence
        if each.phase == "during" and _sought(each) and not (each.kind == "result" and each.command in changing)
    ]
    if not looked_up and not facts.acts:
        return Measured(None, 0.0, (), "Nothing was looked up and nothing was done.", rule)
    bearing = [each for each in looked_up if each.id in facts.cited or each.id in facts.clues.bearing]
    evidence_share = share(len(bearing), len(looked_up))
    ratio = ramp(-evidence_share, -ENOUGH_BEARING, -FEWEST_BEARING)
    parts = ["Nothing was looked up before acting."]
    if looked_up:
        pieces = count(len(looked_up), "piece")
        parts = [f"Of {pieces} of evidence that you looked up, bearing on something: {len(bearing)}."]
    if facts.acts:
        ratio *= ramp(-share(len(facts.aimed), len(facts.acts)), -ENOUGH_USEFUL, -FEWEST_USEFUL)
        parts.append(f"Of {count(len(facts.acts), 'action')}, coming to something without harm: {len(facts.aimed)}.")
    close = sum(each.hasty for each in facts.updates)
    if facts.updates:
        ratio *= 1 - share(close, len(facts.updates))
    if close:
        parts.append(f"{count(close, 'update')} followed another to the same audience within {minutes(SPACING)} min.")
    return Measured(round(evidence_share * 100, 1), ratio, (), " ".join(parts), rule)


def _sought(evidence: Evidence) -> bool:
    """Whether somebody went to look for it, and did not only read or hear it."""
    return evidence.pinned or evidence.kind not in DUTY


def prediction(facts: Facts, criterion: Criterion) -> Measured:
    """Calibration: how far the confidence of what was said beforehand lay from how it turned out."""
    rule = (
        "Nothing without a prediction before an action. Half for predicting; the rest for a confidence near to how "
        "each prediction and each hypothesis turned out (the mean squared distance), a fifth of it as long as nothing "
        "can be compared."
    )
    made = len(facts.record.predictions)
    if not made:
        text = "Not tried this time. Next time, say before an action what you expect."
        return Measured(None, 0.0, (), text, rule)
    compared = said(facts)
    distance = brier(compared)
    told = f"{count(made, 'prediction')} before acting."
    if distance is None:
        text = f"{told} What you wrote could not be compared with what came of it; look for yourself."
        return Measured(None, 0.6, (), text, rule, unsure=True)
    text = f"{told} {count(len(compared), 'statement')} compared: mean squared distance {distance:.2f} (0 is perfect)."
    return Measured(round(distance, 2), 0.5 + 0.5 * (1 - distance), (), text, rule, unsure=True)
