"""Kinds of damage to a scenario, and the place at which each has to be found.

The place is written down by the mutator, before any rule looks at the document.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Raw = dict[str, Any]


@dataclass(frozen=True)
class Damage:
    """One damaged document and the place of the damage. *played*: only playing it can show it."""

    kind: str
    place: str
    raw: Raw
    played: bool = False


def _conclusions(raw: Raw) -> list[tuple[int, Raw]]:
    return [
        (index, each)
        for index, each in enumerate(raw["truth"]["conditions"])
        if each.get("weight", 1) and each["branch"] != "effect"
    ]


def _shown(raw: Raw, name: str) -> list[int]:
    return [index for index, clue in enumerate(raw["truth"]["clues"]) if name in clue["shows"]]


def _harmful_places(raw: Raw) -> Iterator[tuple[int, int]]:
    for index, action in enumerate(raw["actions"]):
        for at, outcome in enumerate(action["outcomes"]):
            if outcome.get("harm") and outcome.get("harm_text"):
                yield index, at


def drop_clues(raw: Raw) -> str:
    """A conclusion keeps two clues."""
    index, condition = _conclusions(raw)[0]
    for clue in _shown(raw, condition["id"])[2:]:
        shows = raw["truth"]["clues"][clue]["shows"]
        shows.remove(condition["id"])
        shows += [] if shows else [raw["truth"]["red_herrings"][0]["id"]]
    return f"truth.conditions[{index}]"


def clue_out_of_reach(raw: Raw) -> str:
    """A clue is shown by something that nobody can open."""
    index = next(i for i, clue in enumerate(raw["truth"]["clues"]) if clue.get("sources") and not clue.get("query"))
    raw["truth"]["clues"][index]["sources"] = ["message:never-sent"]
    return f"truth.clues[{index}]"


def break_reference(raw: Raw) -> str:
    """An action on a service that is not there."""
    index = next(i for i, action in enumerate(raw["actions"]) if "service" in _kind(raw, action["verb"]))
    raw["actions"][index]["target"] = "no-such-service"
    return f"actions[{index}].target"


def _kind(raw: Raw, verb: str) -> str:
    return str(next(each for each in raw["verbs"] if each["id"] == verb).get("targets", "service"))


def unmeetable_target(raw: Raw) -> str:
    """An expectation asks for an act that the grammar does not have."""
    index = next(i for i, inject in enumerate(raw["injects"]) if inject.get("expectation"))
    raw["injects"][index]["expectation"]["acts"] = [{"verb": ["ask"], "target": ["no-such-person"]}]
    return f"injects[{index}].expectation.acts[0]"


def unmeetable_time(raw: Raw) -> str:
    """An expectation expires before anybody can read it."""
    index = next(i for i, inject in reversed(list(enumerate(raw["injects"]))) if inject.get("expectation"))
    raw["injects"][index]["expectation"]["within"] = "20s"
    return f"injects[{index}].expectation.within"


def never_sent(raw: Raw) -> str:
    """An inject with an expectation that nothing puts into play."""
    index = next(i for i, inject in enumerate(raw["injects"]) if inject.get("expectation") and "at" in inject)
    inject = raw["injects"][index]
    del inject["at"]
    inject.pop("when", None)
    return f"injects[{index}].expectation"


def causal_cycle(raw: Raw) -> str:
    """A cause is brought about by its own effect."""
    conditions = raw["truth"]["conditions"]
    effect = next(each for each in conditions if each.get("because"))
    cause = next(each for each in conditions if each["id"] == effect["because"][0])
    cause["because"] = [*cause.get("because", []), effect["id"]]
    return "truth.conditions["


def orphan(raw: Raw) -> str:
    """A condition that leads to nothing."""
    conditions = raw["truth"]["conditions"]
    index = next(
        i for i, each in _conclusions(raw)
        if each["branch"] == "occurred" and any(each["id"] in other.get("because", []) for other in conditions)
    )  # fmt: skip
    for other in conditions:
        other["because"] = [each for each in other.get("because", []) if each != conditions[index]["id"]]
    return f"truth.conditions[{index}]"


def telling_title(raw: Raw) -> str:
    """The scenario's title tells the truth."""
    raw["title"] = _telling(raw)["text"][:200]
    return "title"


def telling_verb(raw: Raw) -> str:
    """A verb's title tells the truth."""
    raw["verbs"][1]["title"] = _telling(raw)["text"][:200]
    return "verbs[1].title"


def telling_choice(raw: Raw) -> str:
    """A dataset's title tells the truth."""
    raw["datasets"][0]["title"] = _telling(raw)["text"][:200]
    return "datasets[0].title"


def _telling(raw: Raw) -> Raw:
    return next(each for _, each in _conclusions(raw) if len(each.get("concepts", [])) >= 2)


def irrefutable(raw: Raw) -> str:
    """A red herring that nothing refutes."""
    name = raw["truth"]["red_herrings"][-1]["id"]
    for clue in raw["truth"]["clues"]:
        shows = [each for each in clue["shows"] if each != name]
        clue["shows"] = shows or [raw["truth"]["red_herrings"][0]["id"]]
    return f"truth.red_herrings[{len(raw['truth']['red_herrings']) - 1}]"


def cheap_harm(raw: Raw) -> str:
    """A wrong fix that costs nothing."""
    index, at = list(_harmful_places(raw))[-1]
    raw["actions"][index]["outcomes"][at]["harm"] = 0
    return f"actions[{index}].outcomes[{at}]"


def unknown_stop(raw: Raw) -> str:
    """A control that stops a fault which is not there."""
    index = next(i for i, control in enumerate(raw["controls"]) if control.get("stops"))
    raw["controls"][index]["stops"] = ["no-such-fault"]
    return f"controls[{index}].stops[0]"


def concepts_elsewhere(raw: Raw) -> str:
    """A condition whose concepts do not name it."""
    index = next(i for i, each in _conclusions(raw) if each.get("concepts"))
    raw["truth"]["conditions"][index]["concepts"] = [["giraffe*"], ["bassoon*"]]
    return f"truth.conditions[{index}].concepts"


def counted_nowhere(raw: Raw) -> str:
    """A clue that only a count of something unknown would show."""
    clue = raw["truth"]["clues"][0]
    clue.pop("query", None)
    clue["sources"] = ["query:no-such-dataset*"]
    return "truth.clues[0]"


def telling_objective(raw: Raw) -> str:
    """What a trainee is to learn tells the truth; it is read before play."""
    raw["objectives"][0]["text"] = _telling(raw)["text"][:200]
    return "objectives[0].text"


def telling_budget(raw: Raw) -> str:
    """The title of a service level objective tells the truth."""
    index = next(i for i, each in enumerate(raw["slos"]) if each.get("observed"))
    raw["slos"][index]["title"] = _telling(raw)["text"][:200]
    return f"slos[{index}].title"


READ: tuple[Callable[[Raw], str], ...] = (
    drop_clues, clue_out_of_reach, break_reference, unmeetable_target, unmeetable_time, never_sent, causal_cycle,
    orphan, telling_title, telling_verb, telling_choice, irrefutable, cheap_harm, unknown_stop, concepts_elsewhere,
    counted_nowhere, telling_objective, telling_budget,
)  # fmt: skip


def self_healing(raw: Raw) -> str:
    """It is resolved although nobody acts."""
    raw["truth"]["mitigated"] = raw["truth"]["resolved"] = "minutes() > 0"
    return "truth.resolved"


def never_resolved(raw: Raw) -> str:
    """The condition for being resolved is never met."""
    raw["truth"]["resolved"] = "minutes() < 0"
    return "truth.resolved"


def late_reference(raw: Raw) -> str:
    """The reference response comes after the end."""
    index = next(i for i, each in enumerate(raw["policies"]) if each["id"] == "reference")
    commands = raw["policies"][index]["commands"]
    at = next(i for i, each in enumerate(commands) if each["verb"] == "act")
    for command in commands[at:]:
        command["at"] = "47h"
    return f"policies[{index}].commands[{at}].at"


def unsolvable(raw: Raw) -> str:
    """Nothing that anybody does or says changes anything any more."""
    for action in raw["actions"]:
        for outcome in action["outcomes"]:
            if not outcome.get("harm") and not outcome.get("refused"):
                outcome["effects"] = []
    for persona in raw["personas"]:
        for answer in persona.get("answers", []):
            answer["effects"] = []
    for inject in raw["injects"]:
        inject.get("expectation", {}).pop("met", None)
    return "actions["


def harmless(raw: Raw) -> str:
    """Nothing goes wrong."""
    raw["truth"]["losing"] = "0"
    return "truth.losing"


def unaccounted(raw: Raw) -> str:
    """A kind of loss is forgotten."""
    largest = _LARGEST[raw["id"]]
    raw["truth"]["loss"] = [each for each in raw["truth"]["loss"] if each["id"] != largest]
    return "truth.loss"


_LARGEST: dict[str, str] = {}
"""Per scenario, the kind of loss that is largest when nobody acts; filled by the test."""


def no_burn(raw: Raw) -> str:
    """An objective that can never be missed."""
    budget = next(each for each in raw["rubric"] if each["measure"] == "budget")
    index = next(
        i for i, each in enumerate(raw["slos"]) if each["id"] == (budget.get("ids") or [raw["slos"][0]["id"]])[0]
    )
    raw["slos"][index]["good"] = raw["slos"][index]["total"]
    return f"slos[{index}]"


def empty_variant(raw: Raw) -> str:
    """A variant that changes nothing."""
    raw["variants"].append({"id": "the-same", "title": "The same"})
    return f"variants[{len(raw['variants']) - 1}]"


def stubborn_variant(raw: Raw) -> str:
    """A variant in which the reference response fails: nothing it changes stays changed."""
    raw["variants"][0]["shift"] = "1m"
    raw["truth"]["resolved"] = f"({raw['truth']['resolved']}) and stubborn == 0"
    raw["variants"][0]["effects"] = [*raw["variants"][0].get("effects", []), {"kind": "flag", "flag": "stubborn"}]
    return "variants[0]"


def weak_reference(raw: Raw) -> str:
    """A typical response that is as good as the reference."""
    named = {each["id"]: index for index, each in enumerate(raw["policies"])}
    reference = raw["policies"][named["reference"]]
    raw["policies"][named["typical"]] = {**copy.deepcopy(reference), "id": "typical"}
    return f"policies[{named['typical']}]"


def healing_variant(raw: Raw) -> str:
    """A variant in which it is resolved although nobody acts."""
    variant = raw["variants"][0]
    variant["effects"] = [*variant.get("effects", []), {"kind": "flag", "flag": "healed"}]
    for field in ("mitigated", "resolved"):
        raw["truth"][field] = f"({raw['truth'][field]}) or (healed == 1 and minutes() > 30)"
    return "variants[0]"


def phantom_loss(raw: Raw) -> str:
    """A kind of loss counts what was never lost, once somebody has done something harmful."""
    for index, at in _harmful_places(raw):
        outcome = raw["actions"][index]["outcomes"][at]
        outcome["effects"] = [*outcome.get("effects", []), {"kind": "flag", "flag": "counted"}]
    raw["truth"]["loss"].append({"id": "phantom", "title": "Phantom", "value": "50000000 * counted"})
    return "truth.loss"


PLAYED: tuple[Callable[[Raw], str], ...] = (
    self_healing, never_resolved, late_reference, unsolvable, harmless, unaccounted, no_burn, empty_variant,
    stubborn_variant, weak_reference,
    healing_variant, phantom_loss,
)  # fmt: skip


def damaged(raw: Raw, kinds: tuple[Callable[[Raw], str], ...], played: bool) -> Iterator[Damage]:
    """Each kind of damage, on a copy of its own."""
    for kind in kinds:
        mutant = copy.deepcopy(raw)
        place = kind(mutant)
        yield Damage(kind.__name__, place, mutant, played)
