"""Expressions as Python that reads a world's columns.

Worlds of one document have their columns in the same places, so they share what was translated and compiled.
"""

from __future__ import annotations

import ast
import functools
from dataclasses import dataclass
from types import CodeType

from incidentsim.scenario.expression import Quantity, parse, quantity_of


@dataclass(frozen=True, eq=False, slots=True)
class Layout:
    """Where each quantity is kept. Every list of quantities has one layout object."""

    index: dict[Quantity, int]


@functools.lru_cache(maxsize=64)
def layout(quantities: tuple[Quantity, ...]) -> Layout:
    """The layout of columns in this order."""
    return Layout({quantity: index for index, quantity in enumerate(quantities)})


@functools.lru_cache(maxsize=20_000)
def translated(of: Layout, expression: str, label: str | None) -> str:
    """Python for an expression; with *label*, quantities that name none are read for that label.

    Raises `KeyError` for a quantity that the layout does not have. A name without a dot is a flag.
    """
    return ast.unparse(_Reader(of, label).visit(ast.parse(ast.unparse(parse(expression).tree), mode="eval")))


@functools.lru_cache(maxsize=20_000)
def compiled(source: str) -> CodeType:
    """What `translated` gave, ready for ``eval``."""
    return compile(source, "<expression>", "eval")


class _Reader(ast.NodeTransformer):
    """Turns names of quantities into calls that read them."""

    def __init__(self, of: Layout, label: str | None) -> None:
        self._layout = of
        self._label = label

    def _key(self, node: ast.expr) -> Quantity:
        quantity = quantity_of(node)
        if quantity is None:
            raise KeyError("not a quantity")
        if quantity.label is None and self._label is not None:
            labelled = Quantity(quantity.name, self._label)
            if labelled in self._layout.index:
                quantity = labelled
        if quantity not in self._layout.index and (quantity.label is not None or "." in quantity.name):
            raise KeyError(quantity.name)
        return quantity

    def _read(self, node: ast.expr) -> ast.expr:
        quantity = self._key(node)
        index = self._layout.index.get(quantity)
        if index is None:
            return _call("flag", ast.Constant(quantity.name))
        return ast.Subscript(ast.Name("current", ast.Load()), ast.Constant(index), ast.Load())

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self._read(node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        return self._read(node)

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        return self._read(node)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name == "since":
            return _call(name, ast.Constant(self._key(node.args[0]).name))
        if name in {"total", "over", "ago"}:
            quantity = self._key(node.args[0])
            index = self._layout.index.get(quantity)
            if index is None:
                raise KeyError(quantity.name)
            return _call(name, ast.Constant(index), *node.args[1:])
        if name in {"health", "parameter"}:
            return node
        return _call(name, *[self.visit(argument) for argument in node.args])


def _call(name: str, *arguments: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(name, ast.Load()), list(arguments), [])
