"""Repeated runs: what a run costs in worker processes, of what it costs in this one, and in what batches runs go out.

Two policies of the flagship are compared (``python -m benchmarks.repeated``). CPU time is counted, not time that
passes. A worker's start is paid once, so the price of a run is that of many runs less that of few.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from time import process_time
from typing import Any

import joblib

from incidentsim.exercise.exercise import Setting
from incidentsim.exercise.settings import setting_for
from incidentsim.whatif.plan import Arm, Plan
from incidentsim.whatif.running import LOKY, SERIAL, finished
from incidentsim.whatif.work import FIXED, INCIDENT, Document, Task

FEW, MANY = 2, 14
"""Tasks; each is two runs."""
WORKERS, TURNS = 2, 3
MOST, LEAST = 1.15, 0.15
ARMS = tuple(Arm(name, name, Plan(name)) for name in ("reference", "typical"))


def report() -> bool:
    """Measure, print the table, and say whether the promises hold."""
    setting = setting_for("inc-2024-0312")
    _cpu(setting, SERIAL, 1)
    sizes: list[int] = []
    turns = []
    for _ in range(TURNS):
        serial, few = _cpu(setting, SERIAL, MANY) / MANY, _cpu(setting, LOKY, FEW)
        with _batches(sizes):
            many = _cpu(setting, LOKY, MANY)
        task = (many - few) / (MANY - FEW)
        turns.append((serial, task, few - FEW * task))
    ratio = median(task / serial for serial, task, _ in turns)
    serial, task, start = (median(column) for column in zip(*turns, strict=True))
    batch = median(sizes) * serial
    table = [
        (f"a run on {WORKERS} loky workers: CPU, to a serial run", f"{ratio:.2f}x", f"≤ {MOST}x", ratio <= MOST,
         f"{task / len(ARMS) * 1000:.0f} ms"),
        (f"a batch: {median(sizes) * len(ARMS):g} runs, in CPU", f"{batch:.2f} s", f"≥ {LEAST} s", batch >= LEAST, ""),
        ("the start of the workers, in runs", f"{start / serial * len(ARMS):.1f}", "", None, f"{start * 1000:.0f} ms"),
        ("a serial run: six hours, played by a policy", "1", "", None, f"{serial / len(ARMS) * 1000:.0f} ms"),
    ]  # fmt: skip
    print(f"\nRepeated runs of the flagship; CPU time, medians of {TURNS} turns.\n")
    for what, measured, promise, holds, time in table:
        verdict = "" if holds is None else "holds" if holds else "MISSED"
        print(f"{what:<54}{measured:>8}  {promise:<9}{verdict:<8}{time:>10}")
    return ratio <= MOST and batch >= LEAST


def _cpu(setting: Setting, backend: str, count: int) -> float:
    """CPU seconds that so many tasks take, here and in workers, which have ended by then."""
    tasks = [Task(seed, INCIDENT, None, ARMS, (FIXED,)) for seed in range(1, count + 1)]
    began = _spent()
    assert len(list(finished(Document.of(setting), tasks, backend, WORKERS))) == count
    return _spent() - began


def _spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return process_time() + children.ru_utime + children.ru_stime


@contextmanager
def _batches(sizes: list[int]) -> Iterator[None]:
    """Note how many tasks go out together."""

    class Counting(joblib.Parallel):  # type: ignore[misc]
        def _dispatch(self, batch: Any) -> None:
            sizes.append(len(batch))
            super()._dispatch(batch)

    original: Callable[..., Any] = joblib.Parallel
    joblib.Parallel = Counting
    try:
        yield
    finally:
        joblib.Parallel = original


if __name__ == "__main__":
    sys.exit(0 if report() else 1)
