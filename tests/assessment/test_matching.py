"""Whether a text names a condition: measured on labelled answers, and properties that hold for any text."""

from __future__ import annotations

import functools
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentsim.assessment.matching import Matcher, matcher_of
from incidentsim.exercise.settings import setting_for

ANSWERS = Path(__file__).parent / "answers"
SCENARIOS = ("inc-2024-0312", "inc-2024-0527", "inc-2025-0918", "inc-2025-1103")
MOST_WRONG, MOST_UNSURE = 0.05, 0.2


@functools.cache
def matcher(scenario: str) -> Matcher:
    return matcher_of(setting_for(scenario).scenario)


def answers(part: str) -> list[tuple[str, str, str, str]]:
    """Scenario, condition, label, text."""
    found: list[tuple[str, str, str, str]] = []
    for scenario in SCENARIOS:
        known: dict[str, Any] = yaml.safe_load((ANSWERS / f"{scenario}.yaml").read_text(encoding="utf-8"))
        found += [(scenario, *each) for each in known[part]]
    return found


def judged(part: str) -> Counter[tuple[str, str]]:
    return Counter(
        (label, matcher(scenario).match(text, about).verdict) for scenario, about, label, text in answers(part)
    )


def wrong(count: Counter[tuple[str, str]]) -> float:
    """The share of verdicts that are wrong: a right answer that is none, another one that is one."""
    return (count["right", "not-named"] + count["wrong", "named"] + count["vague", "named"]) / count.total()


def unsure(count: Counter[tuple[str, str]]) -> float:
    return sum(number for (_, verdict), number in count.items() if verdict == "unsure") / count.total()


def test_there_are_enough_answers_of_each_kind_for_each_scenario() -> None:
    parts = {part: answers(part) for part in ("tuning", "first_held_out", "held_out", "independent")}
    kept = len(parts["held_out"]) + len(parts["independent"])
    assert kept >= 250
    assert kept >= 0.95 * (len(parts["tuning"]) + len(parts["first_held_out"]))
    texts = [text for part in parts.values() for _, _, _, text in part]
    assert len(texts) == len(set(texts))
    labels = Counter((scenario, label) for scenario, _, label, _ in parts["held_out"])
    assert all(labels[scenario, label] >= 1 for scenario in SCENARIOS for label in ("right", "wrong", "vague"))


@pytest.mark.parametrize("part", ["held_out", "independent"])
def test_on_answers_that_no_rule_has_seen_few_verdicts_are_wrong_and_few_are_open(part: str) -> None:
    count = judged(part)
    print(f"{part}: {dict(count)}; wrong {wrong(count):.1%}, unsure {unsure(count):.1%}")
    assert wrong(count) <= MOST_WRONG
    assert unsure(count) <= MOST_UNSURE


def test_answers_are_held_against_other_conditions_and_seldom_name_them() -> None:
    named = tried = 0
    for scenario, about, label, text in answers("held_out"):
        if label != "right":
            continue
        for condition in setting_for(scenario).scenario.truth.conditions:
            if condition.id != about:
                tried += 1
                named += matcher(scenario).match(text, condition.id).verdict == "named"
    assert tried > 1000
    assert named / tried <= 0.01


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(answers("held_out")), st.data())
def test_case_spaces_and_hyphens_make_no_difference(answer: tuple[str, str, str, str], data: st.DataObject) -> None:
    scenario, about, _, text = answer
    before = matcher(scenario).match(text, about)
    change = data.draw(
        st.sampled_from([str.upper, str.title, lambda each: each.replace(" ", "  "), lambda each: f" {each}\n"])
    )
    assert matcher(scenario).match(change(text), about).verdict == before.verdict


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(answers("held_out")), st.sampled_from(("It rained all day.", "We had coffee at ten!", "Zebra?")))
def test_another_sentence_beside_it_takes_nothing_away(answer: tuple[str, str, str, str], other: str) -> None:
    scenario, about, _, text = answer
    if matcher(scenario).match(text, about).verdict == "named":
        for both in (f"{text}. {other}", f"{other} {text}", f"{text}\n{other}"):
            assert matcher(scenario).match(both, about).verdict == "named"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_has_a_verdict_and_no_words_name_nothing(text: str) -> None:
    about = setting_for(SCENARIOS[0]).scenario.truth.conditions[1].id
    match = matcher(SCENARIOS[0]).match(text, about)
    assert match == matcher_of(setting_for(SCENARIOS[0]).scenario).match(text, about)
    if not match.common:
        assert match.verdict != "named"
    assert match.words
