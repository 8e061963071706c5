"""Rules for action items: each can be done, by somebody, and be seen to be done; together they cover the causes.

The rules AI01 to AI21 follow what the SRE workbook, RCA2 and public postmortem policies ask of action items.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from incidentsim.analysis.finding import Finding
from incidentsim.case.actions import ranked
from incidentsim.postmortem.lint.item_words import (
    ACTS,
    AT_PEOPLE,
    DASHBOARD,
    NOBODY,
    NOTHING,
    OBSERVABLE,
    SEVERAL,
    VAGUE,
    VERBS,
    first_word,
    sounds_like,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from incidentsim.case.document import ActionItem

LONGEST_TITLE = 120
DAYS = {"P0": 14, "P1": 28, "P2": 90}
"""Days after the review within which an item of a priority is due."""
MOST_P0 = 3
MOST_DOCUMENTS = 0.4
MOST_OPEN = 10
SEVERE = frozenset({"SEV1", "SEV2"})
LEAST_TYPES = 3
TYPES = ("prevent", "detect", "mitigate-future", "repair")


@dataclass(frozen=True, slots=True)
class Plan:
    """A list of action items and what it is held against.

    *leaves*: ids of the whys at which the asking stops, without those ruled out. *whys*: ids of all of them.
    *lost*: something was lost for good or has to be brought back. *reviewed*: the day from which due dates count.
    *slos* and *alerts*: what the SLO file defines; None where there is none to hold it against.
    """

    items: tuple[ActionItem, ...]
    leaves: tuple[str, ...] = ()
    whys: frozenset[str] = frozenset()
    severity: str = ""
    lost: bool = False
    reviewed: date | None = None
    slos: frozenset[str] | None = None
    alerts: frozenset[str] | None = None

    @property
    def kept(self) -> tuple[ActionItem, ...]:
        """The items that were not declined."""
        return tuple(each for each in self.items if each.status != "declined")


def findings(plan: Plan) -> list[Finding]:
    """Everything that breaks a rule: of single items, then of the list."""
    found = [each for item in plan.items for each in _one(item, plan)]
    return [*found, *_whole(plan)]


def _error(code: str, where: str, message: str, mend: str) -> Finding:
    return Finding(code, "error", where, message, mend)


def _warning(code: str, where: str, message: str, mend: str) -> Finding:
    return Finding(code, "warning", where, message, mend)


def _one(item: ActionItem, plan: Plan) -> Iterator[Finding]:
    if item.status == "declined":
        if not (item.reason.strip() and item.approver.strip()):
            yield _warning("AI19", item.id, "It is declined without a reason or without who agreed.",
                           "Say why not, and which role agreed to live with it.")  # fmt: skip
        return
    yield from _complete(item, plan)
    yield from _title(item)
    yield from _end(item, plan)
    yield from _effect(item, plan)


def _complete(item: ActionItem, plan: Plan) -> Iterator[Finding]:
    lacking = [name for name, value in (("owner", item.owner.strip()), ("due", item.due), ("tracking", item.tracking),
                                        ("causes", item.addresses), ("done when", item.done_when.strip()))
               if not value]  # fmt: skip
    if lacking:
        yield _error("AI01", item.id, f"It lacks: {', '.join(lacking)}.", "Fill it in, or say who knows.")
    owner = item.owner.strip().casefold()
    if owner and (owner in NOBODY or SEVERAL.search(owner)):
        yield _error("AI05", item.id, f"“{item.owner}” is not one owner.", "Name one role that answers for it.")
    if plan.reviewed is not None and item.due is not None:
        latest = plan.reviewed + timedelta(days=DAYS[item.priority])
        if item.due > latest:
            yield _warning("AI14", item.id, f"{item.priority} is due by {latest:%Y-%m-%d}; this is later.",
                           "Bring it forward, lower its priority, or split it.")  # fmt: skip


def _title(item: ActionItem) -> Iterator[Finding]:
    title = item.title.strip()
    if len(title) > LONGEST_TITLE:
        yield _error("AI02", item.id, f"The title has {len(title)} characters.", f"At most {LONGEST_TITLE}.")
    if VAGUE.search(title):
        if not (item.type == "investigate" and item.done_when.strip()):
            yield _error("AI03", item.id, "The title says no more than that something gets better.",
                         "Say what will be different in the system.")  # fmt: skip
    elif first_word(title) not in VERBS:
        yield _error("AI02", item.id, "The title does not begin with what is done.",
                     "Begin with a verb: add, remove, block, measure …")  # fmt: skip
    if AT_PEOPLE.search(title):
        yield _error("AI11", item.id, "It aims at what people do.", "Change what made the step possible or likely.")
    level = sounds_like(title)
    if level and level != item.hierarchy:
        yield _warning("AI10", item.id, f"It is ranked {item.hierarchy} and reads like {level}.",
                       "Rank it as what it is, or say it as what it does.")  # fmt: skip
    if DASHBOARD.search(title) and not ACTS.search(f"{title} {item.done_when}"):
        yield _warning("AI18", item.id, "All that it gives is something to look at.",
                       "Let something act on it: a page, a gate, a halt.")  # fmt: skip


def _end(item: ActionItem, plan: Plan) -> Iterator[Finding]:
    done = item.done_when.strip()
    if done and not OBSERVABLE.search(done):
        yield _error("AI04", item.id, "Nobody can see when it is done.",
                     "Name a test, a threshold, a query or a thing that exists then.")  # fmt: skip
    if item.hierarchy != "document" and (not item.bypass.strip() or NOTHING.match(item.bypass)):
        yield _warning("AI16", item.id, "If somebody gets around it, nothing is said to be left.",
                       "Say what still prevents a repeat then.")  # fmt: skip
    if item.hierarchy in {"guardrail", "automate"} and (
        not item.side_effect.strip() or NOTHING.match(item.side_effect)
    ):
        yield _warning("AI17", item.id, "What it can make worse is not said.", "Name the cost, or a false stop.")
    if item.type == "detect" and plan.alerts is not None:
        said = f"{item.title} {item.done_when}".casefold()
        if item.control is None and not any(alert.casefold() in said for alert in plan.alerts):
            yield _error("AI21", item.id, "It names no alert that is defined.",
                         "Name the alert in “done when”, or choose the control that pages.")  # fmt: skip


def _effect(item: ActionItem, plan: Plan) -> Iterator[Finding]:
    if not item.slo:
        yield _error("AI13", item.id, "It serves no SLO.", "Choose the objective that it protects.")
    elif plan.slos is not None and item.slo not in plan.slos:
        yield _error("AI13", item.id, f"There is no SLO “{item.slo}”.", "Choose one of the SLO file.")
    elif item.control is None and not any(each.isdigit() for each in item.effect):
        yield _error("AI13", item.id, "What it would have saved is neither modelled nor estimated.",
                     "Choose the control that it adds, or give your estimate with a number.")  # fmt: skip
    unknown = [each for each in item.addresses if each not in plan.whys]
    if unknown:
        yield _error("AI20", item.id, f"It addresses {', '.join(unknown)}, which is not there.",
                     "Choose causes of the whys.")  # fmt: skip


def _whole(plan: Plan) -> Iterator[Finding]:
    items = plan.kept
    yield from _coverage(plan)
    if not items:
        return
    yield from _priorities(items)
    for tracking, count in Counter(each.tracking.strip() for each in items if each.tracking.strip()).items():
        if count > 1:
            yield _error("AI07", "", f"{count} items have the tracking {tracking}.", "Give each its own.")
    if [each.id for each in items] != [each.id for each in ranked(items)]:
        yield _error("AI09", "", "They are not in the order eliminate, automate, guardrail, document.",
                     "Rank them by what they do to the hazard, then by priority.")  # fmt: skip
    kinds = {each.type for each in items}
    if len(kinds.intersection(TYPES)) < LEAST_TYPES:
        yield _warning("AI12", "", f"They do only: {', '.join(sorted(kinds))}.",
                       f"Look for what is missing of: {', '.join(TYPES)}.")  # fmt: skip
    elif plan.lost and "repair" not in kinds:
        yield _warning("AI12", "", "Something was lost, and no item repairs.", "Add what brings it back, or says it.")
    still = [each for each in items if each.status in {"proposed", "open"}]
    if len(still) > MOST_OPEN and any(not each.theme.strip() for each in still):
        yield _warning("AI15", "", f"{len(still)} items are open.", "Group them by theme, and begin with few.")


def _priorities(items: Sequence[ActionItem]) -> Iterator[Finding]:
    counts = Counter(each.priority for each in items)
    if len(items) >= 3 and len(counts) == 1:
        yield _warning("AI06", "", f"All are {items[0].priority}.", "Say which comes first.")
    elif not 1 <= counts["P0"] <= MOST_P0:
        many = "None is" if not counts["P0"] else f"{counts['P0']} are"
        yield _warning("AI06", "", f"{many} P0.", "One to three are what must not wait.")


def _coverage(plan: Plan) -> Iterator[Finding]:
    items = plan.kept
    covered = {why for each in items for why in each.addresses}
    for leaf in plan.leaves:
        if leaf not in covered:
            yield _error("AI20", leaf, "No action item is about this cause.",
                         "Add one, or decline with a reason.")  # fmt: skip
        elif all(each.hierarchy == "document" for each in items if leaf in each.addresses):
            yield _error("AI08", leaf, "Only documents stand against this cause.",
                         "Add something that works when nobody reads it.")  # fmt: skip
    documents = sum(each.hierarchy == "document" for each in items)
    if items and documents > MOST_DOCUMENTS * len(items):
        yield _error("AI08", "", f"{documents} of {len(items)} items only document.", "Change the system instead.")
    if items and plan.severity in SEVERE and not any(each.hierarchy in {"eliminate", "automate"} for each in items):
        yield _error("AI08", "", f"Nothing is eliminated or automated after a {plan.severity}.",
                     "Find one that takes the hazard away.")  # fmt: skip
