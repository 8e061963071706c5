"""The arithmetic of the document: a small, safe expression language.

An expression is Python arithmetic over the world's quantities::

    ingest.in - warehouse.total
    stream.dropped["8.4"] > 0 and minutes() >= 30
    clamp(topic.unread / 1000, 2, 40)

A dotted name is a quantity; ``name["label"]`` is its part with that label, without it the sum over all
labels. Flags are plain names. Functions: `FUNCTIONS`. Only the four basic operations, comparison and boolean
operators are allowed, because those give the same bits on every machine.
"""

from __future__ import annotations

import ast
import functools
import re
from dataclasses import dataclass

FUNCTIONS = {
    "minutes": "minutes()  whole minutes since the start",
    "hour": "hour()  hour of the day, UTC, 0 to 23",
    "min": "min(a, b, …)",
    "max": "max(a, b, …)",
    "abs": "abs(a)",
    "clamp": "clamp(x, low, high)",
    "ratio": "ratio(a, b, default)  a / b, or the default where b is 0",
    "if_else": "if_else(condition, a, b)",
    "total": "total(quantity)  the sum over all steps so far",
    "over": "over(quantity, minutes)  the sum over the last minutes",
    "ago": "ago(quantity, minutes)  its value then",
    "since": "since(flag)  minutes since the flag last changed, or -1",
    "health": 'health("service")  0 to 1000 permille',
    "parameter": 'parameter("web.capacity")  what a parameter of the flow stands at',
}
QUANTITY_FUNCTIONS = frozenset({"total", "over", "ago", "since"})

_ALLOWED = (
    ast.Expression, ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.Call, ast.Constant, ast.Name,
    ast.Attribute, ast.Subscript, ast.Load, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod,
    ast.USub, ast.UAdd, ast.Not, ast.And, ast.Or, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq,
)  # fmt: skip
_IN = re.compile(r"\.in\b")
_LARGEST = 10**12
_DEEPEST = 40


class ExpressionError(ValueError):
    """An expression that cannot be read; the message says what is wrong and what to write."""


@dataclass(frozen=True)
class Quantity:
    """A reference to one of the world's quantities, with its label or for all labels."""

    name: str
    label: str | None = None


@dataclass(frozen=True)
class Parsed:
    """An expression that is well formed, and the quantities, services and parameters it reads."""

    source: str
    tree: ast.Expression
    quantities: tuple[Quantity, ...]
    services: tuple[str, ...]
    parameters: tuple[str, ...] = ()


@functools.lru_cache(maxsize=4096)
def parse(source: str) -> Parsed:
    """Read an expression. Raises `ExpressionError` for anything outside the language."""
    if len(source) > 500:
        raise ExpressionError("an expression has at most 500 characters")
    try:
        # ``in`` is a counter's name here and a keyword there.
        tree = ast.parse(_IN.sub(".in_", source.strip()), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ExpressionError(f"{source!r} is not an expression such as 'ingest.in > 100'") from error
    quantities: dict[Quantity, None] = {}
    named: dict[str, dict[str, None]] = {"health": {}, "parameter": {}}
    _check(tree.body, quantities, named, 0)
    return Parsed(source, tree, tuple(quantities), tuple(named["health"]), tuple(named["parameter"]))


def quantity_of(node: ast.expr) -> Quantity | None:
    """The quantity that a piece of an expression names, or None where it is something else."""
    label = None
    if isinstance(node, ast.Subscript):
        key = node.slice
        if not (isinstance(key, ast.Constant) and isinstance(key.value, str)):
            raise ExpressionError('a label stands in quotes: stream.dropped["8.4"]')
        label, node = key.value, node.value
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append("in" if node.attr == "in_" else node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    parts.append(node.id)
    return Quantity(".".join(reversed(parts)), label)


def _check(node: ast.expr, quantities: dict[Quantity, None], named: dict[str, dict[str, None]], depth: int) -> None:
    if depth > _DEEPEST:
        raise ExpressionError("an expression is nested at most 40 deep")
    if not isinstance(node, _ALLOWED):
        raise ExpressionError(f"{type(node).__name__} is not part of the expression language")
    if isinstance(node, ast.Constant):
        if isinstance(node.value, bool) or not isinstance(node.value, int | float):
            raise ExpressionError(f"{node.value!r}: only numbers may stand here")
        if not abs(node.value) <= _LARGEST:
            raise ExpressionError("a number lies between -1e12 and 1e12")
        return
    if isinstance(node, ast.Name | ast.Attribute | ast.Subscript):
        quantity = quantity_of(node)
        if quantity is None:
            raise ExpressionError("a quantity is a dotted name such as ingest.in")
        if quantity.name in FUNCTIONS:
            raise ExpressionError(f"{quantity.name} is a function: {FUNCTIONS[quantity.name]}")
        quantities[quantity] = None
        return
    if isinstance(node, ast.Call):
        if not isinstance(node.func, ast.Name) or node.func.id not in FUNCTIONS or node.keywords:
            raise ExpressionError(f"the functions are {', '.join(FUNCTIONS)}")
        name = node.func.id
        wanted = {"minutes": 0, "hour": 0, "abs": 1, "clamp": 3, "ratio": 3, "if_else": 3, "total": 1,
                  "over": 2, "ago": 2, "since": 1, "health": 1, "parameter": 1}.get(name)  # fmt: skip
        if (wanted is not None and len(node.args) != wanted) or (wanted is None and len(node.args) < 2):
            raise ExpressionError(f"write {FUNCTIONS[name]}")
        if name in named:
            only = node.args[0]
            if not (isinstance(only, ast.Constant) and isinstance(only.value, str)):
                raise ExpressionError(f"write {FUNCTIONS[name]}")
            named[name][only.value] = None
            return
        if name in QUANTITY_FUNCTIONS and not isinstance(node.args[0], ast.Name | ast.Attribute | ast.Subscript):
            raise ExpressionError(f"{name} takes a quantity: {FUNCTIONS[name]}")
        if name in {"over", "ago"} and not (
            isinstance(node.args[1], ast.Constant) and isinstance(node.args[1].value, int)
        ):
            raise ExpressionError(f"{name} takes a whole number of minutes")
        for argument in node.args:
            _check(argument, quantities, named, depth + 1)
        return
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            _check(child, quantities, named, depth + 1)
        elif not isinstance(child, _ALLOWED):
            raise ExpressionError(f"{type(child).__name__} is not part of the expression language")
