"""``action-items.yaml``: the ranked list for tools."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from incidentsim.case.actions import HIERARCHY, ranked
from incidentsim.postmortem.openslo import label
from incidentsim.postmortem.sections_causes import plain
from incidentsim.text.escaping import visible

if TYPE_CHECKING:
    from incidentsim.case.document import ActionItem
    from incidentsim.postmortem.draft import Draft
    from incidentsim.postmortem.fields import Fields

SCHEMA = "incidentsim.dev/action-items/v1"
HEAD = "# EXERCISE: from a drill. Nobody has agreed to do these.\n"
POLICY = {"p0_days": 14, "p1_days": 28, "p2_days": 90}
NOT_MODELLED = "not modelled"


def action_items(draft: Draft) -> dict[str, Any]:
    """The file's data: items in rank, what was declined, and the budget that speaks for them."""
    from incidentsim.postmortem.sections_story import worst_slo

    case, fields = draft.case, draft.fields
    worst = worst_slo(draft)
    slos = {slo.id for slo in draft.record.scenario.slos}
    whys = {why.id for why in case.whys}
    return {
        "exercise": "EXERCISE",
        "schema": SCHEMA,
        "incident": draft.record.scenario.number,
        "ranking": list(HIERARCHY),
        "policy": POLICY,
        "items": [_item(rank, each, fields, whys, slos) for rank, each in enumerate(ranked(case.action_items), 1)],
        "declined": [{"title": plain(each.text, fields), "cites": list(each.cites)} for each in case.declined],
        "budget": None if worst is None else {
            "slo": label(worst),
            "window": fields[f"slo.{worst}.window"].text,
            "consumed": fields[f"budget.{worst}.consumed"].text,
            "consumed_exact": fields[f"budget.{worst}.consumed"].value,
        },
    }  # fmt: skip


def _item(rank: int, item: ActionItem, fields: Fields, whys: set[str], slos: set[str]) -> dict[str, Any]:
    return {
        "id": item.id,
        "rank": rank,
        "title": plain(item.title, fields),
        "hierarchy": item.hierarchy,
        "strength": item.strength,
        "type": item.type,
        "theme": item.theme,
        "priority": item.priority,
        "owner": item.owner or None,
        "due": item.due.isoformat() if item.due else None,
        "tracking": item.tracking or None,
        "addresses": [each for each in item.addresses if each in whys],
        "slo": {"ref": label(item.slo), "effect": NOT_MODELLED, "method": "estimate"} if item.slo in slos else None,
        "done_when": plain(item.done_when, fields),
        "bypass": plain(item.bypass, fields),
        "side_effect_risk": plain(item.side_effect, fields),
        "control": item.control,
        "status": item.status,
    }


def items_yaml(data: dict[str, Any]) -> str:
    """The data as YAML, marked EXERCISE."""
    return HEAD + yaml.safe_dump(_visible(data), sort_keys=False, allow_unicode=True, width=110)


def _visible(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _visible(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_visible(each) for each in value]
    return visible(value) if isinstance(value, str) else value
