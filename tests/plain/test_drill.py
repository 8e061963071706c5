"""A whole drill by lines of text, and what its commands say."""

from __future__ import annotations

import io
import json
import re

import yaml

from incidentsim.cli.main import run as cli
from incidentsim.exercise.journal import read
from incidentsim.exercise.protocol import VERBS
from incidentsim.plain.starting import run
from tests.plain.talking import BEGIN, FLAGSHIP, answer, played, talk, whole
from tests.simulation.worlds import pipeline

WHYS = (
    "records of one version were accepted and not served",
    "nothing compares what is accepted with what is served",
    "each stage checks itself and stays green",
    "a change of shape can be published without a check",
    "two boards read different roads to the same number",
)


def why(text: str, cites: str, last: bool = False) -> list[str]:
    """The answers to a why's questions: text, evidence, sensible, falsify, bone, stop."""
    return [text, cites, "", "", "contract", "controllable" if last else ""]


def test_commands_alone_play_the_flagship_to_a_written_packet_that_verifies(tmp_path):
    whys = [line for place, text in enumerate(WHYS, 1) for line in why(text, "1 2", place == len(WHYS))]
    said = talk(
        "1", "",
        "wait", "wait", "query count ingest.accepted, warehouse.served by app_version", "wait 30",
        "act diff schema-registry", "", "", "wait 30", "severity SEV2 data is lost",
        "hypothesis the parser drops one version", "80", "1", "",
        "act patch ingest-api", "the loss ends", "70", "yes", *["wait 30"] * 25,
        "end now",
        "",
        "Of the events that were accepted some were not served",
        *whys, "", "", "", "",
        "",
        "Events of one version were accepted and never served.", "1", *[""] * 13,
        "Registering a schema runs a check against its readers", "W-04", "eliminate", "prevent", "P0", "", "A change that breaks a reader is refused", *[""] * 4, "1", "", "",
        "",
        "",
        "yes",
        "quit",
        out=tmp_path / "packet",
    )  # fmt: skip
    assert "Score: " in said
    assert f"The packet is in {tmp_path / 'packet'}" in said.replace("\n  ", " ")
    case = yaml.safe_load((tmp_path / "packet" / "case.yaml").read_text())
    assert [each["text"] for each in case["whys"]] == list(WHYS)
    assert [each.get("parent") for each in case["whys"]] == [None, "W-01", "W-02", "W-03", "W-04"]
    assert all(each["cites"] == ["E-0001", "E-0002"] for each in case["whys"])
    assert case["whys"][-1]["stop"] == "controllable"
    (item,) = case["action_items"]
    assert (item["addresses"], item["priority"], item["hierarchy"]) == (["W-04"], "P0", "eliminate")
    assert case["sections"]["summary"][0]["text"].startswith("Events of one version")
    fields = json.loads((tmp_path / "packet" / "postmortem.json").read_text())["fields"]
    found = fields.values() if isinstance(fields, dict) else fields
    assert next(each for each in found if each["id"] == "time.mitigated")["value"] is not None
    assert cli(["packet", "verify", str(tmp_path / "packet")]) == 0


def test_nothing_moves_the_cursor_or_colours_and_no_line_is_wider_than_the_terminal():
    said = played("status", "log 40", "signals", "signal broker-disk", "services", "actions", "help", "query help",
                  "runbook incident-response", "budgets", "record", "timeline", "people", "changes", "quit")  # fmt: skip
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", said)
    assert not re.search("[\u2500-\u259f]", said)
    # A word that is longer than the line, such as a path, stays whole, on a line of its own.
    assert [line for line in said.splitlines() if len(line) > 80 and " " in line.strip()] == []
    assert "\n\n" not in said


def test_every_verb_of_the_protocol_is_given_by_some_command(home):
    talk(
        "1", "",
        "wait", "read M-0001", "query count ingest.accepted by app_version", "search lag", "", "", "",
        "wait 30", "wait 30", "keep M-0002 accepted", "act inspect warehouse status", "it is fine", "60", "yes",
        "act diff warehouse", "", "yes", "withdraw", "1", "ask data processing", "hypothesis the parser drops", "70", "1", "", "decide hold", "", "", "", "",
        "severity SEV2 lost", "update internal we look", "boards", "15", "task write to sellers", "comms", "20",
        "task TD-1 done", "role ic night-lead", "handover all is said", "note seen", "mark 08:01 first",
        "step incident-response 1", "pin signal:broker-disk flat", "reply M-0001 thanks", "predict more", "",
        "pause tea", "resume", "end now", "bi-analyst", "1",
    )  # fmt: skip
    (journal,) = home.rglob("exercise.journal")
    given = {each["verb"]: each for each in (each.to_json() for each in read(journal).commands())}
    assert sorted(set(VERBS) - set(given)) == []
    assert given["announce"]["args"] == {"text": "we look", "impact": "boards", "next_update": 15}
    assert given["pin"]["args"] == {"note": "flat"}
    assert given["mark"]["args"]["at"] == 60_000
    assert given["decide"]["args"]["tier"] == "reversible"
    assert given["hypothesis"]["args"]["for"] == ["E-0001"]


def test_an_action_says_what_it_costs_and_is_not_done_without_a_yes_where_it_cannot_be_undone():
    said = played("act publish", "1", "1", "", "", "status", "quit")
    assert "cannot be undone" in whole(said)
    assert "Do it? yes or no [no]" in said
    assert "Nothing was done." in said
    assert "Under way" not in answer(said, "status")


def test_a_refusal_a_query_that_cannot_be_read_and_a_wrong_id_are_one_line_each():
    said = played("query count ingest.acepted", "keep M-0001", "read M-0099", "reply M-0099 no", "hypothesis H-09 x",
                  "log /(/", "wait 99", "status", "quit")  # fmt: skip
    assert answer(said, "query count ingest.acepted").replace("\n ", "") == (
        "At character 7: “ingest.acepted” is not a dataset. Did you mean ingest.accepted?"
    )
    assert answer(said, "keep M-0001") == "Only a count can be kept as a plot."
    assert answer(said, "read M-0099") == "There is nothing of that name to be seen."
    assert "There is no message M-0099" in answer(said, "reply M-0099 no")
    assert answer(said, "hypothesis H-09 x") == "There is no hypothesis H-09; record lists them."
    assert "regular expression cannot be read" in answer(said, "log /(/")
    assert answer(said, "wait 99") == "wait takes whole minutes from 1 to 30."
    assert "08:00 UTC, T+00:00" in answer(said, "status")


def test_a_table_is_a_row_a_line_with_the_names_of_its_columns_and_is_explained_in_words():
    said = played("query explain count ingest.accepted", "query count ingest.accepted, raw.loaded by app_version",
                  "status", "wait 4", "inbox", "read M-0001", "query explain M-0001", "inbox", "quit")  # fmt: skip
    assert answer(said, "query explain count ingest.accepted").startswith("Counts “Events accepted”, in one row")
    assert re.search(r"^app_version 8.3; ingest.accepted [\d,]+; raw.loaded [\d,]+; ratio", said, re.MULTILINE)
    assert "The ratio is" in answer(said, "query explain M-0001")
    assert "M-0001, 08:03 UTC, query, unread: Count" in answer(said, "inbox")
    assert "M-0001, 08:03 UTC, query: Count" in said[said.rindex("> inbox") :]


def test_arrivals_are_told_before_the_next_prompt_with_the_id_that_opens_them():
    said = played("wait", "read", "inbox", "read", "quit")
    assert re.match(r"08:\d\d UTC: M-0001, mail from platform-oncall: Night notes\.", answer(said, "wait"))
    assert "Quiet night." in answer(said, "read")
    assert "Nothing is unread" in said[said.rindex("> read") :]
    assert "unread" not in answer(said, "inbox")


def test_the_clock_runs_while_a_line_is_typed_and_what_arrives_is_told_before_the_command_is_done(wall):
    class Typing(io.StringIO):
        def readline(self, *size):
            line = super().readline(*size)
            if line == "status\n":
                # 20 minutes for six hours: half a minute is nine of theirs.
                wall[0] += 30_000
            return line

    sink = io.StringIO()
    run(FLAGSHIP, source=Typing("\n".join([*BEGIN, "status", "quit", ""])), sink=sink)
    said = answer(sink.getvalue(), "status").splitlines()
    assert said[0] == "08:03 UTC: M-0001, mail from platform-oncall: Night notes."
    assert any(each.startswith("08:09 UTC, T+00:09 of 6h00, running") for each in said)


def test_play_that_runs_to_the_scenarios_end_goes_on_to_the_debrief(wall):
    said = played(*["wait 30"] * 200, ":")
    assert "Play ended at 14:00 UTC." in said
    assert "The debrief, in questions." in said
    assert re.search(r"alert ended, \w+: ", said)


def test_the_log_is_filtered_counted_and_gone_back_in():
    said = played("wait 30", "wait 30", "log 3 warn mobile-app -timeout", "log more", "log counts error", "log zzz", "log #50 4", "log #9999999",
                  "quit")  # fmt: skip
    lines = [each for each in answer(said, "log 3 warn mobile-app -timeout").splitlines() if each.startswith("#")]
    assert len(lines) == 3
    assert all(re.match(r"#\d+ \d\d:\d\d:\d\d (WARN|ERROR|FATAL) mobile-app:", each) for each in lines)
    older = [each for each in answer(said, "log more").splitlines() if each.startswith("#")]
    assert int(older[-1][1:].split()[0]) < int(lines[0][1:].split()[0])
    assert re.match(r"From 08:00, 5 minutes: \d+ lines", answer(said, "log counts error"))
    around = answer(said, "log #50 4").splitlines()
    assert [each.split()[0] for each in around if each.startswith("#")] == ["#48", "#49", "#50", "#51", "#52"]
    assert answer(said, "log #9999999") == "There is no log line #9999999."
    assert answer(said, "log zzz").startswith("0 lines pass with “zzz”.")


def test_a_signal_is_told_in_words_and_looking_at_it_is_evidence():
    said = answer(played("wait 30", "wait 30", "signal consumer-lag", "quit"), "signal consumer-lag")
    for word in ("Latest: ", "Lowest: ", "Highest: ", "Limit warn: above 90,000 records.", "Last 15m: ", "Course: "):
        assert word in said
    assert re.search(r"(rising|falling|steady|up and down), from", said)
    assert said.endswith("Kept as evidence E-0001.")


def test_what_a_scenario_says_is_shown_without_its_escape_codes(tmp_path):
    evil = "\x1b[2J\x1b]0;x\x07 over \u202eright [red]here[/]"
    document = pipeline(patterns=[{"id": "evil", "service": "edge", "level": "WARN", "text": evil, "most": 60}])
    document["injects"][0].update(at="1m", title=evil, text=evil)
    document["title"] = evil
    place = tmp_path / "evil.json"
    place.write_text(json.dumps(document))
    said = talk("", "", "wait", "log", "inbox", "read M-0001", "timeline", "quit", scenario=str(place))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", said)
    assert "␛[2J␛]0;x␇ over \\u202eright [red]here[/]" in said.replace("\n  ", " ")
    assert "WARN edge: ␛[2J" in said


def test_the_handover_note_is_drafted_from_the_record_and_gone_on_with(home):
    played("severity SEV3 odd", "handover", "boards differ", "call at ten", "", "quit")
    (journal,) = home.rglob("exercise.journal")
    note = next(each.args["text"] for each in read(journal).commands() if each.verb == "handover")
    assert "Severity: SEV3 since 08:00 UTC" in note
    assert "State in one sentence: boards differ" in note
    assert note.endswith("call at ten")
