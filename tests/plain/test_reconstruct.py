"""A reconstruction by lines of text."""

from __future__ import annotations

from incidentsim.cli.main import run
from incidentsim.exercise import folder
from tests.exercise.reconstructions import written
from tests.plain.talking import answer, talk, whole


def test_a_reconstruction_is_worked_out_by_lines(tmp_path, capsys):
    assert run(["reconstruct", written(tmp_path), "--files-only"]) == 0
    (entry,) = folder.exercises()
    said = whole(talk(
        "cite logs/edge.log:9", "cite edge:1", "timeline", "happened 00:11 it began", "E-0001", "happened soon",
        "milestone started", "2", "query count accepted", "story", "happened T-09", "scorecard", "yes", "packet", "quit",
        scenario=None, journal=entry.path, out=tmp_path / "packet",
    ))  # fmt: skip
    assert "A reconstruction" in said
    assert "Kept as evidence E-0001" in answer(said, "cite logs/edge.log:9")
    assert "nothing of that name" in answer(said, "cite edge:1")
    assert "thought" not in answer(said, "timeline")
    assert "T-01 is kept" in said
    assert "Write the time first" in answer(said, "happened soon")
    assert "Kept as evidence E-0002" in answer(said, "query count accepted")
    assert "started, " in answer(said, "story")
    assert "no row T-09" in answer(said, "happened T-09")
    assert "others responded" in answer(said, "yes")
    assert run(["packet", "verify", str(tmp_path / "packet")]) == 0, capsys.readouterr()
