"""The whole computation of a score, line by line, so that anybody can do it again by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.assessment.facts import Facts
from incidentsim.assessment.prices import prices
from incidentsim.assessment.rubric import limits
from incidentsim.assessment.scorecard import HIGHEST, MARKER, Line, Scorecard, assess
from incidentsim.whatif.altered import ASSUMPTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidentsim.case.document import Case
    from incidentsim.exercise.record import ExerciseRecord

MOST_EVIDENCE = 8


def explained(record: ExerciseRecord, case: Case, priced: bool = True) -> Iterator[str]:
    """Lines of text: each criterion with its arithmetic, the total, the factors, the clues, the prices.

    *priced*: work out the prices too, which takes a few runs.
    """
    facts, card = Facts(record, case), assess(record, case)
    about = card.about
    yield f"{MARKER}  {about['incident']}  {about['title']}"
    yield f"scenario {about['scenario']} ({about['scenario_hash'][:12]}), seed {about['seed']}, mode {about['mode']}"
    yield ""
    yield "CRITERIA: points = weight x ratio"
    for line in card.lines:
        yield from _criterion(facts, line)
    yield ""
    yield from _total(facts, card)
    yield ""
    yield from _factors(facts, card)
    yield ""
    yield from _clues(facts)
    yield ""
    yield "BESIDE THE SCORE: changes nothing of it"
    for note in card.beside:
        yield f"  {note.title}"
        yield from (f"    {line}" for line in note.lines)
    if priced:
        yield ""
        yield from _prices(facts)


def _criterion(facts: Facts, line: Line) -> Iterator[str]:
    criterion, measured = line.criterion, line.measured
    if not measured.applies:
        yield f"  {criterion.id}: left out. {measured.explanation}"
        return
    value = "" if measured.value is None else f", measured {measured.value:g}"
    yield f"  {criterion.id}: {criterion.weight} x {measured.ratio:g} = {line.points:g}  ({criterion.measure}{value})"
    yield f"    {measured.explanation}"
    yield f"    rule: {measured.rule}"
    if measured.unsure:
        yield "    not sure: words were compared; compare for yourself"
    if line.override is not None and line.own is not None:
        yield f"    given by the {line.override.by} instead of {line.own.ratio:g}: {line.override.reason}"
    yield from _evidence(facts, measured.evidence)


def _evidence(facts: Facts, ids: tuple[str, ...]) -> Iterator[str]:
    for each in ids[:MOST_EVIDENCE]:
        held = facts.evidence.get(each)
        if held is not None:
            when = "learned after" if held.phase == "after" else f"seen {facts.clock(held.t)}"
            yield f"      {each} {when}: {held.title}"
    if len(ids) > MOST_EVIDENCE:
        yield f"      and {len(ids) - MOST_EVIDENCE} more"


def _total(facts: Facts, card: Scorecard) -> Iterator[str]:
    counted = [each for each in card.lines if each.measured.applies]
    weights = sum(each.criterion.weight for each in counted)
    earned = sum(each.criterion.weight * round(each.measured.ratio * 1000) for each in counted)
    yield "TOTAL"
    if weights:
        yield (
            f"  sum of weight x ratio = {earned / 1000:g}, of weights = {weights}; "
            f"{HIGHEST} x {earned / 1000:g} / {weights} = {card.before_limits}, halves up"
        )
    else:
        yield "  nothing was measured: 0"
    for limit in card.limits:
        holds = "" if limit in limits(facts) or limit.most < card.before_limits else " (does not lower it)"
        yield f"  limit {limit.most}: {limit.rule}{holds}"
    yield f"  score: {card.score} of {HIGHEST}"


def _factors(facts: Facts, card: Scorecard) -> Iterator[str]:
    yield "CONTRIBUTING FACTORS: found = a why names it and cites evidence that shows it"
    for each in card.factors:
        latent = ", shows only afterwards" if each.condition.latent else ""
        yield f"  {each.condition.id} (weight {each.condition.weight}, {each.condition.branch}{latent}): {each.state}"
        yield f"    {each.condition.text}"
        yield f"    {each.explanation}"
        if each.match is not None:
            yield f"    words of {each.why}: {each.match.words}"
        yield from _evidence(facts, each.held)
    for herring in card.herrings:
        yield f"  red herring {herring.herring.id}: {herring.state}. {herring.herring.text}"


def _clues(facts: Facts) -> Iterator[str]:
    yield "CLUES: which evidence showed what"
    for clue in facts.record.scenario.truth.clues:
        found = facts.clues.clues[clue.id]
        sign = ", tells the causes apart" if clue.discriminates else ""
        yield f"  {clue.id} shows {', '.join(clue.shows)}{sign}: {', '.join(found[:MOST_EVIDENCE]) or 'not seen'}"


def _prices(facts: Facts) -> Iterator[str]:
    yield "PRICES: MODELLED, only against what could be told apart on the evidence held then"
    found = prices(facts)
    for price in found:
        yield f"  {facts.clock(price.t)}  {price.choice}; against: {price.option}"
        if sensible := facts.case.sensible.get(price.id, "").strip():
            yield f"    sensible then: {' '.join(sensible.split())}"
        yield f"    {price.explanation}"
        yield from _evidence(facts, price.evidence)
    if not found:
        yield "  no choice of this run has one"
    for each in ASSUMPTIONS:
        yield f"  {each}"
