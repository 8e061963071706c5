"""Names of files that stand beside an exercise's journal."""

from __future__ import annotations

CASE = "case.yaml"
"""What was written about it."""

WRITTEN = "packet-written"
"""Says where the packet was written, once it was."""

EXPORTS = "exports"
"""The folder of the exports of a reconstruction, where they were not put elsewhere."""
