"""What goes into a journal comes out of it; what is no journal is said in one message."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentsim.exercise.folder import claim, exercises, find, home
from incidentsim.exercise.journal import Journal, JournalContents, JournalError, peek, read
from incidentsim.simulation.command import Command
from tests.exercise.doubles.records import HEADER, command, digest

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Gives the path of a journal in a folder of its own, each time."""
    return lambda: tmp_path_factory.mktemp("journal") / "exercise.journal"


def written(path: Path, *records: dict[str, Any]) -> JournalContents:
    with Journal.create(path, HEADER) as journal:
        for record in records:
            journal.append(record)
    return read(path)


def test_a_journal_holds_its_header_and_its_records_in_order(tmp_path: Path) -> None:
    contents = written(tmp_path / "exercise.journal", command(1), digest(1), {"k": "clock", "t": 61_000}, command(2))
    assert contents.header == {"k": "header", "journal": "incidentsim-journal/1", **HEADER}
    assert [each["k"] for each in contents.records] == ["command", "digest", "clock", "command"]
    assert contents.commands() == [
        Command(1000, 1, "responder", "note", "", {}),
        Command(2000, 2, "responder", "note", "", {}),
    ]
    assert contents.digests() == {1: f"{1:064x}"}
    assert contents.last_t == 61_000
    assert (contents.mended, contents.warnings) == (None, ())
    assert contents.valid_bytes == (tmp_path / "exercise.journal").stat().st_size


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(st.text(), JSON, max_size=4), max_size=4))
def test_any_json_in_a_command_comes_back_as_it_was(fresh: Callable[[], Path], several: list[dict[str, Any]]) -> None:
    sent = [{**command(number), "args": args} for number, args in enumerate(several, 1)]
    assert list(written(fresh(), *sent).records) == sent


@pytest.mark.parametrize("text", ["\n\r\x00\x1b[31m", "\u2028\u2029\x85", "half a pair \udce9", "雨" * 1000])
def test_no_text_breaks_a_line(tmp_path: Path, text: str) -> None:
    contents = written(tmp_path / "exercise.journal", command(1, text=text), command(2))
    assert contents.commands()[0].args == {"text": text}
    assert (tmp_path / "exercise.journal").read_bytes().count(b"\n") == 3


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_are_a_journal_or_one_error(fresh: Callable[[], Path], tail: bytes, after_a_header: bool) -> None:
    path = fresh()
    written(path, command(1))
    start = path.read_bytes() if after_a_header else b""
    path.write_bytes(start + tail)
    try:
        first, refusal = read(path).commands()[0].id, ""
    except JournalError as error:
        first, refusal = 0, str(error)
    if not refusal:
        assert first == 1
        return
    assert str(path) in refusal
    assert "\n" not in refusal
    with pytest.raises(JournalError):
        Journal.open(path)
    assert path.read_bytes() == start + tail


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_line_taken_out_of_a_record_is_an_error_or_a_cut(fresh: Callable[[], Path], data: st.DataObject) -> None:
    path = fresh()
    written(path, command(1), command(2), command(3))
    whole = path.read_bytes()
    first = data.draw(st.integers(0, len(whole) - 1))
    last = data.draw(st.integers(first + 1, len(whole)))
    path.write_bytes(whole[:first] + whole[last:])
    try:
        contents = read(path)
    except JournalError:
        return
    left = [each.id for each in contents.commands()]
    assert left == [each for each in (1, 2, 3) if each in left]


def test_a_journal_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "exercise.journal"
    written(path, command(1))
    before = path.read_bytes()
    with pytest.raises(JournalError, match=r"the file exists\. Resume that exercise"):
        Journal.create(path, HEADER)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["exercise.journal"]


def test_a_fork_has_its_prefix_when_it_has_its_name(tmp_path: Path) -> None:
    prefix = [{"k": "fork", "from": "2026-11-23-quiet-1", "at": 1500}, command(1)]
    with Journal.create(tmp_path / "fork.journal", HEADER, prefix) as journal:
        assert list(read(tmp_path / "fork.journal").records) == prefix
        journal.append(command(2))
    assert [each.id for each in read(tmp_path / "fork.journal").commands()] == [1, 2]


def test_two_processes_do_not_append_to_one_journal(tmp_path: Path) -> None:
    path = tmp_path / "exercise.journal"
    with Journal.create(path, HEADER), pytest.raises(JournalError, match="this exercise is open elsewhere"):
        Journal.open(path)
    with Journal.open(path), pytest.raises(JournalError, match="this exercise is open elsewhere"):
        Journal.open(path)
    Journal.open(path).close()


def test_a_journal_in_use_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "exercise.journal"
    with Journal.create(path, HEADER) as journal:
        journal.append(command(1))
        assert [each.id for each in read(path).commands()] == [1]


def test_records_of_unknown_kinds_are_kept_with_a_warning(tmp_path: Path) -> None:
    contents = written(tmp_path / "exercise.journal", {"k": "weather", "rain": True}, command(1))
    assert contents.records[0] == {"k": "weather", "rain": True}
    assert len(contents.warnings) == 1
    assert "record 2" in contents.warnings[0]
    assert "'weather'" in contents.warnings[0]


def test_a_command_of_another_shape_is_named(tmp_path: Path) -> None:
    contents = written(tmp_path / "exercise.journal", command(1), {"k": "command", "t": "soon"})
    with pytest.raises(JournalError, match="record 3: a command has t, id, actor"):
        contents.commands()


def test_a_closed_journal_takes_nothing(tmp_path: Path) -> None:
    journal = Journal.create(tmp_path / "exercise.journal", HEADER)
    journal.close()
    journal.close()
    with pytest.raises(JournalError, match="the journal is closed"):
        journal.append(command(1))


def nested(depth: int) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for _ in range(depth):
        value = {"in": value}
    return value


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ({"text": "x" * (5 * 1024 * 1024)}, "too long"),
        ({"number": float("nan")}, "JSON cannot"),
        ({"number": float("inf")}, "JSON cannot"),
        ({"what": object()}, "JSON cannot"),
        (nested(150), "nested deeper"),
    ],
)
def test_a_record_that_cannot_be_kept_is_refused_and_the_next_is_taken(
    tmp_path: Path, args: dict[str, Any], said: str
) -> None:
    path = tmp_path / "exercise.journal"
    with Journal.create(path, HEADER) as journal:
        with pytest.raises(JournalError, match=said):
            journal.append({**command(1), "args": args})
        journal.append(command(2))
    assert [each.id for each in read(path).commands()] == [2]


def unusable(folder: Path, what: str) -> Path:
    path = folder / "exercise.journal"
    match what:
        case "empty":
            path.touch()
        case "directory":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "loop":
            path.symlink_to(path)
        case "text":
            path.write_text("Dear diary,\n")
        case "binary":
            path.write_bytes(bytes(range(256)) * 50)
        case "nul":
            path.write_bytes(bytes(5000))
        case "cut header":
            written(path)
            path.write_bytes(path.read_bytes()[:200])
        case "bad byte":
            return folder / "a\0b"
        case "long name":
            return folder / ("x" * 5000)
    return path


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("missing", "No such file"),
        ("empty", "the file is empty"),
        ("directory", "this is a directory"),
        ("pipe", "no ordinary file"),
        ("loop", "cannot be read"),
        ("text", "this is no journal"),
        ("binary", "this is no journal"),
        ("nul", "this is no journal"),
        ("cut header", "the header is cut"),
        ("bad byte", "cannot be read"),
        ("long name", "File name too long"),
    ],
)
def test_what_is_no_journal_is_said_in_one_message(tmp_path: Path, what: str, said: str) -> None:
    path = unusable(tmp_path, what)
    for door in (read, Journal.open, peek):
        with pytest.raises(JournalError, match=said) as caught:
            door(path)
        assert caught.value.mend


@pytest.mark.parametrize("where", ["nowhere/exercise.journal", "a\0b", "x" * 5000])
def test_a_journal_that_has_no_place_is_said_in_one_message(tmp_path: Path, where: str) -> None:
    with pytest.raises(JournalError, match="cannot be created"):
        Journal.create(tmp_path / where, HEADER)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("journal", "incidentsim-journal/9", "'incidentsim-journal/9', and this version reads"),
        ("seed", "one", "'seed' is missing or of another kind"),
        ("scenario", None, "'scenario' is missing"),
        ("marker", "PRODUCTION", "lacks the marker 'EXERCISE'"),
    ],
)
def test_a_header_that_is_not_usable_is_refused(tmp_path: Path, field: str, value: Any, said: str) -> None:
    with pytest.raises(JournalError, match=said):
        Journal.create(tmp_path / "exercise.journal", {**HEADER, field: value})
    assert list(tmp_path.iterdir()) == []


NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_exercises_get_ids_of_their_own(tmp_path: Path) -> None:
    first, path = claim(NOON, "inc-2024-0312", tmp_path)
    second, _ = claim(NOON, "inc-2024-0312", tmp_path)
    assert (first, second) == ("2026-11-23-inc-2024-0312-1", "2026-11-23-inc-2024-0312-2")
    assert path == tmp_path / first / "exercise.journal"


def test_the_day_in_an_id_is_utc(tmp_path: Path) -> None:
    late = datetime(2026, 11, 23, 22, 0, tzinfo=timezone(timedelta(hours=-5)))
    assert claim(late, "Tick & Tock ../", tmp_path)[0] == "2026-11-24-tick-tock-1"


def test_the_list_shows_each_exercise_and_how_far_it_got(tmp_path: Path) -> None:
    for records in ([command(90)], []):
        _, path = claim(NOON, "quiet", tmp_path)
        written(path, *records)
    _, broken = claim(NOON, "quiet", tmp_path)
    broken.write_text("nothing\n")
    claim(NOON, "quiet", tmp_path)
    entries = exercises(tmp_path)
    assert [(each.id[-1], each.title, each.last_t) for each in entries] == [
        ("1", "A quiet day", 90_000),
        ("2", "A quiet day", 0),
        ("3", "", 0),
    ]
    assert "this is no journal" in entries[2].problem
    assert exercises(tmp_path / "nowhere") == []


def test_an_exercise_is_found_by_id_by_folder_and_by_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INCIDENTSIM_HOME", str(tmp_path))
    exercise_id, path = claim(NOON, "quiet")
    written(path)
    assert home() == tmp_path / "exercises"
    assert find(exercise_id) == find(path.parent) == find(str(path)) == path


@pytest.mark.skipif(sys.platform != "linux", reason="the place differs between systems")
def test_without_a_wish_exercises_live_where_the_system_keeps_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("INCIDENTSIM_HOME", raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert home() == tmp_path / "incidentsim" / "exercises"


def test_an_id_that_is_nearly_right_is_suggested(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="There are none yet"):
        find("2026", tmp_path)
    exercise_id, path = claim(NOON, "quiet", tmp_path)
    written(path)
    with pytest.raises(JournalError, match=f"Did you mean {exercise_id}"):
        find("2026-11-23-quit-1", tmp_path)
    with pytest.raises(JournalError, match=f"The last one is {exercise_id}"):
        find("zzz", tmp_path)
    for odd in ("", "..", "a\0b", "x" * 5000, "~nobody-here/x"):
        with pytest.raises(JournalError):
            find(odd, tmp_path)


def test_a_folder_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(JournalError, match="folder of exercises cannot be used"):
        claim(NOON, "quiet", tmp_path / "file" / "exercises")
