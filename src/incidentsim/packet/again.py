"""Rendering a packet again from what it holds itself: its journal and its case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from incidentsim.packet.contents import CASE, JOURNAL
from incidentsim.text.problem import Problem

if TYPE_CHECKING:
    from incidentsim.packet.writer import Written


def rendered_again(folder: Path, template: str = "google-sre") -> Written:
    """Write a packet again where it stands. Raises `Problem` where the folder is no packet."""
    from incidentsim.assessment.scorecard import assess
    from incidentsim.case.file import load
    from incidentsim.exercise.runs import read_record
    from incidentsim.packet.writer import write

    folder = Path(folder)
    for name in (JOURNAL, CASE):
        if not (folder / name).is_file():
            raise Problem(f"this is no packet: it has no {name}", place=str(folder), mend="Name a packet's folder.")
    record, case = read_record(folder / JOURNAL), load(folder / CASE)
    return write(record, case, folder, assess(record, case), journal=folder / JOURNAL, template=template)
