"""Analysis: contributing factors, the whys, the evidence under them, and what was ruled out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.assessment.factors import factors as graded_factors
from incidentsim.assessment.factors import herrings as graded_herrings
from incidentsim.assessment.measured import Measured, count, left_out, share

if TYPE_CHECKING:
    from incidentsim.assessment.facts import Facts
    from incidentsim.scenario.play import Criterion

BRANCHES = ("occurred", "undetected", "lasted", "recovered")
PER_HERRING = 0.1
"""What a red herring that is given as a cause takes off."""
COMPARE = 0.5
"""What a factor earns whose words a person has to judge."""
HERRING_EARNS = {"ruled-out": 1.0, "doubted": 0.3, "refuted": 0.0, "open": 0.0, "believed": 0.0}
"""What each red herring earns. What was merely held and is not said helps nobody who reads the case."""
ENOUGH_WHYS = 5
ENOUGH_TELLING = 2


def factors(facts: Facts, criterion: Criterion) -> Measured:
    """Percent of the causal graph, by weight, that the whys name and prove."""
    rule = (
        "A contributing factor is found when a why names it and cites evidence that shows it; one why finds at most "
        "two. Found factors earn their weight, one to compare for yourself half of it; each red herring given as a "
        "cause takes off a tenth of all."
    )
    graded = [each for each in graded_factors(facts) if not criterion.ids or each.condition.id in criterion.ids]
    if not graded:
        return left_out("This scenario names no contributing factors.", rule)
    total = sum(each.condition.weight for each in graded)
    by_state = {state: [each for each in graded if each.state == state]
                for state in ("found", "compare", "missed", "unproven")}  # fmt: skip
    earned = sum(each.condition.weight for each in by_state["found"])
    earned_half = sum(each.condition.weight for each in by_state["compare"])
    believed = [each for each in graded_herrings(facts) if each.state == "believed"]
    ratio = (earned + COMPARE * earned_half) / total - PER_HERRING * len(believed)
    states = ", ".join(f"{len(by_state[state])} {state}" for state in ("missed", "unproven"))
    parts = [f"{len(by_state['found'])} of {count(len(graded), 'factor')} found, {states}."]
    if by_state["compare"]:
        parts.append(f"{len(by_state['compare'])} to compare for yourself.")
    if believed:
        parts.append(
            f"{count(len(believed), 'red herring')} given as a cause ({', '.join(each.why for each in believed)})."
        )
    evidence = tuple(dict.fromkeys(cited for each in by_state["found"] for cited in each.cited))
    value = round(100 * share(earned, total), 1)
    return Measured(value, ratio, evidence, " ".join(parts), rule, unsure=bool(by_state["compare"]))


def whys(facts: Facts, criterion: Criterion) -> Measured:
    """How well the whys are built. Only whys that cite evidence of this run count."""
    rule = (
        "Whys that cite evidence of this run count: five or more of them (a quarter), on each of the branches "
        "occurred, undetected, lasted, recovered (a quarter), out of all whys (a fifth); an AND where causes were "
        "jointly needed, an alternative ruled out with evidence, and what made each choice sensible at the time (a "
        "tenth each)."
    )
    kept = [each for each in facts.whys if not each.ruled_out]
    if not kept:
        return Measured(0.0, 0.0, (), "No whys were written.", rule)
    proven = [each for each in kept if facts.resolving(each.cites)]
    branches = [branch for branch in BRANCHES if any(each.branch == branch for each in proven)]
    gated = any(each.gate == "and" for each in proven)
    ruled_out = any(facts.resolving(cites) for _, cites, _ in facts.ruled_out)
    sensible = [each for each in proven if each.sensible.strip()]
    ratio = (
        0.25 * min(1.0, share(len(proven), ENOUGH_WHYS))
        + 0.25 * share(len(branches), len(BRANCHES))
        + 0.2 * share(len(proven), len(kept))
        + 0.1 * gated
        + 0.1 * ruled_out
        + 0.1 * min(1.0, share(2 * len(sensible), len(proven)))
    )
    parts = [
        f"Evidence of this run is cited by {len(proven)} of {count(len(kept), 'why')}.",
        f"Branches covered: {', '.join(branches) or 'none'}.",
        "An AND is recorded." if gated else "No AND is recorded.",
        "An alternative is ruled out with evidence." if ruled_out else "No alternative is ruled out with evidence.",
        f"What made it sensible at the time stands with {len(sensible)}.",
    ]
    evidence = tuple(dict.fromkeys(cited for each in proven for cited in facts.resolving(each.cites)))
    return Measured(float(len(proven)), ratio, evidence, " ".join(parts), rule)


def evidence(facts: Facts, criterion: Criterion) -> Measured:
    """Percent of what was written that rests on evidence of this run, and whether it cites the telling evidence."""
    when = "" if facts.reconstruction else " held in play"
    rule = (
        f"Half for the share of written statements whose evidence is of this run; half for citing evidence{when} "
        f"that tells the true cause from the others ({ENOUGH_TELLING} different clues are enough)."
    )
    written = facts.statements
    proven = [cites for cites in written if facts.resolving(cites)]
    earned = [share(len(proven), len(written))]
    parts = [f"Evidence of this run is cited by {len(proven)} of {count(len(written), 'statement')}." if written
             else "Nothing was written."]  # fmt: skip
    telling = [clue for clue in facts.record.scenario.truth.clues if clue.discriminates]
    during = {each.id for each in facts.clues.discriminating}
    if telling:
        held = [clue for clue in telling if during.intersection(facts.clues.clues[clue.id])]
        said = [clue for clue in held if facts.cited_in_case & during.intersection(facts.clues.clues[clue.id])]
        earned.append(min(1.0, share(len(said), min(ENOUGH_TELLING, len(telling)))))
        parts.append(
            f"Of {count(len(telling), 'clue')} that tell the causes apart you held {len(held)}"
            f"{'' if facts.reconstruction else ' in play'}; the case cites {len(said)}."
        )
    ids = tuple(each.id for each in facts.clues.discriminating if each.id in facts.cited_in_case)
    return Measured(round(100 * earned[0], 1), sum(earned) / len(earned), ids, " ".join(parts), rule)


def herrings(facts: Facts, criterion: Criterion) -> Measured:
    """The share of red herrings that were ruled out with the evidence that refutes them."""
    rule = (
        "All for a red herring that the case rules out, citing what refutes it; 30% where it is ruled out without "
        "that. Nothing for one that the case says nothing of, or gives as a cause."
    )
    graded = [each for each in graded_herrings(facts) if not criterion.ids or each.herring.id in criterion.ids]
    if not graded:
        return left_out("This scenario has no red herrings.", rule)
    ratio = sum(HERRING_EARNS[each.state] for each in graded) / len(graded)
    ruled_out = [each for each in graded if each.state == "ruled-out"]
    refuted = [each for each in graded if each.state == "refuted"]
    parts = [f"{len(ruled_out)} of {count(len(graded), 'red herring')} ruled out with evidence."]
    if refuted:
        parts.append(f"For {len(refuted)} you held what refutes it and did not say so; rule it out among the whys.")
    parts += [f"{each.why} gives one as a cause." for each in graded if each.state == "believed"]
    ids = tuple(dict.fromkeys(held for each in ruled_out for held in each.held))
    return Measured(float(len(ruled_out)), ratio, ids, " ".join(parts), rule)
