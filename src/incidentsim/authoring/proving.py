"""What the plays of a scenario prove, and what they show to be wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.authoring.gaming import GAMES, STRAYS
from incidentsim.scenario.findings import Note, Path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidentsim.authoring.playing import Played
    from incidentsim.authoring.plays import Plays
    from incidentsim.scenario.document import Scenario

ORDER = (
    ("reference", "typical"),
    *(("reference", stray) for stray in STRAYS),
    ("typical", "idle"),
    ("typical", "harmful"),
    *(("typical", game) for game in GAMES),
)
"""(better, worse): the scores of the two are in this order, with separate intervals."""
ENOUGH = 3
"""With fewer seeds than this an interval says nothing, and only means are compared."""


def check_plays(scenario: Scenario, plays: Plays) -> Iterator[Note]:
    """Everything that the plays show to be wrong. A scripted scenario, which loses nothing, proves nothing."""
    if scenario.truth.losing is None:
        return
    if not any(each.id == "reference" for each in scenario.policies):
        yield Note("error", "reference", ("policies",), "there is no reference response", "Add a policy reference.")
        return
    yield from _idle(scenario, plays)
    yield from _reference(scenario, plays)
    yield from _variants(scenario, plays)
    yield from _healing_variants(scenario, plays)
    yield from _more_than_lost(scenario, plays)
    yield from _expectations(scenario, plays)
    yield from _order(scenario, plays)


def _idle(scenario: Scenario, plays: Plays) -> Iterator[Note]:
    """Doing nothing: it goes wrong, it is not resolved by itself, and every item lost is of a kind."""
    idle = plays.of(None, "idle")
    if not idle:
        return
    if any("started" not in each.milestones for each in idle):
        yield Note("error", "harmless", ("truth", "losing"), "nothing is lost when nobody acts",
                   "Let a fault cost something.")  # fmt: skip
    for name, field in (("resolved", "resolved"), ("mitigated", "mitigated")):
        if any(name in each.milestones for each in idle):
            yield Note("error", "self-healing", ("truth", field), f"it is {name} when nobody acts",
                       "Let the condition hold only after somebody has done something.")  # fmt: skip
            break
    for each in idle:
        if scenario.truth.loss and sum(each.loss.values()) != each.lost:
            message = (
                f"{each.lost:,} items are lost when nobody acts, and their kinds add up to {sum(each.loss.values()):,}"
            )
            yield Note("error", "unaccounted", ("truth", "loss"), message, "Name every way to be lost, once.")
            break
    judged = {each for criterion in scenario.rubric if criterion.measure == "budget" for each in criterion.ids}
    for position, slo in enumerate(scenario.slos):
        still = all(each.budgets[slo.id][0] == 0 for each in idle)
        if still and (slo.id in judged or all(share == 0 for each in idle for share, _ in each.budgets.values())):
            yield Note("error", "no-burn", ("slos", position),
                       f"the budget of {slo.id!r} does not move when nobody acts",
                       "Let good and total be counted where the loss shows.")  # fmt: skip


def _reference(scenario: Scenario, plays: Plays) -> Iterator[Note]:
    """The reference response resolves it, in time, as it stands and under every variant."""
    unsolved = [each for each in plays.of(None, "reference") if "resolved" not in each.milestones]
    if unsolved:
        for path, why in _suspects(scenario, unsolved[0]):
            yield Note("error", "unsolved", path, f"the reference response does not resolve it: {why}", "Mend this.")
        return
    places = {each.id: index for index, each in enumerate(scenario.variants)}
    for variant in plays.variants():
        if variant is not None and any("resolved" not in each.milestones for each in plays.of(variant, "reference")):
            yield Note("error", "unsolved", ("variants", places[variant]),
                       "the reference response does not resolve it under this variant",
                       "Change the variant, or let the reference do what it needs.")  # fmt: skip


def _suspects(scenario: Scenario, play: Played) -> list[tuple[Path, str]]:
    """Why a reference may have failed: commands after the end, fixes that change nothing; else the condition."""
    position, reference = next((i, each) for i, each in enumerate(scenario.policies) if each.id == "reference")
    found: list[tuple[Path, str]] = [
        (("policies", position, "commands", at, "at"), "this command comes after the end")
        for at, command in enumerate(reference.commands)
        if command.at >= scenario.duration and command.verb == "act"
    ]
    verbs = {verb.id for verb in scenario.verbs if verb.changes}
    for at, action in enumerate(scenario.actions):
        for number, outcome in enumerate(action.outcomes):
            idle = not outcome.effects and not outcome.refused and not outcome.harm
            if idle and action.verb in verbs and (action.id, outcome.id) in play.outcomes:
                found.append(
                    (("actions", at, "outcomes", number), "it takes this to change something, and it does not")
                )
    if any(path[0] == "policies" for path, _ in found):
        return found
    return [*found, (("truth", "resolved"), "this condition is never met")]


def _variants(scenario: Scenario, plays: Plays) -> Iterator[Note]:
    """Each variant changes what comes of at least one policy."""
    for position, variant in enumerate(scenario.variants):
        if not plays.of(None, "idle") or not plays.of(variant.id, "idle"):
            continue
        same = all(
            [_came(each) for each in plays.of(None, policy)] == [_came(each) for each in plays.of(variant.id, policy)]
            for _, policy in {key: None for key in plays.found if key[0] is None and plays.of(variant.id, key[1])}
        )
        if same:
            yield Note("error", "no-change", ("variants", position), f"variant {variant.id!r} changes nothing",
                       "Let it change where, when or how it fails.")  # fmt: skip


def _healing_variants(scenario: Scenario, plays: Plays) -> Iterator[Note]:
    """Under no variant is it resolved by itself; where it always is, that is said once, elsewhere."""
    if any("resolved" in each.milestones for each in plays.of(None, "idle")):
        return
    for position, variant in enumerate(scenario.variants):
        if any("resolved" in each.milestones for each in plays.of(variant.id, "idle")):
            yield Note("error", "self-healing", ("variants", position),
                       f"under variant {variant.id!r} it is resolved when nobody acts",
                       "Let it hold only after somebody has done something.")  # fmt: skip


def _more_than_lost(scenario: Scenario, plays: Plays) -> Iterator[Note]:
    """Whatever is done, the kinds come to no more than was lost: what is recovered is taken off."""
    if not scenario.truth.loss:
        return
    for (variant, policy), found in plays.found.items():
        for each in found:
            if sum(each.loss.values()) > each.lost:
                where = f"{policy}, under {variant}" if variant else policy
                yield Note("error", "unaccounted", ("truth", "loss"),
                           f"the kinds of loss come to {sum(each.loss.values()):,} items, and {each.lost:,} were lost, "
                           f"in the play of {where}", "Let each kind count what is lost, once.")  # fmt: skip
                return


def _came(play: Played) -> tuple[object, ...]:
    return play.score, play.milestones, play.budgets, play.loss, play.outcomes


def _expectations(scenario: Scenario, plays: Plays) -> Iterator[Note]:
    """Each expectation is met in at least one play in which it was open, if every policy was played."""
    if not all(plays.of(None, each) for each in (*(own.id for own in scenario.policies), *GAMES, *STRAYS)):
        return
    missed: dict[str, int] = {}
    opened: dict[str, int] = {}
    for found in plays.found.values():
        for each in found:
            for name in each.missed:
                missed[name] = missed.get(name, 0) + 1
            for name in each.expected:
                opened[name] = opened.get(name, 0) + 1
    for position, inject in enumerate(scenario.injects):
        count = opened.get(inject.id, 0)
        if count and missed.get(inject.id, 0) == count:
            yield Note("error", "unmeetable", ("injects", position, "expectation"),
                       "nobody meets this expectation in any play",
                       "Give more time, or let the reference meet it.")  # fmt: skip


def _order(scenario: Scenario, plays: Plays) -> Iterator[Note]:
    """Scores are in order: honest policies above those that do nothing, do harm or game the score."""
    places = {each.id: index for index, each in enumerate(scenario.policies)}
    variants = {each.id: index for index, each in enumerate(scenario.variants)}
    for variant in plays.variants():
        for better, worse in ORDER:
            upper, lower = plays.score(variant, better), plays.score(variant, worse)
            if upper is None or lower is None or upper.mean is None or lower.mean is None:
                continue
            apart = upper.mean > lower.mean
            # Chance may lay a shuffled response out well; only its mean has to be lower.
            if (
                apart
                and worse not in STRAYS
                and upper.count >= ENOUGH
                and upper.low is not None
                and lower.high is not None
            ):
                apart = upper.low > lower.high
            if apart:
                continue
            path: Path = ("rubric",) if worse not in places else ("policies", places[worse])
            if variant is not None:
                path = ("variants", variants[variant])
            yield Note("error", "order", path, f"{worse} scores {float(lower.mean):.0f}, and {better} "
                       f"{float(upper.mean):.0f}" + (f", under {variant}" if variant else ""),
                       "Let the rubric pay for what helps.")  # fmt: skip
