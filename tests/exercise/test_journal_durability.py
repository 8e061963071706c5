"""What was acknowledged is never lost, and what is cut or damaged is said."""

from __future__ import annotations

import os
import random  # noqa: TID251 - for the moments of the kills
import select
import signal
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from incidentsim.exercise.journal import Journal, JournalError, Record, read
from tests.exercise.doubles.disk import ErringDisk, FallibleDisk, FullDisk, NamelessDisk, PowerCut
from tests.exercise.doubles.records import HEADER, command, digest

HERE = Path(__file__).parent


def ids(path: Path) -> list[int]:
    """The ids of the commands in a journal; none where it cannot be read."""
    try:
        return [each.id for each in read(path).commands()]
    except JournalError:
        return []


def losses(folder: Path, kind: type[Journal] = Journal, disk_kind: type[FallibleDisk] = FallibleDisk) -> list[str]:
    """What was acknowledged and then lost, over a power cut at every operation of two sittings.

    After each cut the disk holds none, a half or all of what was not synced.
    """
    lost = []
    for halves in (0, 1, 2):
        for point in count():
            path = folder / f"{halves}-{point}.journal"
            disk, acknowledged, whole = disk_kind(point), [], False
            try:
                with kind.create(path, HEADER, disk=disk) as journal:
                    acknowledged.append(0)
                    for number in range(1, 4):
                        journal.append_unsynced(digest(number))
                        journal.append(command(number))
                        acknowledged.append(number)
                with kind.open(path, disk=disk) as journal:
                    journal.append(command(4))
                    acknowledged.append(4)
                whole = True
            except PowerCut:
                pass
            disk.lose_power(path, halves)
            if acknowledged or path.exists():
                try:
                    found = [0, *(each.id for each in read(path).commands())]
                except JournalError as error:
                    lost.append(f"power cut at {point}, {halves} halves: {error}")
                else:
                    if found[: len(acknowledged)] != acknowledged:
                        lost.append(f"power cut at {point}, {halves} halves: {acknowledged} became {found}")
            if whole:
                break
    return lost


def test_a_power_cut_at_any_operation_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    assert losses(tmp_path) == []


def test_the_same_check_catches_a_journal_that_acknowledges_before_it_syncs(tmp_path: Path) -> None:
    class Hasty(Journal):
        def append(self, record: Record) -> None:
            self.append_unsynced(record)

    assert losses(tmp_path, kind=Hasty)


def test_the_same_check_catches_a_journal_whose_name_is_not_synced(tmp_path: Path) -> None:
    assert losses(tmp_path, disk_kind=NamelessDisk)


def test_after_any_power_cut_the_exercise_goes_on(tmp_path: Path) -> None:
    losses(tmp_path)
    for path in sorted(tmp_path.glob("*.journal")):
        before = ids(path)
        with Journal.open(path) as journal:
            journal.append(command(77))
        assert ids(path) == [*before, 77]
        assert read(path).mended is None


def killed(path: Path, draw: random.Random) -> int:
    """Run the appender, kill it at a random moment, and give the last command it acknowledged (-1: none)."""
    enough = draw.choice((-1, 0, draw.randrange(1, 60)))
    environment = {**os.environ, "PYTHONPATH": str(HERE.parents[1])}
    child = subprocess.Popen(
        [sys.executable, str(HERE / "doubles" / "appender.py"), str(path)],
        stdout=subprocess.PIPE,
        env=environment,
        bufsize=0,
    )
    assert child.stdout is not None
    pipe = child.stdout.fileno()
    heard = b""
    if enough < 0:
        select.select([pipe], [], [], draw.random() * 0.15)
    else:
        while heard.count(b"\n") <= enough:
            part = os.read(pipe, 4096)
            assert part, "the appender ended by itself"
            heard += part
        for _ in range(draw.randrange(20_000)):
            pass
    child.send_signal(signal.SIGKILL)
    while part := os.read(pipe, 65_536):
        heard += part
    assert child.wait() == -signal.SIGKILL
    child.stdout.close()
    return int(heard.split(b"\n")[-2]) if b"\n" in heard else -1


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
def test_fifty_kills_at_random_moments_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    draw = random.Random(2024)
    acknowledged = 0
    for trial in range(50):
        path = tmp_path / f"{trial}.journal"
        last = killed(path, draw)
        if last < 0 and not path.exists():
            continue
        found = ids(path)
        assert found == list(range(1, len(found) + 1))
        assert len(found) >= last, f"trial {trial}: {last} was acknowledged, {len(found)} are there"
        acknowledged += max(0, last)
        with Journal.open(path) as journal:
            assert [each.id for each in journal.contents.commands()] == found
    assert acknowledged > 100


def journal_of_three(path: Path) -> bytes:
    with Journal.create(path, HEADER) as journal:
        journal.append(command(1))
        journal.append_unsynced(digest(1))
        journal.append(command(2, text="zwölf Δ 雨"))
    return path.read_bytes()


def test_a_cut_at_every_byte_of_the_last_record_is_mended_and_said(tmp_path: Path) -> None:
    path = tmp_path / "exercise.journal"
    whole = journal_of_three(path)
    start = whole.rindex(b"\n", 0, -1) + 1
    for end in range(start + 1, len(whole) - 1):
        path.write_bytes(whole[:end])
        assert read(path).mended == (
            f"The last record was cut after {end - start} bytes; it had not been acknowledged."
        )
        assert path.read_bytes() == whole[:end], "reading changes nothing"
        with Journal.open(path) as journal:
            assert journal.contents.mended == (
                f"The last record was cut after {end - start} bytes; it had not been acknowledged."
            )
            journal.append(command(3))
        assert ids(path) == [1, 3]
        assert path.read_bytes().startswith(whole[:start])


def test_a_last_record_that_lacks_only_its_newline_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "exercise.journal"
    whole = journal_of_three(path)
    for left in (whole[:-1], whole[:-1] + bytes(700)):
        path.write_bytes(left)
        assert read(path).mended is None
        with Journal.open(path) as journal:
            journal.append(command(3))
        assert path.read_bytes().startswith(whole)
        assert ids(path) == [1, 2, 3]


@pytest.mark.parametrize("kept", [0, 5, 40])
def test_a_page_of_nul_bytes_at_the_end_is_a_cut(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "exercise.journal"
    whole = journal_of_three(path)
    line = whole[whole.rindex(b"\n", 0, -1) + 1 :]
    path.write_bytes(whole + line[:kept] + bytes(4096))
    with Journal.open(path) as journal:
        assert f"cut after {kept} bytes" in (journal.contents.mended or "")
    assert path.read_bytes() == whole


@pytest.mark.parametrize("tail", [b"and then?", b"0", b"12345678-{", b"12345678 x", b"00000000\0x"])
def test_only_the_beginning_of_a_record_counts_as_a_cut(tmp_path: Path, tail: bytes) -> None:
    path = tmp_path / "exercise.journal"
    whole = journal_of_three(path)
    path.write_bytes(whole + tail)
    if tail == b"0":
        assert "cut after 1 bytes" in (read(path).mended or "")
        return
    with pytest.raises(JournalError, match=f"record 5, byte {len(whole)}: what stands at the end is no record"):
        Journal.open(path)
    assert path.read_bytes() == whole + tail


@pytest.mark.parametrize("mask", [0x01, 0x20, 0x80])
def test_a_flipped_byte_anywhere_is_an_error_that_names_the_record(tmp_path: Path, mask: int) -> None:
    path = tmp_path / "exercise.journal"
    whole = journal_of_three(path)
    for at in range(len(whole)):
        damaged = bytearray(whole)
        damaged[at] ^= mask
        path.write_bytes(damaged)
        number = whole.count(b"\n", 0, at) + 1
        with pytest.raises(JournalError) as caught:
            read(path)
        assert f"{path}, record {number}" in str(caught.value), at
        assert caught.value.mend
    with pytest.raises(JournalError):
        Journal.open(path)
    assert path.read_bytes() == bytes(damaged), "a damaged journal is left as it is"


def test_an_exercise_on_a_full_disk_keeps_what_was_acknowledged_and_takes_no_more(tmp_path: Path) -> None:
    whole = len(journal_of_three(tmp_path / "measure.journal"))
    header = len((tmp_path / "measure.journal").read_bytes().split(b"\n")[0]) + 1
    for room in range(header, whole + 200, 7):
        path, disk = tmp_path / f"{room}.journal", FullDisk(room)
        taken: list[int] = []
        journal = Journal.create(path, HEADER, disk=disk)
        refusal = ""
        while not refusal:
            try:
                journal.append(command(len(taken) + 1))
                taken.append(len(taken) + 1)
            except JournalError as error:
                refusal = str(error)
        assert "No space left" in refusal
        disk.room = 10**6
        with pytest.raises(JournalError, match="takes nothing more"):
            journal.append(command(99))
        journal.close()
        assert ids(path) == taken
        with Journal.open(path) as again:
            again.append(command(100))
        assert ids(path) == [*taken, 100]


def test_a_sync_that_failed_is_not_tried_again(tmp_path: Path) -> None:
    path, disk = tmp_path / "exercise.journal", ErringDisk()
    journal = Journal.create(path, HEADER, disk=disk)
    journal.append(command(1))
    disk.errs_on = "sync"
    with pytest.raises(JournalError, match=r"cannot be written: Input/output error\. .*resume the exercise"):
        journal.append(command(2))
    disk.errs_on = ""
    for attempt in (lambda: journal.append(command(3)), journal.flush, lambda: journal.append_unsynced(digest(1))):
        with pytest.raises(JournalError, match="takes nothing more"):
            attempt()
    journal.close()
    assert 1 in ids(path)
    assert 3 not in ids(path)


@pytest.mark.parametrize("operation", ["create", "write", "sync", "publish", "sync_directory"])
def test_a_journal_that_cannot_be_created_leaves_nothing(tmp_path: Path, operation: str) -> None:
    with pytest.raises(JournalError, match="cannot be created: Input/output error"):
        Journal.create(tmp_path / "exercise.journal", HEADER, disk=ErringDisk(operation))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("room", [0, 1, 60])
def test_a_journal_created_on_a_full_disk_leaves_nothing(tmp_path: Path, room: int) -> None:
    with pytest.raises(JournalError, match="No space left"):
        Journal.create(tmp_path / "exercise.journal", HEADER, disk=FullDisk(room))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("operation", ["truncate", "sync"])
def test_a_mend_that_fails_is_an_error_and_the_prefix_stays(tmp_path: Path, operation: str) -> None:
    path = tmp_path / "exercise.journal"
    whole = journal_of_three(path)
    path.write_bytes(whole[:-10])
    with pytest.raises(JournalError, match="cannot be mended"):
        Journal.open(path, disk=ErringDisk(operation))
    assert ids(path) == [1]
