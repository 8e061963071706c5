"""Ranking action items: eliminate, automate, guardrail, document."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incidentsim.case.document import ActionItem

HIERARCHY = ("eliminate", "automate", "guardrail", "document")
"""What removes the hazard comes before what does the work, before what stops a mistake, before what tells people."""


def ranked(items: Iterable[ActionItem]) -> list[ActionItem]:
    """Action items by hierarchy, then priority; among equals the order in which they were written."""
    return sorted(items, key=lambda item: (HIERARCHY.index(item.hierarchy), item.priority))
