"""``incidentsim play``: a scenario for programs, as lines of JSON."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from incidentsim.case.document import Case
    from incidentsim.exercise.exercise import Exercise, Setting


@click.command(help="Play a scenario as a program: one JSON request a line in, one JSON answer a line out.")
@click.argument("scenario")
@click.option("--stdio", is_flag=True, help="Requests on standard input, answers on standard output.")
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), default=1, show_default=True)
@click.option("--variant", default=None, help="One of the scenario's variants, or any: drawn by the seed.")
@click.option("--format", "format_id", default=None, help="One of the scenario's formats, such as 45.")
@click.option("--mode", default="learn", show_default=True, help="learn or assessed.")
@click.option("--out", type=click.Path(path_type=Path), default=None,
              help="A new folder for the journal and, when play is over, the packet.")  # fmt: skip
def play(
    scenario: str, stdio: bool, seed: int, variant: str | None, format_id: str | None, mode: str, out: Path | None
) -> None:
    """Answer until the input ends. Only answers go to standard output."""
    if not stdio:
        raise click.UsageError("Say --stdio; to play in the terminal: incidentsim drill.")
    from incidentsim.exercise.settings import setting_for

    setting = setting_for(scenario, seed=seed, variant=variant, format_id=format_id, mode=mode)
    if out is None:
        from incidentsim.exercise.exercise import Exercise

        _answer(Exercise(setting))
        return
    journaled(setting, out)


def journaled(setting: Setting, out: Path) -> None:
    """Play with a journal in the folder *out*; when play is over, its packet is written there too.

    Raises `Problem` where the folder holds something already or cannot be made.
    """
    from incidentsim.exercise import runs
    from incidentsim.exercise.folder import JOURNAL

    _new_folder(out)
    path = out / JOURNAL
    exercise, journal = runs.start(setting, path)
    with journal:
        try:
            _answer(exercise)
        finally:
            # The present moment is kept, also where the last command was long ago or an answer found no reader.
            journal.append({"k": "clock", "t": exercise.now, "paused": True})
    _tell(f"EXERCISE: the journal is {path}")
    if not exercise.over:
        clock = exercise.world.clock_text(exercise.now)
        _tell(f"Play stopped at {clock} UTC. Go on with: incidentsim exercise resume {path}")
        return
    from incidentsim.assessment.scorecard import assess
    from incidentsim.packet.writer import write

    record, case = exercise.record(), _case(setting)
    written = write(record, case, out, assess(record, case), journal=path)
    _tell(f"{out}: {len(written.paths)} files written; nothing was written of causes yet, so case.yaml is empty.")


def _answer(exercise: Exercise) -> None:
    from incidentsim.exercise.pipe import serve
    from incidentsim.exercise.seat import Seat

    def score() -> int:
        from incidentsim.assessment.scorecard import assess

        return assess(exercise.record(), _case(exercise.setting)).score

    # A byte that is no UTF-8 is an error in one line, not the end of the exercise.
    serve(Seat(exercise), _lines(sys.stdin, errors="surrogateescape"), _lines(sys.stdout), score)


def _lines(stream: IO[str], **how: Any) -> IO[str]:
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", newline="\n", **how)
    return stream


def _case(setting: Setting) -> Case:
    from incidentsim.case.file import fresh

    return fresh(setting.scenario, setting.exercise_id)


def _new_folder(out: Path) -> None:
    from incidentsim.text.problem import Problem

    mend = "Name a new folder."
    try:
        out.mkdir(parents=True, exist_ok=True)
        if any(out.iterdir()):
            raise Problem("there is something in this folder already", place=str(out), mend=mend)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Problem(f"the folder cannot be made ({reason})", place=str(out), mend=mend) from error


def _tell(text: str) -> None:
    from incidentsim.text.escaping import for_terminal

    click.echo(for_terminal(text), err=True)
