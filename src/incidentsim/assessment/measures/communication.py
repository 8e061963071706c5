"""Communication: declaring in time and at the right severity, and doing what messages call for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.assessment.measured import Measured, count, left_out, minutes, ramp, share, span

if TYPE_CHECKING:
    from incidentsim.assessment.facts import Facts
    from incidentsim.scenario.play import Criterion

WORST_DECLARATION = 60.0
BY_DISTANCE = (1.0, 0.7, 0.3)
"""What a severity earns that is right, one step off, two steps off; more earns a tenth."""


def declaration(facts: Facts, criterion: Criterion) -> Measured:
    """Minutes from knowing to declaring, and how far the severity is from the expected one."""
    best = criterion.best or 0.0
    worst = criterion.worst if criterion.worst is not None else WORST_DECLARATION
    rule = (
        "Half for the severity (all when it is as expected, 70% one step off), half for the time from the first "
        f"evidence that discriminates: all within {best:g} min, nothing after {worst:g} min. "
        "Nothing where no severity was declared."
    )
    if not facts.declarations:
        return Measured(None, 0.0, (), "No severity was declared.", rule)
    declared_at, severity = facts.declarations[0][0], facts.declarations[-1][1]
    scenario = facts.record.scenario
    off = 0
    parts = [f"Declared at {facts.clock(declared_at)}; the severity came to {severity}."]
    if scenario.truth.severity in scenario.severities and severity in scenario.severities:
        off = abs(scenario.severities.index(severity) - scenario.severities.index(scenario.truth.severity))
        if off:
            parts.append(f"Expected: {scenario.truth.severity}. {scenario.truth.severity_reason}".strip())
    grade = BY_DISTANCE[off] if off < len(BY_DISTANCE) else 0.1
    known = facts.discriminated_at
    if known is None:
        known = facts.reached.get("started", 0)
        parts.append("No evidence that discriminates was held, so the time counts from the start of the loss."
                     if "started" in facts.reached else "")  # fmt: skip
    took = max(0, declared_at - known)
    if took:
        parts.append(f"That was {span(took)} later.")
    text = " ".join(each for each in parts if each)
    return Measured(float(minutes(took)), 0.5 * grade + 0.5 * ramp(minutes(took), best, worst), (), text, rule)


def expectations(facts: Facts, criterion: Criterion) -> Measured:
    """The share of messages that called for something and got it in time."""
    rule = (
        "The share of messages that called for an act and got it in time. In a flood of updates, those that followed "
        "another too soon count for none; what came after the end of a resolved incident does not count."
    )
    record = facts.record
    wanted = {each.id: each for each in record.scenario.injects
              if each.expectation is not None and (not criterion.ids or each.id in criterion.ids)}  # fmt: skip
    resolved = facts.reached.get("resolved")
    calm = resolved is not None and resolved <= record.ended_at
    hasty = {each.command for each in facts.updates if each.hasty and facts.flooded}
    states: dict[str, str] = {}
    for event in record.events:
        if event.kind != "expectation" or event.data["inject"] not in wanted:
            continue
        inject, state = event.data["inject"], event.data["state"]
        if state == "open" and event.t >= record.ended_at and calm:
            continue
        if state == "open":
            states.setdefault(inject, "open")
        elif inject in states:
            states[inject] = "missed" if event.data["command"] in hasty else state
    if not states:
        return left_out("No message that called for an act arrived.", rule)
    met = [inject for inject, state in states.items() if state == "met"]
    text = f"{len(met)} of {count(len(states), 'message')} that called for an act got it in time."
    missed = [inject for inject in states if inject not in met]
    if missed:
        text += " Not in time: " + "; ".join(f"“{wanted[each].title}”" for each in missed) + "."
    sources = {f"message:{inject}" for inject in states}
    evidence = tuple(each.id for each in record.evidence if each.source in sources)
    return Measured(float(len(met)), share(len(met), len(states)), evidence, text, rule)


def briefing(facts: Facts, criterion: Criterion) -> Measured:
    """The share of what leadership asked that was answered with nothing to be found in the answer."""
    from incidentsim.postmortem.briefing import questions
    from incidentsim.postmortem.briefing_check import check
    from incidentsim.postmortem.draft import Draft

    rule = (
        "The share of the questions of leadership that were answered with the number asked for, without a promise "
        "that the evidence does not carry, without blame and without filler. Left out where nobody was briefed."
    )
    given = facts.case.briefing
    draft = Draft(facts.record, facts.case)
    asked = [each for each in questions(draft) if not criterion.ids or each.id in criterion.ids] if given else []
    told = [each for each in asked if each.id in given and given[each.id].text.strip()]
    if not told:
        return left_out("Leadership was not briefed.", rule)
    found = {each.id: check(given[each.id].text, each, draft, given[each.id].cites, given[each.id].estimate)
             for each in told}  # fmt: skip
    clean = [name for name, findings in found.items() if not findings]
    text = f"Of {count(len(asked), 'question')} answered: {len(told)}; with nothing to be found: {len(clean)}."
    first = next((findings[0] for findings in found.values() if findings), None)
    if first is not None:
        text += f" First to look at: {first.message} {first.mend}"
    evidence = tuple(dict.fromkeys(cite for each in told for cite in given[each.id].cites if cite in facts.evidence))
    return Measured(float(len(clean)), share(len(clean), len(asked)), evidence, text, rule, unsure=True)
