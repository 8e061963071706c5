"""What rows cost in memory, and what a record costs in the journal, at 10k, 100k and 1M rows.

Each size is measured in a process of its own (``python -m benchmarks.costs TIMES``), so that what one leaves behind is
not counted for the next.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.world import MINUTES, ran, retry_storm
from incidentsim.exercise.disk import Disk
from incidentsim.exercise.exercise import Exercise, Setting
from incidentsim.exercise.journal import Journal
from incidentsim.exercise.rowstore import RowStore
from incidentsim.exercise.seat import Seat

SIZES = (0.1, 1.0, 10.0)
MINUTE = 60_000
SCREENS = 200
EVERY = 5
"""Minutes between the commands of the play whose journal is measured."""
PAIRS = 300
TEXT = "We look into it, and say more at the half hour."


@dataclass(frozen=True)
class Costs:
    """Of one size: memory in bytes, journal in bytes and calls, time as a ratio."""

    rows: int
    held: int
    """Growth of the process while a seat takes in all rows, minute by minute, and shows pages of them."""
    world: int
    """Growth of the process while the world runs, before anybody looks at its rows."""
    peak: int
    """The most that the process ever had, interpreter and libraries included."""
    objects: int
    """Growth of the process where every row is made an object with its text."""
    commands: int
    digests: int
    journal: int
    header: int
    syncs: int
    writes: int
    acknowledged: float
    """Time of a command through a seat, to the time of a bare write and sync of as many bytes."""
    acknowledged_ms: float


class CountingDisk(Disk):
    """A disk that counts what is asked of it."""

    def __init__(self) -> None:
        self.syncs = self.writes = self.bytes = 0

    def write(self, handle: int, data: bytes) -> int:
        taken = super().write(handle, data)
        self.writes += 1
        self.bytes += taken
        return taken

    def sync(self, handle: int) -> None:
        self.syncs += 1
        super().sync(handle)


def resident() -> int:
    """Bytes of memory that this process has now."""
    gc.collect()
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def most_resident() -> int:
    """The most that this process ever had; not what the one that started it had."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")) * 1024


def measured(times: float) -> Costs:
    """What a storm of *times* 100,000 rows costs."""
    scenario = retry_storm(times)
    warm = ran(retry_storm(0.1))
    RowStore(warm).extend(warm.now)
    del warm
    before = resident()
    world = ran(scenario)
    with_world = resident()
    store = RowStore(world)
    for end in range(MINUTE, scenario.duration + 1, MINUTE):
        store.extend(end)
        len(store)
    for page in range(SCREENS):
        first = page * len(store) // SCREENS
        list(store.rows(first, first + 50))
    with_rows, peak = resident(), most_resident()
    kept = world.block(0, scenario.duration).rows()
    objects = resident() - with_rows
    del kept, store, world
    with tempfile.TemporaryDirectory() as folder:
        disk = CountingDisk()
        raw = scenario_raw(times)
        setting = Setting(scenario, raw, "0" * 64)
        with Journal.create(Path(folder) / "play.journal", setting.header(), disk=disk) as journal:
            exercise = Exercise(setting, journal)
            seat = Seat(exercise)
            header, first_syncs, first_writes = disk.bytes, disk.syncs, disk.writes
            for _ in range(0, MINUTES, EVERY):
                seat.do("note", text=TEXT)
                seat.advance(EVERY * MINUTE)
        counted = (disk.bytes - header, disk.syncs - first_syncs, disk.writes - first_writes)
        ratio, took = acknowledged(Path(folder), setting)
        return Costs(
            rows=len(exercise.store), held=with_rows - with_world, world=with_world - before, peak=peak,
            objects=objects, commands=len(exercise.commands), digests=len(exercise.world.digests), journal=counted[0],
            header=header, syncs=counted[1], writes=counted[2], acknowledged=ratio, acknowledged_ms=took * 1000,
        )  # fmt: skip


def scenario_raw(times: float) -> dict[str, object]:
    """What stands for the document in the journal's header; its size is no matter of rows."""
    return {"id": "retry-storm", "title": "Everything is slow", "rows": times * 100_000}


def acknowledged(folder: Path, setting: Setting) -> tuple[float, float]:
    """(ratio, seconds) of a command that is taken, journaled, synced and answered, halfway through the storm.

    It takes turns with a bare write and sync of as many bytes, so that a busy disk meets both.
    """
    with Journal.create(folder / "pairs.journal", setting.header()) as journal:
        exercise = Exercise(setting, journal)
        seat = Seat(exercise)
        seat.advance(MINUTES * MINUTE // 2)
        seat.do("note", text=TEXT)
        size = (folder / "pairs.journal").stat().st_size
        seat.do("note", text=TEXT)
        line = b"x" * ((folder / "pairs.journal").stat().st_size - size)
        handle = os.open(folder / "bare", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        ratios, times = [], []
        try:
            for _ in range(PAIRS):
                began = perf_counter()
                os.write(handle, line)
                os.fdatasync(handle)
                bare = perf_counter() - began
                began = perf_counter()
                seat.do("note", text=TEXT)
                taken = perf_counter() - began
                ratios.append(taken / bare)
                times.append(taken)
        finally:
            os.close(handle)
    return median(ratios), median(times)


def in_a_process(times: float) -> Costs:
    """`measured`, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.costs", str(times)], capture_output=True, text=True, check=True
    )
    return Costs(**json.loads(done.stdout))


def report() -> bool:
    """Print the table; whether everything holds that has to."""
    sizes = [in_a_process(times) for times in SIZES]
    large, middle = sizes[-1], sizes[1]
    kib = 1024
    table = [
        ("rows", [f"{each.rows:,}" for each in sizes]),
        ("memory of a seat's rows, MiB", [f"{each.held / kib**2:.1f}" for each in sizes]),
        ("the same, bytes a row", [f"{each.held / each.rows:.0f}" for each in sizes]),
        ("rows as objects with their text, bytes a row", [f"{each.objects / each.rows:.0f}" for each in sizes]),
        ("memory of the world without them, MiB", [f"{each.world / kib**2:.1f}" for each in sizes]),
        ("peak of the process, MiB", [f"{each.peak / kib**2:.0f}" for each in sizes]),
        ("journal of six hours, a command each 5 min, KiB", [f"{each.journal / kib:.1f}" for each in sizes]),
        ("syncs for its commands", [f"{each.syncs} for {each.commands}" for each in sizes]),
        ("an acknowledged command, to a bare write+sync", [f"{each.acknowledged:.2f}x" for each in sizes]),
        ("time of one", [f"{each.acknowledged_ms:.2f} ms" for each in sizes]),
    ]
    print("\nWhat rows and records cost, each size in a process of its own.\n")
    for what, cells in table:
        print(f"{what:<54}" + "".join(f"{cell:>14}" for cell in cells))
    holds = {
        "peak at 1M rows ≤ 200 MiB": large.peak <= 200 * kib**2,
        "the journal does not grow with rows": large.journal <= 1.02 * middle.journal,
        "one sync for each command": all(each.syncs <= each.commands + 1 for each in sizes),
    }
    print()
    for what, held in holds.items():
        print(f"{what:<54}{'holds' if held else 'MISSED':>14}")
    return all(holds.values())


if __name__ == "__main__":
    print(json.dumps(asdict(measured(float(sys.argv[1])))))
