"""Verifying: what was changed by hand is found by field, by file and line."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from incidentsim.cli.packet import packet as command
from incidentsim.packet.verify import verify
from incidentsim.text.problem import Problem
from tests.packet.drills import drill, scripted

NAME = "SMALL-postmortem.md"


@pytest.fixture(scope="module")
def pristine(tmp_path_factory):
    out = tmp_path_factory.mktemp("verify") / "packet"
    drill().packet(out)
    return out


@pytest.fixture
def packet(pristine, tmp_path):
    return Path(shutil.copytree(pristine, tmp_path / "packet"))


def change(path, before, after):
    text = path.read_text()
    assert before in text, before
    path.write_text(text.replace(before, after, 1))


@pytest.mark.parametrize("made", [drill, lambda: drill("idle"), lambda: drill("harmful"), scripted])
def test_a_packet_as_written_has_no_findings(made, tmp_path):
    made().packet(tmp_path / "p")
    assert verify(tmp_path / "p") == []


def test_a_changed_word_is_no_finding(packet):
    change(packet / NAME, "Both ends were counted", "The two ends were counted")
    assert verify(packet) == []


def test_a_field_changed_in_the_data_is_found_by_its_id(packet):
    data = json.loads((packet / "postmortem.json").read_text())
    next(each for each in data["fields"] if each["id"] == "loss.total")["value"] += 1
    (packet / "postmortem.json").write_text(json.dumps(data))
    (found,) = verify(packet)
    assert (found.file, found.field, found.typed, found.recorded) == ("postmortem.json", "loss.total", "7483", "7482")


def test_data_in_other_words_is_no_finding_and_in_other_numbers_it_is(packet):
    change(packet / "postmortem.json", "No one of these is the cause; they met.", "These conditions met.")
    assert verify(packet) == []
    change(packet / "postmortem.json", "Held at 7,277 a minute", "Held at 7,278 a minute")
    (found,) = verify(packet)
    assert found.file == "postmortem.json"


def test_a_number_typed_over_a_field_is_found_by_line(packet):
    change(packet / NAME, "7,482 events", "8,482 events")
    (found,) = verify(packet)
    line = (packet / NAME).read_text().split("\n")[found.line - 1]
    assert "8,482 events" in line
    assert (found.field, found.typed) == ("loss.total", "8,482")


def test_a_number_of_the_tools_own_text_is_found_too(packet):
    change(packet / NAME, "| 00:30 | Declared", "| 00:29 | Declared")
    (found,) = verify(packet)
    assert (found.kind, found.typed, found.recorded) == ("edited-number", "00:29", "00:30")


def test_a_number_in_a_new_sentence_needs_an_account(packet):
    change(packet / NAME, "## Trigger\n", "## Trigger\n\nIt hurt 4,711 people.\n")
    (found,) = verify(packet)
    assert (found.kind, found.typed) == ("unaccounted-number", "4,711")


def test_a_number_from_cited_evidence_or_a_field_needs_none(packet):
    change(packet / NAME, "## Trigger\n", "## Trigger\n\nOf 141,649 events of 8.3 none, in all 7,482 (30 min).\n")
    assert verify(packet) == []


def test_a_claim_whose_number_is_in_no_evidence_is_found(tmp_path):
    case = drill().case
    whys = (case.whys[0].model_copy(update={"text": "Of 555,123 events none was served"}), *case.whys[1:])
    drill().packet(tmp_path / "p", case.model_copy(update={"whys": whys}))
    found = verify(tmp_path / "p")
    assert [each.kind for each in found] == ["unaccounted-number"]
    assert "W-01" in found[0].text


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("slo-definitions.yaml", "threshold: 13.44", "threshold: 14.4"),
        ("slo-definitions.yaml", "target: 0.995", "target: 0.99"),
        ("action-items.yaml", "rank: 1", "rank: 4"),
        ("timeline.csv", "EXERCISE,2024-01-01T00:28", "EXERCISE,2024-01-01T00:27"),
        ("scorecard.json", '"points": ', '"points": 1'),
        ("executive-summary.md", "7,482 events", "482 events"),
        ("fishbone.svg", "Effect", "Cause"),
        ("fishbone.mmd", "ishikawa-beta", "ishikawa"),
    ],
)
def test_every_file_agrees_with_the_record(packet, file, before, after):
    change(packet / file, before, after)
    assert {each.file for each in verify(packet)} == {file}


def test_a_number_in_the_text_of_the_scorecard_is_compared(packet):
    path = packet / "scorecard.md"
    score = drill().card.score
    change(path, f"**Score: {score} of 100**", f"**Score: {score + 1} of 100**")
    (found,) = verify(packet)
    assert (found.file, found.kind) == ("scorecard.md", "edited-number")


def test_another_runs_journal_is_found_out(packet):
    shutil.copy(drill("typical").journal, packet / "exercise.journal")
    found = verify(packet)
    assert any(each.field == "time.mitigated" for each in found)


def test_a_file_that_is_missing_or_unmarked_is_named(packet):
    (packet / "whys.svg").unlink()
    change(packet / "case.yaml", "EXERCISE", "Real")
    found = verify(packet)
    assert {(each.kind, each.file) for each in found} == {("missing", "whys.svg"), ("marker", "case.yaml")}


class TestTheCommand:
    def run(self, *arguments):
        return CliRunner().invoke(command, [str(each) for each in arguments])

    def test_agreement_is_said_in_one_line(self, packet):
        result = self.run("verify", packet)
        assert (result.exit_code, result.output.count("\n")) == (0, 1)

    def test_findings_have_status_1_and_name_file_and_line(self, packet):
        change(packet / NAME, "7,482 events", "8,482 events")
        result = self.run("verify", packet)
        assert result.exit_code == 1
        assert f"{NAME}:" in result.output
        assert "loss.total is 7,482" in result.output

    def test_a_folder_that_is_no_packet_is_a_problem_to_mend(self, tmp_path):
        with pytest.raises(Problem, match="no packet"):
            verify(tmp_path)
        assert isinstance(self.run("verify", tmp_path).exception, Problem)

    @pytest.mark.parametrize("file", ["case.yaml", "exercise.journal", "postmortem.json"])
    @pytest.mark.parametrize("damage", [b"", b"\xff\xfe{", b"[" * 5000, b'{"k":1}', b"- \n: : :\n"])
    def test_damage_is_a_problem_or_a_finding_never_a_crash(self, packet, file, damage):
        (packet / file).write_bytes(damage)
        try:
            found = [str(each) for each in verify(packet)]
        except Problem as problem:
            found = [problem.report()]
        assert any(file in each for each in found)

    def test_rendering_again_puts_everything_back(self, packet):
        before = {each.name: each.read_bytes() for each in packet.iterdir()}
        for name in ("timeline.csv", "fishbone.svg", "slo-definitions.yaml"):
            (packet / name).write_text("spoiled")
        assert self.run("render", packet).exit_code == 0
        assert {each.name: each.read_bytes() for each in packet.iterdir()} == before
