"""Appends commands to a journal until it is killed, and tells of each when it has been acknowledged."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from incidentsim.exercise.journal import Journal
from tests.exercise.doubles.records import HEADER, command, digest

journal = Journal.create(Path(sys.argv[1]), HEADER)
number = 0
while True:
    os.write(1, b"%d\n" % number)
    number += 1
    if number % 5 == 0:
        journal.append_unsynced(digest(number))
    journal.append(command(number, text="x" * (number % 200)))
