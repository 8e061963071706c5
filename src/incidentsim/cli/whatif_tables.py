"""What a study found, as text of at most 100 columns, and as a plot of intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.drawing.intervals import Interval, IntervalPlot, intervals_text
from incidentsim.postmortem.formatting import count
from incidentsim.postmortem.modelled_cells import (
    NONE,
    amount,
    budget_minutes,
    cut,
    folded,
    interval,
    items,
    plain,
    scale,
    sooner,
    unit,
    with_sign,
)
from incidentsim.text.escaping import one_line
from incidentsim.whatif.assumptions import assumptions
from incidentsim.whatif.measures import LOST, SPANS, TOTAL, Measure
from incidentsim.whatif.work import FIXED, INCIDENT

if TYPE_CHECKING:
    from incidentsim.whatif.plan import Arm
    from incidentsim.whatif.result import Result

MARK = "EXERCISE · MODELLED"
NAME, SAVED, WORDS = 18, 19, 36
MOST_KINDS = 5


def report(result: Result) -> str:
    """Heading, table, plot, assumptions."""
    if not result.seeds:
        return f"{MARK}  {result.study.scenario.number}: no seed was finished, so there is nothing to compare."
    lines = [*_heading(result), "", *(_controls(result) if result.study.kind == "controls" else _arms(result))]
    plot = interval_plot(result)
    if plot is not None:
        lines += ["", *intervals_text(plot)]
    lines += ["", "Modelled on these assumptions:"]
    for each in assumptions(result.study):
        lines += folded(each, "  · ", "    ")
    return "\n".join(lines)


def interval_plot(result: Result) -> IntervalPlot | None:
    """The paired differences in the main budget; for controls turned, so that more is better."""
    main = result.main
    if main is None or not result.seeds:
        return None
    saved = result.study.kind == "controls"
    sign = -1 if saved else 1
    found = []
    for arm in result.ordered():
        each = result.difference(main.id, arm)
        if each.mean is None:
            continue
        ends = sorted(end * sign * scale(main) for end in (each.low, each.high) if end is not None)
        low, high = ends if ends else (None, None)
        note = f"works in {_works(result, arm)} runs" if saved else ""
        found.append(Interval(_short(arm), float(each.mean) * sign * scale(main), low, high, note))
    what = "saved" if saved else f"spent more than by {result.study.arms[0].title}"
    return IntervalPlot(f"{main.title}: {what}", f"{unit(main)}; ● mean, ├─┤ 95% interval", tuple(found))


def _short(arm: Arm) -> str:
    return arm.id if arm.controls else arm.title


def _heading(result: Result) -> list[str]:
    study, seeds = result.study, result.seeds
    base, number = study.arms[0].title, len(study.seeds)
    which = str(seeds[0]) if len(seeds) == 1 else f"{seeds[0]} to {seeds[-1]}"
    runs = f"{len(seeds)} of {number} seeds finished" if result.interrupted else f"{number} seed{'s'[: number > 1]}"
    variant = f", variant {study.setting.variant}" if study.setting.variant else ""
    what = {
        "policies": f"{base} against {', '.join(each.title for each in study.arms[1:])}",
        "command": f"{base} with a change",
        "controls": f"{base} with one possible control more",
    }[study.kind]
    return [
        *folded(f"{MARK} · {study.scenario.number}{variant} · what if: {what}"),
        *folded(f"{runs} ({which}), each arm paired with {base} by seed; [ ] are 95% intervals."),
    ]


# Controls.


def _controls(result: Result) -> list[str]:
    main, ordered = result.main, result.ordered()
    by = f"{one_line(main.title)}, then items, then " if main is not None else ""
    lines = folded(f"Saved on this incident, commands {result.leading}. In order of {by}fewest false alarms.")
    lines += ["", *_heads(main), *(_control(result, main, arm) for arm in ordered), ""]
    for arm in ordered:
        lines += folded(f"{arm.id}: {arm.title}", "  ", "    ")
    return [*lines, "", *_by_kind(result), *_control_notes(result)]


def _heads(main: Measure | None) -> tuple[str, str]:
    saved, ends = ("", "") if main is None else ("budget saved" if main.minutes else "items saved", unit(main))
    minutes = "min" if main is not None and main.minutes else ""
    above = f"{'':<{NAME}} {'':>5} {saved:>{SAVED}} {'':>6} {'items':>8} {'sooner, minutes':>17} {'sibl-':>7} "
    below = f"{'control':<{NAME}} {'works':>5} {ends:>{SAVED}} {minutes:>6} {'saved':>8} {'found':>5} {'ended':>5} "
    return f"{above}{'quiet week':>13}", f"{below}{'whole':>5} {'ings':>7} {'alarms':>6} {'min':>6}"


def _control(result: Result, main: Measure | None, arm: Arm) -> str:
    lost = result.difference(TOTAL, arm).mean if _has(result, TOTAL) else None
    saved = None if main is None else result.difference(main.id, arm)
    cells = [
        f"{cut(arm.id, NAME):<{NAME}}",
        f"{_works(result, arm):>5}",
        f"{NONE if main is None or saved is None else interval(saved, main, -1, width=SAVED):>{SAVED}}",
        f"{'' if saved is None else budget_minutes(saved, main, -1):>6}",
        f"{items(lost, -1):>8}",
        *(f"{sooner(result.difference(span, arm)):>5}" for span in SPANS),
        f"{_siblings(result, main, arm):>7}",
        f"{plain(result.alarms(arm).mean):>6}",
        f"{plain(result.alarm_minutes(arm).mean):>6}",
    ]
    return " ".join(cells)


def _siblings(result: Result, measure: Measure | None, arm: Arm) -> str:
    """What it saves of the main measure over the siblings."""
    return NONE if measure is None else amount(result.over_siblings(measure.id, arm), measure, -1)


def _by_kind(result: Result) -> list[str]:
    """Items lost by kind, without a control and with each that changes them."""
    kinds = [each for each in result.measures if each.id.startswith(LOST) and each.id != TOTAL][:MOST_KINDS]
    if not kinds:
        return []
    base = result.study.arms[0]
    lines = [f"{'Items lost, by kind':<{NAME + 2}} {' '.join(f'{_kind(each):>15}' for each in kinds)}"]
    before = [result.mean(each.id, base).mean for each in kinds]
    lines.append(f"{'without':<{NAME + 2}} {' '.join(f'{items(each):>15}' for each in before)}")
    for arm in result.ordered():
        after = [result.mean(each.id, arm).mean for each in kinds]
        if after != before:
            lines.append(f"{cut(arm.id, NAME):<{NAME + 2}} {' '.join(f'{items(each):>15}' for each in after)}")
    return [*lines, ""]


def _kind(measure: Measure) -> str:
    return cut(measure.id.removeprefix(LOST), 15)


def _control_notes(result: Result) -> list[str]:
    study, main = result.study, result.main
    base, lines = study.arms[0], []
    if main is not None:
        spent = result.mean(main.id, base)
        minutes = budget_minutes(spent, main)
        lines += folded(
            f"Without any of them: {interval(spent, main)} {unit(main)}{f', {minutes} min of it' if minutes else ''}."
        )
        if len(study.responders) > 1:
            fixed = {arm.id: result.difference(main.id, arm, INCIDENT, FIXED) for arm in result.ordered()}
            other = [
                f"{arm.id} {amount(fixed[arm.id].mean, main, -1)}"
                for arm in result.ordered()
                if fixed[arm.id] != result.difference(main.id, arm)
            ]
            if other:
                lines += folded(f"Saved with commands fixed, where that differs: {', '.join(other)} {unit(main)}.")
    return [*lines, *_unreached(result, (base, *result.ordered()))]


# Policies and commands.


def _arms(result: Result) -> list[str]:
    base, lines = result.study.arms[0], []
    for arm in result.ordered():
        lines += folded(f"{arm.title}:")
        lines.append(f"{'':<{WORDS}} {cut(base.title, 11):>11} {'this':>11}   difference")
        idle = []
        for measure in result.measures:
            one, other = result.mean(measure.id, base), result.mean(measure.id, arm)
            if not one.mean and not other.mean:
                idle.append(one_line(measure.title))
                continue
            apart = result.difference(measure.id, arm)
            lines.append(
                f"{cut(measure.title, WORDS):<{WORDS}} {amount(one.mean, measure):>11} "
                f"{amount(other.mean, measure):>11}   {interval(apart, measure, signed=True)} {unit(measure)}"
            )
            if measure.minutes is not None:
                lines.append(
                    f"{'  in minutes of budget':<{WORDS}} {budget_minutes(one, measure):>11} "
                    f"{budget_minutes(other, measure):>11}   {with_sign(budget_minutes(apart, measure))} min"
                )
        if idle:
            lines += folded(f"Nothing in either: {'; '.join(idle)}.")
        refused = [sum(run.refused for run in result.outcomes(each)) for each in (base, arm)]
        if refused[1] > refused[0]:
            lines += folded(f"{count(refused[1] - refused[0])} more commands could not be taken than before.")
        lines.append("")
    return [*lines[:-1], *_unreached(result, (base, *result.ordered()))]


def _unreached(result: Result, arms: tuple[Arm, ...]) -> list[str]:
    """What was not reached within the scenario, and how often; what never began."""
    lines: list[str] = []
    for measure, (_, milestone) in SPANS.items():
        means = [(arm, result.mean(measure, arm)) for arm in arms]
        never = [f"{_short(arm)} {each.at_least} of {each.count}" for arm, each in means if each.at_least]
        if never:
            lines += folded(f"Never {milestone} within the scenario: {', '.join(never)}.")
    if lines:
        lines += folded("What was never reached counts to the scenario's end: a bound (≥, ≤; ~ where both sides are).")
    means = [(arm, result.mean("ttm", arm)) for arm in arms]
    nothing = [f"{_short(arm)} {each.absent} of {each.absent + each.count}" for arm, each in means if each.absent]
    if nothing:
        lines += folded(f"Nothing was ever lost: {', '.join(nothing)}. No times are counted there.")
    return lines


def _has(result: Result, measure: str) -> bool:
    return any(each.id == measure for each in result.measures)


def _works(result: Result, arm: Arm) -> str:
    found = result.outcomes(arm)
    return f"{sum(each.works for each in found)}/{len(found)}"
