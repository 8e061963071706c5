"""The limits that an organisation set for what it measures, as constants that can be drawn."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from incidentsim.scenario.expression import ExpressionError, parse
from incidentsim.scenario.units import MINUTE
from incidentsim.simulation.quantities import Quantities

if TYPE_CHECKING:
    from incidentsim.scenario.document import Scenario
    from incidentsim.scenario.system import Signal

_ABOVE = (ast.Gt, ast.GtE)
_BELOW = (ast.Lt, ast.LtE)


def limits_of(scenario: Scenario, signal: Signal) -> list[dict[str, Any]]:
    """Lines to draw into a signal's plot: name (``warn``, ``critical``, ``slo``), value (in the signal's unit), above.

    *above*: it is bad to be above the line; else below. A limit that is no comparison of ``value`` with a number has
    no line. A ratio in percent that bears the id of an observed SLO is that SLO's measure, so its target is a line.
    """
    lines = [
        {"name": name, "value": value, "above": above}
        for name, limit in (("warn", signal.warn), ("critical", signal.critical))
        if limit is not None
        for value, above in constants(limit)
    ]
    if signal.kind == "ratio" and signal.unit == "%":
        lines += [
            {"name": "slo", "value": float(slo.target) * 100, "above": False}
            for slo in scenario.slos
            if slo.observed and slo.id == signal.id
        ]
    return lines


def constants(limit: str) -> list[tuple[float, bool]]:
    """(number, bad above it) for each comparison of ``value`` with a number in *limit*, which may join them with or.

    Nothing where any part of it is something else.
    """
    try:
        body = parse(limit).tree.body
    except ExpressionError:
        return []
    parts = body.values if isinstance(body, ast.BoolOp) and isinstance(body.op, ast.Or) else [body]
    found = [_constant(part) for part in parts]
    return [each for each in found if each is not None] if all(found) else []


def _constant(node: ast.expr) -> tuple[float, bool] | None:
    if not isinstance(node, ast.Compare) or len(node.ops) != 1:
        return None
    left, right, above = node.left, node.comparators[0], isinstance(node.ops[0], _ABOVE)
    if not above and not isinstance(node.ops[0], _BELOW):
        return None
    if _number(left) is not None:
        left, right, above = right, left, not above
    number = _number(right)
    if number is None or not (isinstance(left, ast.Name) and left.id == "value"):
        return None
    return number, above


def _number(node: ast.expr) -> float | None:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = _number(node.operand)
        return None if inner is None else -inner
    return float(node.value) if isinstance(node, ast.Constant) and isinstance(node.value, int | float) else None


def state_of(signal: Signal, value: int | None) -> str:
    """``ok``, ``warn`` or ``critical`` by the limits that the organisation set, ``none`` where it set none.

    *value* is the sample times 10^decimals, None where there is none.
    """
    if value is None or (signal.warn is None and signal.critical is None):
        return "none"
    # ``value`` is all that the limits can read, so that they cannot tell of anything else.
    limits = Quantities(MINUTE, 0, ())
    limits.set_flag("value", value if signal.decimals == 0 else value / 10**signal.decimals)
    for name, limit in (("critical", signal.critical), ("warn", signal.warn)):
        if limit is not None and limits.compile(limit)():
            return name
    return "ok"
