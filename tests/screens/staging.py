"""The real application on the flagship, at moments that are always the same: seeded, with a clock that stands."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Literal

from textual.filter import Monochrome
from textual.pilot import Pilot
from textual.widgets import Input, TextArea
from textual.worker import WorkerCancelled

from incidentsim.authoring.skeleton import written
from incidentsim.case.file import save
from incidentsim.case.policy_writes import written_case
from incidentsim.exercise import runs
from incidentsim.exercise.clock import Clock
from incidentsim.exercise.folder import claim
from incidentsim.exercise.policies import play
from incidentsim.exercise.seat import Seat
from incidentsim.exercise.settings import setting_for
from incidentsim.tui.app import IncidentApp
from incidentsim.tui.local import LocalLibrary
from incidentsim.tui.local_session import LocalSession
from incidentsim.tui.session import Data
from incidentsim.tui.settings import Settings
from incidentsim.tui.theme import THEMES

FLAGSHIP = "inc-2024-0312"
DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
MINUTE = 60_000
NO_COLOUR = "no colour"
SIZES = ((80, 24), (120, 36), (200, 60), (300, 80))
THEME_NAMES = (*(theme.name for theme in THEMES), NO_COLOUR)

Moment = Literal["nothing", "play", "after", "early", "sample"]
Opening = Literal["library", "briefing", "tour", "taken up", "session"]


class StandingSession(LocalSession):
    """What it models is the same each time, so it is done once."""

    kept: ClassVar[list[Data]] = []

    def modelled(self, progress: Callable[[int, int], bool]) -> Data:
        if not self.kept:
            self.kept.append(super().modelled(lambda *_: True))
        return self.kept[0]


class StandingLibrary(LocalLibrary):
    """A library whose exercises stand still."""

    waits = False

    def resume(self, path: Path) -> LocalSession:
        exercise, journal = runs.resume(path)
        scenario = exercise.scenario
        clock = Clock.fitted(lambda: 0, scenario.duration, scenario.formats[0].wall, start=exercise.now)
        return StandingSession(exercise, journal, clock, waiting=self.waits)


def _at(seat: Seat, minute: int) -> None:
    """Let time pass up to *minute*; what arrived is opened."""
    seat.advance(minute * MINUTE - seat.now)
    for item in seat.inbox():
        if not item["opened"]:
            seat.do("open", item["id"])


def _play(seat: Seat) -> None:
    """An hour and three quarters of the flagship, with something in every pane."""
    _at(seat, 31)
    seat.do("hypothesis", text="The spring campaign ended and took demand with it", confidence=30)
    seat.do("hypothesis", text="The rebalance at 08:21 lost records", confidence=15)
    seat.do("ask", "bi-analyst", topic="difference")
    seat.do("query", datasets=["ingest.accepted", "warehouse.served"], by=["app_version"])
    _at(seat, 43)
    table = next(item["id"] for item in reversed(seat.inbox()) if item["channel"] == "query")
    seat.do("keep", table, title="Served of accepted, by app version")
    seat.do("pin", seat.evidence()[-1]["id"], note="8.4 is accepted and not served")
    seat.do("declare", "SEV2", text="Events of app 8.4 are accepted and not served.")
    seat.do("hypothesis", text="Events of app 8.4 have a shape that the stream skips", confidence=80)
    seat.do("announce", "internal", text="Events of app 8.4 are accepted and not served.", impact="", next_update=30)
    seat.do("assign", "ops", who="platform on-call")
    seat.do("decide", text="Have the ingest API patched", tier="costly", why="It stops the loss first", dissent="",
            evidence=[], state="made")  # fmt: skip
    seat.do("task", text="Compare the hours before with what was served", owner="data expert", due=120 * MINUTE,
            state="open")  # fmt: skip
    seat.do("mark", at=6 * MINUTE, text="two rollouts")
    seat.do("note", text="Asked the analyst which board to trust.")
    seat.do("act", "diff:schema-registry")
    _at(seat, 60)
    seat.do("act", "patch:ingest-api")
    row = seat.log().line(40)
    seat.do("pin", row["address"])
    _at(seat, 100)
    seat.advance(5 * MINUTE)
    seat.do("act", "inspect:event-broker", aspect="limits")


def _begin(seat: Seat) -> None:
    """Three quarters of an hour in which nothing of what is wrong has come out: for pictures that spoil nothing."""
    _at(seat, 14)
    seat.do("hypothesis", text="The spring campaign ended and took demand with it", confidence=30)
    seat.do("ask", "bi-analyst", topic="difference")
    _at(seat, 24)
    seat.do("hypothesis", text="The two boards read different sources", confidence=50)
    seat.do("query", datasets=["ingest.accepted"], by=["time"], bucket=10 * MINUTE)
    seat.do("declare", "SEV3", text="Two boards disagree; nobody knows yet which is right.")
    seat.do("announce", "internal", text="We compare the sources of the two boards.", impact="", next_update=30)
    seat.do("assign", "ops", who="platform on-call")
    seat.do("task", text="List what each board reads", owner="data expert", due=60 * MINUTE, state="open")
    _at(seat, 40)
    seat.do("note", text="Asked the analyst which board to trust.")
    row = seat.log().line(40)
    seat.do("pin", row["address"])
    seat.advance(3 * MINUTE)
    seat.do("act", "inspect:event-broker", aspect="limits")
    seat.advance(MINUTE)


def _write(session: LocalSession) -> None:
    """A case that is half written."""
    case = session.case
    known = [item["id"] for item in session.seat.evidence()]
    case.put_effect("Of the events that were accepted some were not served")
    below = ""
    for text in (
        "the stream skips a shape that it does not know",
        "nothing compares what is accepted with what is served",
    ):
        below = case.put_why(
            {"text": text, "branch": "occurred", "parent": below, "cites": known[:2], "ruled_out": False}
        )
    case.put_action({
        "text": "Compare accepted with served, by version, every hour", "addresses": [below], "hierarchy": "eliminate",
        "type": "prevent", "priority": "P0", "owner": "data", "done_when": "an alert fires in a test", "slo": "", "due": "",
        "control": "coverage-alert",
    })  # fmt: skip


@cache
def _home(moment: Moment) -> Path:
    """A folder with an exercise at *moment*, made once."""
    home = Path(tempfile.mkdtemp(prefix="incidentsim-screens-"))
    if moment == "nothing":
        return home
    if moment == "sample":
        _sample(home)
        return home
    name, path = claim(DAY, FLAGSHIP, home / "exercises")
    setting = setting_for(FLAGSHIP, seed=1, format_id="45", mode="learn", exercise_id=name)
    exercise, journal = runs.start(setting, path)
    seat = Seat(exercise)
    (_begin if moment == "early" else _play)(seat)
    if moment == "after":
        seat.do("end")
        session = LocalSession(exercise, journal, Clock.fitted(lambda: 0, 1, 1), waiting=True)
        _write(session)
    journal.close()
    return home


def _sample(home: Path) -> None:
    """The scenario that `scenario new` writes, played to its end and written up: its pictures spoil nobody's drill."""
    document, *_ = written(home / "missing-pictures")
    name, path = claim(DAY, "missing-pictures", home / "exercises")
    exercise, journal = runs.start(setting_for(str(document), exercise_id=name), path)
    seat = Seat(exercise)
    policy = next(each for each in exercise.scenario.policies if each.id == "reference")
    case = written_case(play(policy, seat), seat, exercise.record())
    if not exercise.over:
        seat.do("end")
    journal.close()
    save(case.model_copy(update={"journal": name}), path.parent / "case.yaml")


@contextlib.contextmanager
def at_home(moment: Moment) -> Iterator[Path | None]:
    """A fresh folder to stand in, as this person's; gives the journal of its exercise."""
    before, variable = Path.cwd(), os.environ.get("INCIDENTSIM_HOME")
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(_home(moment), Path(folder) / "home")
        os.chdir(folder)
        os.environ["INCIDENTSIM_HOME"] = "home"
        try:
            yield next(iter(sorted(Path("home/exercises").glob("*/exercise.journal"))), None)
        finally:
            os.chdir(before)
            if variable is None:
                del os.environ["INCIDENTSIM_HOME"]
            else:
                os.environ["INCIDENTSIM_HOME"] = variable


@contextlib.asynccontextmanager
async def opened(
    moment: Moment, opening: Opening, size: tuple[int, int] = (120, 36), theme: str = THEME_NAMES[0]
) -> AsyncIterator[Pilot[Any]]:
    """The application at *moment*, at its first screen."""
    with at_home(moment) as journal:
        library = StandingLibrary()
        library.waits = opening in ("tour", "taken up")
        session = library.resume(journal) if journal is not None and opening != "library" else None
        settings = Settings(tour="offer" if opening == "tour" else "never", theme=theme)
        scenario = FLAGSHIP if opening == "briefing" else None
        app = IncidentApp(library, scenario, Path("packet"), session, settings)
        async with app.run_test(size=size, notifications=True) as pilot:
            await settled(pilot)
            yield pilot
        if app.session is not None:
            app.session.close()


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until nothing more is under way; questions that wait for an answer are not waited for."""
    await pilot.pause()
    busy = [each for each in pilot.app.workers if each.group != "flow" and each.is_running]
    if busy:
        # One that is replaced by the next is done too.
        with contextlib.suppress(WorkerCancelled):
            await pilot.app.workers.wait_for_complete(busy)
    await pilot.pause()


async def dress(pilot: Pilot[Any], size: tuple[int, int], theme: str) -> None:
    """Show the screen in this size and theme, without notices and with cursors that do not blink."""
    app = pilot.app
    app.clear_notifications()
    plain = any(isinstance(each, Monochrome) for each in app._filters)
    if plain != (theme == NO_COLOUR):
        app._filters[:] = [each for each in app._filters if not isinstance(each, Monochrome)]
        if theme == NO_COLOUR:
            app._filters.append(Monochrome())
        app.theme = THEME_NAMES[1]
        app.refresh_css(animate=False)
    app.theme = THEME_NAMES[0] if theme == NO_COLOUR else theme
    if tuple(app.size) != size:
        await pilot.resize_terminal(*size)
    for screen in app.screen_stack:  # what is below a dialog is seen too
        for field in screen.query("Input, TextArea"):
            if isinstance(field, (Input, TextArea)):
                field.cursor_blink = False
    await settled(pilot)
