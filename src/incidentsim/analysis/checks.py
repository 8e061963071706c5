"""What the whys still lack: findings on support, time, shape and blame."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import replace

from incidentsim.analysis.finding import Finding, Severity
from incidentsim.analysis.people import acts_as_person
from incidentsim.analysis.whys import BRANCHES, EFFECT, Moment, WhyLike, WhysGraph, depths

SHALLOWEST, DEEPEST = 3, 7
SAME = 0.7
"""Share of common words from which two texts say the same."""
_WORD = re.compile(r"\w+")
_VAGUE = re.compile(
    r"\b(?:somehow|something (?:went|was|is) (?:wrong|off)|went wrong|things?|stuff|problems?|badly"
    r"|issues?(?!\s+(?:an?|the|its|new|\w+s)\b)"
    r"|not (?:good|right|ideal)|inadequate|insufficient|poor(?:ly)?|improper(?:ly)?|suboptimal"
    r"|lack of (?:care|attention|communication|awareness))\b",
    re.IGNORECASE,
)
"""Words that leave open what was so; a service that issues certificates does something definite."""
_WHEN = re.compile(
    r"\b\d{1,2}:\d{2}\b|\b\d{4}-\d{2}-\d{2}\b|\b(?:seconds?|minutes?|mins?|hours?|days?|weeks?|[hs]|UTC)\b|\d+\s?(?:h|min|s)\b"
    r"|\b(?:since|between|until|overnight|time\.\w+)\b"
    r"|\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)",
    re.IGNORECASE,
)
_EXPLAINS = re.compile(
    r"\b(?:because|due to|owing to|caused by|as a result of|thanks to|triggered by)\b|\b(?:should|needs? to|must)\b",
    re.IGNORECASE,
)
"""What belongs into a why or an action item, not into what was seen."""


SEVERITIES: dict[str, Severity] = {
    **dict.fromkeys(("YW01", "YW02", "YW04", "YW05", "YW06", "YW07", "YW14"), "error"),
    **dict.fromkeys(("YW03", "YW08", "YW09", "YW10", "YW11", "YW13"), "warning"),
    "YW12": "info",
}
SEVERE = frozenset({"SEV1", "SEV2"})


def findings(
    graph: WhysGraph,
    moment: Moment = lambda _: None,
    roles: Iterable[str] = (),
    addressed: Container[str] | None = None,
    severity: str = "",
) -> list[Finding]:
    """All findings, those of the whole first.

    *roles* are names of people and teams that are no causes. *addressed*: the whys that an action item, or what was
    declined with a reason, is about; None where there is no plan yet. *severity* is that of the incident.
    """
    names = tuple(roles)
    found = list(_whole(graph, names))
    leaves = {why.id for why in graph.leaves()}
    for why in graph.whys:
        found += _one(graph, why, moment, names, why.id in leaves)
        if addressed is not None and why.id in leaves and why.id not in addressed:
            found.append(_found("YW14", why.id, "No action item is about it.", "Add one, or decline with a reason."))
    return [replace(each, severity="error") if each.code == "YW03" and severity in SEVERE else each for each in found]


def _found(code: str, where: str, message: str, mend: str) -> Finding:
    return Finding(code, SEVERITIES[code], where, message, mend)


def _whole(graph: WhysGraph, roles: tuple[str, ...]) -> Iterable[Finding]:
    if not graph.effect.strip():
        yield _found("YW02", "", "The effect is not written yet.", "Say what was seen, how much, from when to when.")
    elif not re.search(r"\d", graph.effect):
        yield _found("YW02", "", "The effect has no number.", "Say how much was lost, and from when to when.")
    elif not _WHEN.search(graph.effect):
        yield _found("YW02", "", "The effect has no time.", "Say from when to when, or for how long.")
    elif explains := _EXPLAINS.search(graph.effect):
        yield _found("YW02", "", f"With “{explains.group()}” the effect holds more than what was seen.",
                     "Keep what was lost and when; the rest is a why, or an action item.")  # fmt: skip
    elif acts_as_person(graph.effect, roles):
        yield _found("YW02", "", "The effect is told as what somebody did.", "Say what was seen, how much, and when.")
    kept = [why for why in graph.whys if not why.ruled_out]
    for branch, question in BRANCHES.items():
        if branch != "recovered" and not any(why.branch == branch for why in kept):
            yield _found("YW04", "", f"No answer yet to: {question}", "Add a why to this branch.")
    if kept and all(_kept_children(graph, node) <= 1 for node in (EFFECT, *graph.by_id)):
        yield _found("YW03", "", "This is a single chain.", "Incidents have several causes that meet: branch it.")
    if kept and not any(why.gate == "and" for why in kept):
        yield _found("YW12", "", "No causes are joined yet.", "Mark causes that only together suffice as AND.")
    if kept and not any(why.ruled_out and graph.cites(why) for why in graph.whys):
        yield _found(
            "YW13",
            "",
            "No alternative is ruled out with evidence.",
            "Add one that was considered, and what refutes it.",
        )
    for branch, depth in depths([node for node in graph.walk() if not node.why.ruled_out]).items():
        if not SHALLOWEST <= depth <= DEEPEST and branch in {"occurred", "undetected"}:
            direction = "Ask why again" if depth < SHALLOWEST else "Stop where somebody can change something"
            yield _found("YW09", "", f"The branch “{BRANCHES[branch]}” is {depth} deep.", f"{direction}.")


def _kept_children(graph: WhysGraph, node: str) -> int:
    return sum(not graph.by_id[each].ruled_out for each in graph.children(node))


def _one(graph: WhysGraph, why: WhyLike, moment: Moment, roles: tuple[str, ...], leaf: bool) -> Iterable[Finding]:
    if why.parent is not None and why.parent not in graph.by_id:
        yield _found("YW01", why.id, f"It explains {why.parent}, which is not there.", "Choose what it explains.")
    elif why.parent is not None and graph.parent(why.id) == EFFECT:
        yield _found("YW01", why.id, "It explains itself, in a circle.", "Choose what it explains.")
    if not why.text.strip():
        yield _found("YW05", why.id, "It is empty.", "Write the condition, or remove it.")
        return
    cites = graph.cites(why)
    if not cites and (why.ruled_out or not why.falsify.strip()):
        yield _found("YW05", why.id, "It rests on no evidence.", "Cite what shows it, or say how to find out.")
    parent = graph.parent(why.id)
    head = graph.effect if parent == EFFECT else graph.by_id[parent].text
    if _alike(why.text, head):
        yield _found("YW11", why.id, "It says again what it explains.", "Say what brought that about.")
    if parent != EFFECT and _later(cites, graph.cites(graph.by_id[parent]), moment):
        yield _found("YW06", why.id, "Its evidence is later than that of what it explains.",
                         "A cause comes first: check the direction.")  # fmt: skip
    if vague := _VAGUE.search(why.text):
        yield _found("YW10", why.id, f"“{vague.group()}” can mean anything when it is read back.",
                         "Name what was so, and of what.")  # fmt: skip
    if leaf and acts_as_person(why.text, roles):
        yield _found("YW07", why.id, "It ends at a person.", "Which condition made that sensible, or possible?")
    if leaf and why.stop is None:
        yield _found("YW08", why.id, "It is where the asking stops, without a reason.",
                         "Say whether it is controllable, external, accepted or unknown.")  # fmt: skip


def _later(cause: tuple[str, ...], effect: tuple[str, ...], moment: Moment) -> bool:
    """Whether all dated evidence of the cause is later than the first of its effect. Times may be before the start."""
    causes, effects = ([t for each in cites if (t := moment(each)) is not None] for cites in (cause, effect))
    return bool(causes and effects) and min(causes) > min(effects)


def _alike(first: str, second: str) -> bool:
    a, b = ({word.casefold() for word in _WORD.findall(text)} for text in (first, second))
    return bool(a and b) and len(a & b) / len(a | b) >= SAME
