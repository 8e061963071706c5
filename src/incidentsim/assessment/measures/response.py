"""Response: was the loss stopped, at what cost, how soon, with what harm, and how clean was the recovery."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.assessment.measured import Measured, count, left_out, minutes, percent, ramp, share, span
from incidentsim.scenario.flow import Log
from incidentsim.text.concepts import names

if TYPE_CHECKING:
    from incidentsim.assessment.facts import Facts
    from incidentsim.scenario.play import Criterion

STOPPED = 0.4
"""What stopping the loss earns at whatever time."""
WORST_DETECTION = 60.0
WORST_HARM = 60.0
ALL_CLEAR = (("resolved", "all clear", "fully recovered", "fully restored", "back to normal", "incident is over"),)


def loss_stopped(facts: Facts, criterion: Criterion) -> Measured:
    """Minutes from the start of the loss to its end."""
    reached, duration = facts.reached, facts.record.scenario.duration
    if not facts.loses or "started" not in reached:
        return left_out("This scenario loses nothing that is counted.", "The sooner the loss stops, the more.")
    begun = reached["started"]
    best = criterion.best or 0.0
    worst = criterion.worst if criterion.worst is not None else float(minutes(duration - begun))
    rule = (
        f"Stopping the loss earns {percent(STOPPED)}; the rest goes from all within {best:g} min of its start to "
        f"nothing after {worst:g} min. A loss that is not stopped for good earns nothing. "
        "This counts what the loss cost, not how fast anybody was."
    )
    stopped = reached.get("mitigated")
    if stopped is None:
        return Measured(None, 0.0, (), "The loss was not stopped for good before the scenario ended.", rule)
    took = stopped - begun
    evidence = tuple(
        each for act in facts.acts if act.changes and act.useful for each in facts.result_of(act.command.id)
    )
    text = f"The loss began at {facts.clock(begun)} and stopped at {facts.clock(stopped)}, after {span(took)}."
    ratio = STOPPED + (1 - STOPPED) * ramp(minutes(took), best, worst)
    return Measured(float(minutes(took)), ratio, evidence, text, rule)


def budget(facts: Facts, criterion: Criterion) -> Measured:
    """Percent of an error budget that the incident consumed by the scenario's end."""
    slos = [each for each in facts.record.scenario.slos if not criterion.ids or each.id in criterion.ids]
    if not slos:
        return left_out("This scenario has no SLO.", "The less of the error budget is consumed, the more.")
    slo = slos[0]
    consumed = facts.record.world.budgets()[slo.id].consumed * 100
    best = criterion.best or 0.0
    worst = criterion.worst if criterion.worst is not None else 100.0
    rule = f"All at {best:g}% of the error budget consumed or less, nothing at {worst:g}% or more."
    text = f"{slo.title}: {round(consumed)}% of its error budget was consumed by the scenario's end."
    return Measured(round(float(consumed), 1), ramp(float(consumed), best, worst), (), text, rule)


def detection(facts: Facts, criterion: Criterion) -> Measured:
    """Minutes from the first evidence that discriminates to what followed from it."""
    best = criterion.best or 0.0
    worst = criterion.worst if criterion.worst is not None else WORST_DETECTION
    rule = (
        "Time counts from the first evidence you held that tells the true cause from the others, to the hypothesis, "
        f"declaration or action that followed: all within {best:g} min, nothing after {worst:g} min."
    )
    if not any(clue.discriminates for clue in facts.record.scenario.truth.clues):
        return left_out("This scenario names no evidence that discriminates.", rule)
    found = facts.clues.discriminating
    if not found:
        return Measured(None, 0.0, (), "No evidence that tells the causes apart was opened or counted in play.", rule)
    held, first = found[0].t, found[0].id
    followed = _followed(facts, held)
    if followed is None:
        text = f"You held it from {facts.clock(held)}, and nothing followed from it in play."
        return Measured(None, 0.0, (first,), text, rule)
    took, what = followed
    text = f"You held it from {facts.clock(held)}; {what} followed after {span(took)}."
    return Measured(float(minutes(took)), ramp(minutes(took), best, worst), (first,), text, rule)


def _followed(facts: Facts, held: int) -> tuple[int, str] | None:
    """(ms after *held*, what) of the first thing that follows from discriminating evidence."""
    steps: list[tuple[int, str]] = [(t, "a declaration") for t, _ in facts.declarations if t >= held]
    steps += [(each.command.t, "an action") for each in facts.acts
              if each.command.t >= held and each.changes and each.useful]  # fmt: skip
    conditions = facts.record.scenario.truth.conditions
    for command in facts.record.commands:
        if command.verb == "hypothesis" and command.t >= held:
            text = str(command.args.get("text", ""))
            if command.target or any(names(text, each.concepts) for each in conditions):
                steps.append((command.t, "a hypothesis"))
    if not steps:
        return None
    t, what = min(steps)
    return t - held, what


def harm(facts: Facts, criterion: Criterion) -> Measured:
    """Harm done by actions, added up by outcome."""
    best = criterion.best or 0.0
    worst = criterion.worst if criterion.worst is not None else WORST_HARM
    rule = (
        f"Harm is added up by what actions led to: all at {best:g} or less, nothing at {worst:g} or more. "
        "Standing by while something is being lost is no care either."
    )
    changed = [each for each in facts.acts if each.changes and each.done]
    if not changed and facts.loses:
        return Measured(0.0, 0.0, (), "Nothing was changed, so there was no care to show.", rule)
    harmful = [each for each in facts.acts if each.harm]
    total = sum(each.harm for each in harmful)
    evidence = tuple(found for each in harmful for found in facts.result_of(each.command.id))
    if not harmful:
        return Measured(0.0, 1.0, (), "No action did harm.", rule)
    worst_one = max(harmful, key=lambda each: each.harm)
    text = f"{count(len(harmful), 'action')} did harm, {total} in all."
    if worst_one.harm_text:
        text += f" The most: {worst_one.title}: {worst_one.harm_text}"
    return Measured(float(total), ramp(total, best, worst), evidence, text, rule)


def resolution(facts: Facts, criterion: Criterion) -> Measured:
    """The share of what could be brought back that was, less duplicates and an all-clear that came too soon."""
    rule = (
        "Half for service restored and everything recovered that could be (the scenario's condition), half for the "
        "share of what failed after it had been taken in that was brought back; duplicates take off up to a quarter, "
        "an all-clear before the end of the incident takes off a quarter."
    )
    scenario, world = facts.record.scenario, facts.record.world
    logs = [each.id for each in scenario.flow if isinstance(each, Log) and each.replay_to is not None]
    replayed, failed, gone, doubled = (
        sum(world.total(f"{name}({each}.{counter})" if name else f"{each}.{counter}") for each in logs)
        for name, counter in (
            ("total", "replayed"),
            ("", "failed"),
            ("total", "expired_failed"),
            ("total", "duplicates"),
        )
    )
    lost = replayed + failed + gone
    if scenario.truth.resolved is None and not lost:
        return left_out("This scenario has nothing to recover.", rule)
    resolved = facts.reached.get("resolved")
    parts = []
    earned: list[float] = []
    if scenario.truth.resolved is not None:
        earned.append(1.0 if resolved is not None else 0.0)
        parts.append(f"The incident was resolved at {facts.clock(resolved)}." if resolved is not None
                     else "The incident was not resolved by the scenario's end.")  # fmt: skip
    if lost:
        recovered = share(replayed, lost)
        earned.append(recovered)
        parts.append(
            f"Of {lost:,} {scenario.items} that failed after they had been taken in {replayed:,} were brought back "
            f"({percent(recovered)})."
        )
    if scenario.truth.losing is not None and scenario.truth.loss:
        left, total = sum(world.loss().values()), sum(world.losing())
        parts.append(f"Of all {total:,} that were lost or late {left:,} are not back." if left
                     else f"All {total:,} that were lost or late are back.")  # fmt: skip
    ratio = sum(earned) / len(earned)
    if doubled:
        ratio -= 0.25 * min(1.0, share(doubled, max(1, replayed)))
        parts.append(f"{doubled:,} items were loaded twice.")
    said, unsure = _all_clear(facts)
    if said is not None and scenario.truth.resolved is not None and (resolved is None or said < resolved):
        ratio -= 0.25
        parts.append(f"The all-clear at {facts.clock(said)} came before the incident was over.")
    else:
        unsure = False
    value = round(share(replayed, lost) * 100, 1) if lost else None
    return Measured(value, ratio, (), " ".join(parts), rule, unsure)


def _all_clear(facts: Facts) -> tuple[int | None, bool]:
    """(ms, whether only its words say so) of the first all-clear: the end of play, or an update that says it."""
    ended = next((each.t for each in facts.record.commands if each.verb == "end"), None)
    said = next((each.t for each in facts.updates if names(each.text, ALL_CLEAR) and not _hedged(each.text)), None)
    if said is not None and (ended is None or said < ended):
        return said, True
    return ended, False


def _hedged(text: str) -> bool:
    """Whether an update speaks of an all-clear to come, or denies one."""
    return names(text, (("not", "until", "when", "once", "will", "before", "no", "as soon as"),))
