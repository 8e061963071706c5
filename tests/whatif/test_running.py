"""Whatever runs it, and in whatever order: the same digests and the same results."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pexpect
import psutil
import pytest
from distributed import LocalCluster

from incidentsim.text.problem import Problem
from incidentsim.whatif.result import Result, carry_out
from incidentsim.whatif.running import DASK, LOKY, finished
from incidentsim.whatif.study import Study, controls_study, policies_study
from incidentsim.whatif.work import Document
from tests.terminal import usual_signals
from tests.whatif.small import setting, written

PATIENCE = 60


def study() -> Study:
    return controls_study(setting(), ["nothing", "half-gate", "watch", "noisy"], "slow", range(1, 6))


@pytest.fixture(scope="module")
def serial() -> Result:
    return carry_out(study())


@pytest.mark.parametrize(("backend", "jobs"), [(LOKY, 1), (LOKY, 2), (DASK, 2)])
def test_every_backend_gives_the_same(serial: Result, backend: str, jobs: int) -> None:
    found = carry_out(study(), backend, jobs)
    assert [each.result.digest for each in found.runs] == [each.result.digest for each in serial.runs]
    assert found.digest == serial.digest
    assert found.to_json() == serial.to_json()


def test_every_run_has_a_digest_of_its_own_world(serial: Result) -> None:
    fixed = [each for each in serial.runs if each.responder == "fixed" and each.world != "quiet"]
    assert len({each.result.digest for each in fixed}) == len(fixed)


def test_the_order_of_seeds_and_of_tasks_does_not_matter(serial: Result) -> None:
    backwards = controls_study(setting(), ["nothing", "half-gate", "watch", "noisy"], "slow", [5, 3, 4, 2, 1, 3])
    assert carry_out(backwards).to_json() == serial.to_json()
    tasks = study().tasks
    there = dict(finished(Document.of(setting()), tasks))
    back = dict(finished(Document.of(setting()), tasks[::-1]))
    assert [there[index] for index in range(len(tasks))] == [
        back[len(tasks) - 1 - index] for index in range(len(tasks))
    ]


def test_a_seed_gives_the_same_among_others_and_alone(serial: Result) -> None:
    alone = carry_out(controls_study(setting(), ["watch"], "slow", [4]))
    among = [each for each in serial.runs if each.seed == 4 and each.arm in {"none", "watch"}]
    assert list(alone.runs) == among


def test_progress_counts_every_task() -> None:
    seen: list[tuple[int, int]] = []
    carry_out(policies_study(setting(), ["prompt", "slow"], range(1, 4)), progress=lambda *each: seen.append(each))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_ending_early_keeps_the_seeds_that_are_whole() -> None:
    whole = policies_study(setting(), ["prompt", "slow"], range(1, 6))
    count = 0

    def stop_at_the_third(done: int, _: int) -> None:
        nonlocal count
        count = done
        if done == 3:
            raise KeyboardInterrupt

    found = carry_out(whole, progress=stop_at_the_third)
    assert (found.interrupted, found.seeds) == (True, (1, 2, 3))
    assert found.runs == carry_out(policies_study(setting(), ["prompt", "slow"], range(1, 4))).runs


def test_a_worker_that_is_killed_is_a_message() -> None:
    killed: list[int] = []

    def kill_one(done: int, _: int) -> None:
        for worker in psutil.Process().children(recursive=True)[: 0 if killed else None]:
            if "loky" in " ".join(worker.cmdline()) and "resource_tracker" not in " ".join(worker.cmdline()):
                killed.append(worker.pid)
                worker.kill()

    with pytest.raises(Problem) as error:
        carry_out(policies_study(setting(), ["prompt", "slow"], range(1, 400)), LOKY, 2, progress=kill_one)
    assert killed
    assert "a worker process was ended" in error.value.message


def test_a_scheduler_that_runs_already_is_used_and_left_running() -> None:
    small = policies_study(setting(), ["prompt", "slow"], range(1, 9))
    with LocalCluster(n_workers=1, threads_per_worker=1, host="127.0.0.1", dashboard_address=None) as cluster:
        address = cluster.scheduler_address
        assert carry_out(small, DASK, 1, address).to_json() == carry_out(small).to_json()
        assert carry_out(small, DASK, 1, address).digest == carry_out(small).digest


def test_a_scheduler_without_workers_is_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("incidentsim.whatif.running.PATIENCE", "1s")
    with LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address=None) as cluster:
        with pytest.raises(Problem) as error:
            carry_out(policies_study(setting(), ["prompt", "slow"], [1]), DASK, 1, cluster.scheduler_address)
        assert "has no worker" in error.value.message


def test_a_scheduler_that_does_not_answer_is_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("incidentsim.whatif.running.PATIENCE", "1s")
    for address in ("tcp://127.0.0.1:9", "nowhere at all"):
        with pytest.raises(Problem) as error:
            carry_out(policies_study(setting(), ["prompt", "slow"], [1]), DASK, 1, address)
        assert "no Dask scheduler answers" in error.value.message
        assert error.value.place == address


@pytest.mark.parametrize("backend", [LOKY, DASK])
def test_ctrl_c_prints_what_is_finished_and_leaves_no_worker(tmp_path: Path, backend: str) -> None:
    command = ["-m", "incidentsim.cli", "whatif", "policies", written(tmp_path), "prompt", "slow", "--seeds", "9999",
               "--backend", backend, "--jobs", "2"]  # fmt: skip
    child = pexpect.spawn(sys.executable, command, timeout=PATIENCE, dimensions=(60, 100), encoding="utf-8",
                          preexec_fn=usual_signals)  # fmt: skip
    child.expect(r"\d\d of 9999 pieces")
    workers = psutil.Process(child.pid).children(recursive=True)
    assert workers
    child.sendintr()
    child.expect(pexpect.EOF)
    shown = child.before
    child.close()
    assert child.exitstatus == 130, shown
    assert "Traceback" not in shown
    counted = re.search(r"(\d+) of 9999 seeds finished", shown)
    assert counted is not None, shown
    assert f"Stopped: {counted[1]} of 9999 seeds are finished" in shown
    assert int(counted[1]) >= 1
    assert "Coverage" in shown
    _, alive = psutil.wait_procs(workers, timeout=PATIENCE)
    assert not alive
