"""``python -m benchmarks``: print the speed ratios, each with what it has to be.

Pieces of work are run in turn, so that a busy moment of the machine meets all of them, and a ratio is taken within a
turn; the median over the turns is printed. Exit status 1 where a ratio is missed.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter

from benchmarks import costs, repeated, room
from benchmarks.measures import all_events, encoded_replay, fork, kept_replay, moments, replay, rewind, stored, walk
from benchmarks.world import check_balance, ran, retry_storm

TURNS = 15
MOMENTS = 40


def timed(work: Callable[[], object]) -> float:
    """Seconds that a piece of work takes, with the garbage collector off."""
    gc.collect()
    gc.disable()
    try:
        began = perf_counter()
        work()
        return perf_counter() - began
    finally:
        gc.enable()


def main() -> int:
    """Measure, print one table, and say whether all ratios hold."""
    storm, large = retry_storm(), retry_storm(10)
    check_balance(ran(storm))
    events = all_events(storm)
    assert len({encoded_replay(storm) for _ in range(2)}) == 1, "two runs of one seed differ"
    world, store = stored(storm)
    large_world, large_store = stored(large)
    back = moments(storm, MOMENTS)

    turns = [
        {
            "walk": timed(lambda: walk(events)),
            "replay": timed(lambda: replay(storm)),
            "encoded": timed(lambda: encoded_replay(storm)),
            "kept": timed(lambda: kept_replay(storm)),
            "causal": timed(lambda: ran(storm)),
            "fork": timed(lambda: fork(storm, storm.duration // 2)),
            "rewind": max(timed(lambda t=t: rewind(world, store, t)) for t in back),  # type: ignore[misc]
            "rewind-large": max(timed(lambda t=t: rewind(large_world, large_store, t)) for t in back),  # type: ignore[misc]
        }
        for _ in range(TURNS)
    ]

    def ratio(piece: str, base: str) -> float:
        return median(turn[piece] / turn[base] for turn in turns)

    speed, encoding = 1 / ratio("replay", "walk"), ratio("encoded", "walk")
    back_share, growth = ratio("rewind", "replay"), ratio("rewind-large", "rewind")
    ms = {piece: f"{median(turn[piece] for turn in turns) * 1000:.1f} ms" for piece in turns[0]}
    table = [
        ("replay with text: rate, of a bare SimPy walk", f"{speed:.0%}", "≥ 65%", speed >= 0.65, ms["replay"]),
        ("replay + encoding + digest, to the walk", f"{encoding:.2f}x", "≤ 2.7x", encoding <= 2.7, ms["encoded"]),
        (f"rewind, slowest of {MOMENTS}, of a replay", f"{back_share:.1%}", "≤ 15%", back_share <= 0.15, ms["rewind"]),
        (f"the same at {len(large_store):,} rows", f"{growth:.2f}x", "≤ 1.5x", growth <= 1.5, ms["rewind-large"]),
        ("fork at half time, of a replay", f"{ratio('fork', 'replay'):.1%}", "", None, ms["fork"]),
        ("the world without its rows, of a replay", f"{ratio('causal', 'replay'):.1%}", "", None, ms["causal"]),
        ("replay with every row kept as an object, to the walk", f"{ratio('kept', 'walk'):.2f}x", "", None, ms["kept"]),
        ("a bare SimPy walk over the same events", "1", "", None, ms["walk"]),
    ]
    print(f"A retry storm of 6 h: {len(events):,} events, {len(store):,} of them rows; every step balances exactly.")
    print(f"Python {sys.version.split()[0]}; medians of {TURNS} turns; absolute times gate nothing.\n")
    print(f"{'':<54}{'ratio':>8}  {'promise':<9}{'':<8}{'time':>10}")
    for what, measured, promise, holds, time in table:
        verdict = "" if holds is None else "holds" if holds else "MISSED"
        print(f"{what:<54}{measured:>8}  {promise:<9}{verdict:<8}{time:>10}")
    affordable = costs.report()
    repeatable = repeated.report()
    lively = room.report()
    return 0 if affordable and repeatable and lively and all(row[3] is not False for row in table) else 1


if __name__ == "__main__":
    sys.exit(main())
