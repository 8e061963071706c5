"""Where tasks run: in this process, in worker processes (joblib with loky), or on a Dask cluster (through joblib)."""

from __future__ import annotations

import importlib
import logging
import os
import signal
import sys
import threading
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from incidentsim.simulation.engine_version import ENGINE_VERSION
from incidentsim.text.problem import Problem
from incidentsim.whatif.work import carried_out

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from incidentsim.whatif.work import Document, Run, Task

SERIAL, LOKY, DASK = "serial", "loky", "dask"
BACKENDS = (SERIAL, LOKY, DASK)
PATIENCE = "10s"
"""How long a scheduler may take to answer."""

SILENT = logging.CRITICAL
"""Workers that are stopped on purpose have nothing to report."""

Numbered = tuple[int, "list[Run]"]


def finished(
    document: Document, tasks: Sequence[Task], backend: str = SERIAL, jobs: int = 1, scheduler: str | None = None
) -> Generator[Numbered, None, None]:
    """(index, runs) of each task as soon as it is done, in any order. Closing the generator stops the workers.

    *jobs*: worker processes; *scheduler*: the address of a Dask scheduler, None for one on this machine with *jobs*
    workers. joblib bundles tasks into batches of at least 0.2 s. Raises `Problem` where Dask is not installed, the
    scheduler cannot be reached, or its workers have another engine.
    """
    numbered = enumerate(tasks)
    if backend == DASK:
        return _on_dask(document, tasks, jobs, scheduler)
    if backend == LOKY and jobs > 1 and len(tasks) > 1:
        return _on_loky(document, tasks, jobs)
    return ((index, carried_out(document, task)) for index, task in numbered)


def _carried_out(document: Document, index: int, task: Task) -> Numbered:
    return index, carried_out(document, task)


def _on_loky(document: Document, tasks: Sequence[Task], jobs: int) -> Generator[Numbered, None, None]:
    from joblib.externals.loky import get_reusable_executor

    done = False
    try:
        yield from _through_joblib(document, tasks, n_jobs=jobs, backend="loky")
        done = True
    finally:
        get_reusable_executor().shutdown(wait=True, kill_workers=not done)


def _on_dask(
    document: Document, tasks: Sequence[Task], jobs: int, scheduler: str | None
) -> Generator[Numbered, None, None]:
    with _cluster(jobs, scheduler) as client:
        from joblib import parallel_config

        with parallel_config(backend="dask", client=client, scatter=[document]):
            yield from _through_joblib(document, tasks, n_jobs=-1)


def _through_joblib(document: Document, tasks: Sequence[Task], **how: Any) -> Generator[Numbered, None, None]:
    import warnings

    from joblib import Parallel, delayed

    run = Parallel(return_as="generator_unordered", batch_size="auto", **how)
    with _workers_deaf(), _errors_can_be_inherited():
        results = run(delayed(_carried_out)(document, index, task) for index, task in enumerate(tasks))
    try:
        with _errors_can_be_inherited():
            # Not ``yield from``, which would close the results before the warning about that is silenced.
            for each in results:  # noqa: UP028
                yield each
    except BrokenExecutor as error:
        mend = "Take fewer with --jobs, or --backend serial."
        raise Problem("a worker process was ended from outside", mend=mend) from error
    finally:
        with warnings.catch_warnings():
            # That results are left uncollected is what an interrupt means.
            warnings.simplefilter("ignore")
            results.close()


@contextmanager
def _cluster(jobs: int, scheduler: str | None) -> Iterator[Any]:
    """A client of the named scheduler, or of one of its own on loopback."""
    dask = _dask()
    if scheduler is not None:
        with _connected(dask, scheduler) as client:
            yield client
        return
    with _workers_deaf():
        cluster = dask.LocalCluster(
            n_workers=jobs, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, silence_logs=SILENT
        )
    with cluster, dask.Client(cluster, set_as_default=False) as client:
        yield client


def _dask() -> Any:
    try:
        return importlib.import_module("distributed")
    except ImportError as error:
        raise Problem("Dask is not installed", mend="Install it with: pip install 'incidentsim[scale]'") from error


def _connected(dask: Any, scheduler: str) -> Any:
    mend = "Start one with: dask scheduler, and: dask worker ADDRESS; or leave --scheduler out."
    try:
        client = dask.Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise Problem("no Dask scheduler answers there", place=scheduler, mend=mend) from error
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
        engines = client.run(engine)
    except TimeoutError as error:
        client.close()
        raise Problem("this Dask scheduler has no worker", place=scheduler, mend=mend) from error
    except Exception as error:
        client.close()
        raise Problem(f"its workers cannot use incidentsim ({error})", place=scheduler, mend=mend) from error
    others = sorted({each for each in engines.values() if each != ENGINE_VERSION})
    if others:
        client.close()
        raise Problem(
            f"its workers have engine {', '.join(map(str, others))}, and this is engine {ENGINE_VERSION}",
            place=scheduler, mend="Install the same incidentsim there.",
        )  # fmt: skip
    return client


def engine() -> int:
    """The engine of the process that is asked."""
    return ENGINE_VERSION


@contextmanager
def _workers_deaf() -> Iterator[None]:
    """Processes started meanwhile ignore Ctrl-C: they are stopped by this one, which keeps what is finished."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _errors_can_be_inherited() -> Iterator[None]:
    """Processes started meanwhile are given standard error, which has to be a file for that.

    An application that holds the whole terminal has put something else in its place; what they say is not shown then.
    """
    before = sys.stderr
    if _is_file(before):
        yield
        return
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        sys.stderr = nowhere
        try:
            yield
        finally:
            if sys.stderr is nowhere:
                sys.stderr = before


def _is_file(stream: Any) -> bool:
    try:
        return stream is not None and int(stream.fileno()) >= 0
    except (OSError, ValueError, AttributeError):
        return False
