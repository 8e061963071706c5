"""Rules for action items: for each one that holds and one that is broken; lists against slow, obvious rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentsim.case.document import ActionItem
from incidentsim.postmortem.lint.action_items import Plan, findings

REVIEW = date(2024, 3, 20)


def item(number: int, title: str, **more: Any) -> ActionItem:
    base: dict[str, Any] = {
        "id": f"AI-{number:02d}", "title": title, "hierarchy": "eliminate", "type": "prevent", "priority": "P1",
        "owner": "data-lead", "due": date(2024, 3, 30), "tracking": f"OPS-{number}", "addresses": (f"W-0{number}",),
        "slo": "coverage", "done_when": "Test unreadable passes", "bypass": "The build fails.",
        "side_effect": "A build may wait.", "control": "gate",
    }  # fmt: skip
    return ActionItem.model_validate({**base, **more})


GOOD = Plan(
    items=(
        item(1, "Remove the skip of unreadable records", priority="P0"),
        item(2, "Add a page on coverage by version", hierarchy="automate", type="detect",
             done_when="Alert coverage-fast fires in a replay"),
        item(3, "Block schemas that a reader cannot read", hierarchy="guardrail", type="mitigate-future"),
        item(4, "Replay the lost day into a side table", hierarchy="guardrail", type="repair", priority="P2",
             control=None, effect="about 60% of the loss"),
    ),
    leaves=("W-01", "W-02", "W-03", "W-04"),
    whys=frozenset({"W-01", "W-02", "W-03", "W-04", "W-05"}),
    severity="SEV1", lost=True, reviewed=REVIEW, slos=frozenset({"coverage"}), alerts=frozenset({"coverage-fast"}),
)  # fmt: skip


def changed(number: int, **more: Any) -> Plan:
    items = [each.model_copy(update=more) if each.id == f"AI-{number:02d}" else each for each in GOOD.items]
    return replace(GOOD, items=tuple(items))


def every(**more: Any) -> Plan:
    return replace(GOOD, items=tuple(each.model_copy(update=more) for each in GOOD.items))


BROKEN = [
    ("AI01", changed(1, due=None)),
    ("AI01", changed(1, tracking="")),
    ("AI01", changed(1, done_when=" ")),
    ("AI02", changed(1, title="The skip of unreadable records")),
    ("AI02", changed(1, title="Remove " + "the skip and " * 12)),
    ("AI03", changed(1, title="Improve the parser")),
    ("AI03", changed(1, title="Look into the skip")),
    ("AI03", changed(1, title="Make it more robust")),
    ("AI04", changed(1, done_when="It is better understood")),
    ("AI05", changed(1, owner="the team")),
    ("AI05", changed(1, owner="data-lead and app-lead")),
    ("AI06", every(priority="P1")),
    ("AI06", every(priority="P0")),
    ("AI06", changed(1, priority="P1")),
    ("AI07", changed(2, tracking="OPS-1")),
    ("AI08", changed(1, hierarchy="document")),
    ("AI08", every(hierarchy="guardrail")),
    ("AI08", every(hierarchy="document")),
    ("AI09", replace(GOOD, items=GOOD.items[::-1])),
    ("AI10", changed(1, title="Block unreadable records")),
    ("AI10", changed(3, title="Rewrite the runbook for schemas")),
    ("AI11", changed(1, title="Remind all engineers of the check")),
    ("AI11", changed(1, title="Add a note to be more careful")),
    ("AI12", every(type="prevent")),
    ("AI12", changed(4, type="process")),
    ("AI13", changed(1, slo="")),
    ("AI13", changed(1, slo="speed")),
    ("AI13", changed(4, effect="a lot")),
    ("AI14", changed(1, due=date(2024, 4, 30))),
    ("AI15", replace(GOOD, items=tuple(item(n % 9 + 1, "Add a check").model_copy(update={"id": f"AI-{n:02d}"}) for n in range(1, 13)))),
    ("AI16", changed(1, bypass="nothing")),
    ("AI17", changed(2, side_effect="")),
    ("AI18", changed(2, title="Add a dashboard of coverage", done_when="Board 7 exists")),
    ("AI19", changed(4, status="declined", reason="Too dear")),
    ("AI20", changed(1, addresses=("W-05",))),
    ("AI20", changed(1, addresses=("W-01", "W-99"))),
    ("AI21", changed(2, control=None, effect="50%", done_when="A page comes within 5 minutes")),
]  # fmt: skip


def codes(plan: Plan) -> set[str]:
    return {each.code for each in findings(plan)}


def test_a_good_plan_has_no_findings() -> None:
    assert findings(GOOD) == []


@pytest.mark.parametrize(("code", "plan"), BROKEN)
def test_what_breaks_a_rule_is_found(code: str, plan: Plan) -> None:
    assert code in codes(plan)
    for each in findings(plan):
        assert each.message
        assert each.mend


def test_every_rule_is_broken_by_an_example() -> None:
    assert {code for code, _ in BROKEN} == {f"AI{number:02d}" for number in range(1, 22)}


@pytest.mark.parametrize(
    "plan",
    [
        changed(1, title="Investigate the cap of the broker", type="investigate", done_when="A report names the cap"),
        changed(2, title="Add a dashboard of coverage that pages"),
        changed(3, due=date(2024, 4, 17)),
        changed(4, status="declined", reason="The day is gone", approver="data-lead", addresses=()),
        changed(2, control=None, effect="saves 40%"),
    ],
)
def test_what_is_near_a_rule_and_holds_it(plan: Plan) -> None:
    assert codes(plan) <= {"AI20", "AI12"}


TITLES = ("Add a check", "Remove the skip", "Write a guide")
plans = st.builds(
    lambda parts, leaves, severity, lost: Plan(
        tuple(
            item(n, TITLES[n % 3]).model_copy(
                update={"hierarchy": h, "type": t, "priority": p, "tracking": k, "addresses": a, "status": s}
            )
            for n, (h, t, p, k, a, s) in enumerate(parts, 1)
        ),
        tuple(leaves), frozenset({"W-01", "W-02", "W-03"}), severity, lost,
    ),
    st.lists(
        st.tuples(
            st.sampled_from(["eliminate", "automate", "guardrail", "document"]),
            st.sampled_from(["prevent", "detect", "mitigate-future", "repair", "process"]),
            st.sampled_from(["P0", "P1", "P2"]),
            st.sampled_from(["A-1", "A-2", "A-3", ""]),
            st.lists(st.sampled_from(["W-01", "W-02", "W-03", "W-09"]), max_size=2, unique=True).map(tuple),
            st.sampled_from(["proposed", "open", "declined"]),
        ),
        max_size=6,
    ),
    st.lists(st.sampled_from(["W-01", "W-02", "W-03"]), max_size=3, unique=True),
    st.sampled_from(["SEV1", "SEV3"]),
    st.booleans(),
)  # fmt: skip


def slow(plan: Plan) -> set[tuple[str, str]]:
    """The rules on the list, said as plainly as can be."""
    kept = [each for each in plan.items if each.status != "declined"]
    found = set()
    for leaf in plan.leaves:
        about = [each for each in kept if leaf in each.addresses]
        if len(about) == 0:
            found.add(("AI20", leaf))
        elif len([each for each in about if each.hierarchy != "document"]) == 0:
            found.add(("AI08", leaf))
    for each in kept:
        if [why for why in each.addresses if why not in plan.whys]:
            found.add(("AI20", each.id))
    if not kept:
        return found
    documents = len([each for each in kept if each.hierarchy == "document"])
    strong = len([each for each in kept if each.hierarchy in ("eliminate", "automate")])
    if documents / len(kept) > 0.4 or (plan.severity == "SEV1" and strong == 0):
        found.add(("AI08", ""))
    urgent = len([each for each in kept if each.priority == "P0"])
    same = len({each.priority for each in kept}) == 1
    if (len(kept) >= 3 and same) or urgent == 0 or urgent > 3:
        found.add(("AI06", ""))
    numbers = [each.tracking for each in kept if each.tracking]
    if len(numbers) != len(set(numbers)):
        found.add(("AI07", ""))
    order = {"eliminate": 0, "automate": 1, "guardrail": 2, "document": 3}
    ranks = [(order[each.hierarchy], each.priority) for each in kept]
    if ranks != sorted(ranks):
        found.add(("AI09", ""))
    kinds = {each.type for each in kept} & {"prevent", "detect", "mitigate-future", "repair"}
    if len(kinds) < 3 or (plan.lost and "repair" not in kinds):
        found.add(("AI12", ""))
    return found


@settings(max_examples=300)
@given(plans)
def test_the_rules_on_a_list_agree_with_the_plain_ones(plan: Plan) -> None:
    judged = ("AI06", "AI07", "AI08", "AI09", "AI12", "AI20")
    assert {(each.code, each.where) for each in findings(plan) if each.code in judged} == slow(plan)
