"""Each single damage to a worked case costs something, and the scorecard names what.

Every scenario, every variant; every factor, action item and milestone, every statement, every number.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator

import pytest

from incidentsim.assessment.scorecard import Scorecard, assess
from incidentsim.case.document import Case, Entry, RowEdit, Why
from incidentsim.exercise.record import ExerciseRecord
from incidentsim.postmortem.numbers import quantities
from incidentsim.scenario.units import MINUTE
from incidentsim.timeline.records import timeline
from tests.assessment.library import EVERYWHERE, run

Worked = tuple[ExerciseRecord, Case, Scorecard]
Damaged = Iterator[tuple[str, Case, str]]
"""(what was damaged, the case, what the scorecard has to say; empty: a factor that is not found any more)."""
REACHED = ("started", "detected", "acknowledged", "mitigated", "resolved")
PLACEHOLDER = re.compile(r"\{\{.*?\}\}")


@functools.lru_cache(maxsize=4)
def worked(scenario: str, variant: str | None) -> Worked:
    """The reference policy's run, what it writes with all milestones marked, and its scorecard."""
    played = run(scenario, variant, "reference")
    moments = {name: t for name, t, _ in played.card.milestones if t is not None}
    assert set(moments) == set(REACHED)
    entries = tuple(Entry(id=f"R-{name}", t=t, text=f"It was {name}.") for name, t in moments.items())
    rows = {row.source: row.key for row in timeline(played.record, entries)}
    marks = {rows[f"R-{name}"]: RowEdit(milestone=name) for name in moments}
    case = played.case.model_copy(update={"entries": entries, "timeline": marks})
    return played.record, case, assess(played.record, case)


def while_found(worked: Worked, condition: str, take: Callable[[Case, str], Case]) -> Case:
    """Damage each why that names a factor, until it is not found any more."""
    record, case, card = worked
    while (factor := next(each for each in card.factors if each.condition.id == condition)).state == "found":
        case = take(case, factor.why)
        card = assess(record, case)
    return case


def found(card: Scorecard) -> set[str]:
    return {each.condition.id for each in card.factors if each.state == "found"}


def factor_removed(worked: Worked) -> Damaged:
    def without(case: Case, gone: str) -> Case:
        kept = tuple(
            each.model_copy(update={"parent": None}) if each.parent == gone else each
            for each in case.whys
            if each.id != gone
        )
        return case.model_copy(update={"whys": kept})

    for condition in sorted(found(worked[2])):
        yield condition, while_found(worked, condition, without), ""


def evidence_swapped(worked: Worked) -> Damaged:
    record, _, card = worked
    showing = {each for factor in card.factors for each in factor.held}
    other = next(each.id for each in record.evidence if each.id not in showing)

    def swapped(case: Case, why: str) -> Case:
        return with_why(case, why, cites=(other,))

    for condition in sorted(found(card)):
        yield condition, while_found(worked, condition, swapped), ""


def with_why(case: Case, why: str, **changes: object) -> Case:
    whys = tuple(each.model_copy(update=changes) if each.id == why else each for each in case.whys)
    return case.model_copy(update={"whys": whys})


def texts(case: Case) -> Iterator[tuple[str, str, Callable[[str], Case]]]:
    """(place, text, the case with another text there) of all that is claimed."""
    yield "effect", case.effect, lambda text: case.model_copy(update={"effect": text})
    for why in case.whys:
        if not why.ruled_out:
            yield why.id, why.text, functools.partial(_why_text, case, why)
    for name, statements in case.sections.items():
        for at, each in enumerate(statements):
            yield f"{name}.{at + 1}", each.text, functools.partial(_statement, case, name, at)


def _why_text(case: Case, why: Why, text: str) -> Case:
    return with_why(case, why.id, text=text)


def _statement(case: Case, name: str, at: int, text: str) -> Case:
    statements = list(case.sections[name])
    statements[at] = statements[at].model_copy(update={"text": text})
    return case.model_copy(update={"sections": {**case.sections, name: tuple(statements)}})


def blame_added(worked: Worked) -> Damaged:
    for place, text, put in texts(worked[1]):
        yield place, put(f"{text} The release engineer was careless and forgot to ask."), "judges people"


def number_changed(worked: Worked) -> Damaged:
    """Each number of the prose in turn; a field is replaced by a number that it is not."""
    for place, text, put in texts(worked[1]):
        for match in PLACEHOLDER.finditer(text):
            wrong = f"{text[: match.start()]}987,651{text[match.end() :]}"
            yield f"{place} {match.group()}", put(wrong), "987,651 is neither the record's"
        for number in quantities(PLACEHOLDER.sub(lambda match: " " * len(match.group()), text)):
            wrong = another(number.text)
            put_there = put(f"{text[: number.start]}{wrong}{text[number.end :]}")
            yield f"{place} {number.text}", put_there, f"{wrong} is neither the record's nor in what is cited"


def another(number: str) -> str:
    """A number, date or time of the same kind that it is not: later, or much more."""
    first = re.search(r"\d+", number.replace(",", ""))
    assert first is not None
    value = int(first.group())
    if ":" in number:
        return f"{(value + 7) % 24:02d}:{(int(number[-2:]) + 13) % 60:02d}"
    if re.search(r"\d [A-Z]", number):
        return re.sub(r"\d+", str((value + 8) % 28 + 1), number, count=1)
    return number.replace(",", "").replace(first.group(), str(3 * value + 613), 1)


def action_made_vague(worked: Worked) -> Damaged:
    yield from _items(worked[1], "The title says no more", title="Improve the pipeline")


def end_made_vague(worked: Worked) -> Damaged:
    yield from _items(worked[1], "Nobody can see", done_when="everybody is content")


def _items(case: Case, said: str, **changes: object) -> Damaged:
    for at, item in enumerate(case.action_items):
        items = list(case.action_items)
        items[at] = item.model_copy(update=changes)
        yield item.id, case.model_copy(update={"action_items": tuple(items)}), f"{item.id}: {said}"


def milestone_moved(worked: Worked) -> Damaged:
    record, case, card = worked
    moments = {name: t for name, t, _ in card.milestones if t is not None}
    for key, each in case.timeline.items():
        far = next(
            row
            for row in timeline(record)
            if row.key not in case.timeline and abs(row.t - moments[each.milestone]) > 20 * MINUTE
        )
        rest = {name: edit for name, edit in case.timeline.items() if name != key}
        moved = case.model_copy(update={"timeline": {**rest, far.key: each}})
        yield each.milestone, moved, f"{each.milestone}: It is marked"


DAMAGES = (factor_removed, evidence_swapped, blame_added, action_made_vague, end_made_vague, milestone_moved,
           number_changed)  # fmt: skip


@pytest.mark.parametrize(("scenario", "variant"), EVERYWHERE)
def test_each_damage_to_the_worked_case_lowers_the_score_and_is_named(scenario: str, variant: str | None) -> None:
    whole = worked(scenario, variant)
    record, _, card = whole
    assert len(found(card)) == len(card.factors)
    assert not any("takes off a point" in each.rule for each in card.limits)
    for damage in DAMAGES:
        number = 0
        for number, (what, damaged, named) in enumerate(damage(whole), 1):  # noqa: B007
            after = assess(record, damaged)
            where = (damage.__name__, what, card.score, after.score)
            assert after.score < card.score, where
            said = " ".join(each.rule for each in after.limits)
            assert named in said, (*where, said)
            assert named or what in found(card) - found(after), where
        assert number >= 5, damage.__name__
