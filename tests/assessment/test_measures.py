"""Measures of a run: each rises with what it asks for, and cannot be had by doing more of something else."""

from __future__ import annotations

import typing
from typing import Any

import pytest

from incidentsim.assessment.measured import Measured
from incidentsim.assessment.rubric import MEASURES, measure
from incidentsim.case.document import BriefingAnswer
from incidentsim.scenario.play import Criterion
from tests.assessment.scenarios import ACTIONS, COUNT, WHYS, Played, document, played

MINUTE = 60_000


def playing(*commands: dict[str, Any], writes: dict[str, Any] | None = None, **more: Any) -> Played:
    """A player of one's own in the small incident."""
    raw = document(**more)
    raw["policies"] = [{"id": "own", "title": "Own", "commands": list(commands), "writes": writes or {}}]
    return played("own", raw=raw)


def stop(at: str) -> dict[str, Any]:
    return {"id": "stop", "at": at, "verb": "act", "target": "stop:edge"}


def act(at: str, target: str, **args: str) -> dict[str, Any]:
    return {"at": at, "verb": "act", "target": target, "args": args}


def announce(at: str, text: str = "We are counting.", audience: str = "internal") -> dict[str, Any]:
    return {"at": at, "verb": "announce", "target": audience, "args": {"text": text}}


def explanation(run: Played, measure: str) -> str:
    return next(each.measured.explanation for each in run.card.lines if each.criterion.measure == measure)


def test_the_sooner_the_loss_stops_the_more_it_earns() -> None:
    early, late, never = playing(stop("20m")), playing(stop("80m")), playing()
    assert early.ratio("loss-stopped") > late.ratio("loss-stopped") >= 0.4
    assert never.ratio("loss-stopped") == 0
    assert early.ratio("budget") >= late.ratio("budget")


def test_a_criterions_own_best_and_worst_are_kept() -> None:
    rubric = [{"id": "loss-stopped", "title": "Loss", "family": "response", "weight": 1, "measure": "loss-stopped",
               "best": 30, "worst": 40}]  # fmt: skip
    assert playing(stop("20m"), rubric=rubric).ratio("loss-stopped") == 1
    assert playing(stop("60m"), rubric=rubric).ratio("loss-stopped") == 0.4


def test_detection_counts_from_the_telling_evidence_and_not_from_the_start() -> None:
    count = {"id": "count", **COUNT}
    declare = {"verb": "declare", "target": "SEV1"}
    early = playing({**count, "at": "15m"}, {**declare, "at": "20m"})
    late = playing({**count, "at": "75m"}, {**declare, "at": "80m"})
    slow = playing({**count, "at": "15m"}, {**declare, "at": "60m"})
    assert early.ratio("detection") == late.ratio("detection") > slow.ratio("detection")
    assert early.ratio("declaration") == late.ratio("declaration") > slow.ratio("declaration")


def test_detection_without_telling_evidence_earns_nothing_however_soon_one_declares() -> None:
    assert playing({"at": "10m", "verb": "declare", "target": "SEV1"}).ratio("detection") == 0


def test_a_useless_action_does_not_count_as_what_followed() -> None:
    count = {"id": "count", "at": "15m", **COUNT}
    assert playing(count, act("20m", "stop:board")).ratio("detection") == 0
    assert playing(count, stop("20m")).ratio("detection") > 0.8


@pytest.mark.parametrize(("severity", "least", "most"), [("SEV1", 1, 1), ("SEV2", 0.8, 0.9), ("SEV4", 0.5, 0.6)])
def test_a_severity_near_the_expected_one_earns_more(severity: str, least: float, most: float) -> None:
    run = playing({"id": "count", "at": "15m", **COUNT}, {"at": "15m", "verb": "declare", "target": severity})
    assert least <= run.ratio("declaration") <= most


def test_harm_is_added_up_by_outcome() -> None:
    careful, one, two = (
        playing(stop("20m")),
        playing(act("20m", "replay:pipe", into="place")),
        playing(act("20m", "replay:pipe", into="place"), act("40m", "replay:pipe", into="place")),
    )
    assert careful.ratio("harm") == 1
    assert careful.ratio("harm") > one.ratio("harm") > two.ratio("harm")
    assert "80 in all" in explanation(two, "harm")
    assert playing().ratio("harm") == 0


def test_expectations_that_were_met_in_time_count_also_where_play_ends_early() -> None:
    answer = {"verb": "answer", "target": "latest-from:producer", "args": {"text": "Counting."}}
    assert playing({**answer, "at": "25m"}).ratio("expectations") == 1
    assert playing({**answer, "at": "45m"}).ratio("expectations") == 0
    assert playing({"at": "10m", "verb": "end"}).ratio("expectations") == 0


def test_ending_before_the_end_of_the_incident_is_a_false_all_clear() -> None:
    replay = act("40m", "replay:pipe", into="side")
    patient, hasty = playing(stop("20m"), replay), playing(stop("20m"), replay, {"at": "41m", "verb": "end"})
    assert patient.ratio("resolution") > hasty.ratio("resolution")
    assert "before the incident was over" in explanation(hasty, "resolution")


def test_an_update_that_says_resolved_too_soon_is_one_too_and_one_that_says_not_yet_is_not() -> None:
    def ratio(text: str) -> float:
        return playing(stop("20m"), announce("30m", text)).ratio("resolution")

    assert ratio("All clear, the incident is resolved.") < ratio("It is not resolved yet.") == ratio("We are on it.")


def test_duplicates_make_a_recovery_worth_less() -> None:
    side, place = (playing(stop("20m"), act("30m", "replay:pipe", into=into)) for into in ("side", "place"))
    assert side.ratio("resolution") > place.ratio("resolution")
    assert "loaded twice" in explanation(place, "resolution")


def test_looking_up_much_that_is_never_used_costs_aim() -> None:
    aimed = playing({"id": "count", "at": "20m", **COUNT}, stop("30m"))
    pinned = playing({"id": "count", "at": "20m", **COUNT}, stop("30m"), {"at": "90m", "verb": "pin", "target": "rows"})
    assert aimed.ratio("economy") == 1
    assert pinned.ratio("economy") < 0.2


def test_reading_what_arrives_costs_nothing() -> None:
    count, read = {"id": "count", "at": "20m", **COUNT}, {"at": "60m", "verb": "open", "target": "inbox"}
    assert playing(count, read).ratio("economy") == playing(count).ratio("economy")


def test_updates_close_upon_each_other_cost_aim_and_spaced_ones_do_not() -> None:
    count = {"id": "count", "at": "20m", **COUNT}
    spaced = playing(count, announce("20m"), announce("35m"), announce("36m", audience="customers"))
    spam = playing(count, *(announce(f"{20 + each}m") for each in range(8)))
    assert spaced.ratio("economy") == playing(count).ratio("economy")
    assert spam.ratio("economy") < 0.3


def test_a_flood_of_updates_meets_no_expectation_and_holds_the_score_down() -> None:
    inject = {**document()["injects"][0]}
    inject["expectation"] = {"text": "Tell", "within": "20m", "acts": [{"verb": ["announce"]}]}
    flood = [announce(f"{minute}m") for minute in range(2, 50)]
    calm, flooded = playing(announce("30m"), injects=[inject]), playing(*flood, injects=[inject])
    assert calm.ratio("expectations") == 1
    assert flooded.ratio("expectations") == 0
    assert [each.most for each in flooded.card.limits] == [45, 60]


def test_actions_that_come_to_nothing_cost_aim() -> None:
    count = {"id": "count", "at": "10m", **COUNT}
    wild = playing(count, stop("20m"), *(act(f"{30 + each}m", "stop:board") for each in range(6)))
    assert wild.ratio("economy") < playing(count, stop("20m")).ratio("economy") == 1


def test_acting_without_looking_shows_no_aim() -> None:
    assert playing(stop("20m")).ratio("economy") == 0


def test_predictions_are_taken_kindly() -> None:
    untried = playing()
    assert untried.ratio("prediction") == 0
    assert "Not tried" in explanation(untried, "prediction")

    def hypothesis(text: str, confidence: int) -> dict[str, Any]:
        return {"at": "20m", "verb": "hypothesis", "args": {"text": text, "confidence": confidence}}

    predicted = {"at": "21m", "verb": "predict", "args": {"text": "The loss stops"}}
    assert playing(hypothesis("A field was added to the schema", 90)).ratio("prediction") == 0
    assert playing(predicted).ratio("prediction") == 0.6
    right = playing(hypothesis("A field was added to the schema", 90), predicted)
    sure_and_wrong = playing(hypothesis("The campaign ended", 90), predicted)
    unsure_and_wrong = playing(hypothesis("The campaign ended", 30), predicted)
    assert right.ratio("prediction") > unsure_and_wrong.ratio("prediction") > sure_and_wrong.ratio("prediction") >= 0.5


def test_a_kept_record_earns_and_one_note_a_minute_earns_no_more() -> None:
    def note(minute: int) -> dict[str, Any]:
        return {"at": f"{minute}m", "verb": "note", "args": {"text": "Counting."}}

    spread = playing(*(note(each) for each in (20, 50)))
    burst = playing(*(note(20) for _ in range(10)))
    assert spread.ratio("timeline") > burst.ratio("timeline") > playing().ratio("timeline")


REFERENCE = next(each for each in document()["policies"] if each["id"] == "reference")


def writing(**writes: Any) -> Played:
    """The reference run with something else written."""
    return playing(*REFERENCE["commands"], writes={**REFERENCE["writes"], **writes})


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"owner": "team"}, "no owner"),
        ({"done_when": "It is better"}, "no observable end"),
        ({"text": "Train the engineers to be careful", "cites": []}, "aims at people"),
        ({"addresses": []}, "addresses no proven cause"),
    ],
)
def test_an_incomplete_action_item_earns_less_and_says_what_it_lacks(change: dict[str, Any], says: str) -> None:
    whole, broken = writing(), writing(actions=[{**ACTIONS[0], **change}, *ACTIONS[1:]])
    assert broken.ratio("action-items") < whole.ratio("action-items")
    assert says in explanation(broken, "action-items")


def test_a_list_that_is_only_documents_or_not_ranked_earns_less() -> None:
    whole = writing().ratio("action-items")
    assert writing(actions=[{**each, "hierarchy": "document"} for each in ACTIONS]).ratio("action-items") < whole
    assert writing(actions=ACTIONS[::-1]).ratio("action-items") < whole
    assert writing(actions=[]).ratio("action-items") == 0


def test_whys_count_only_with_evidence_of_this_run() -> None:
    bare = [{**each, "cites": []} for each in WHYS]
    assert writing(whys=bare).ratio("whys") < 0.1
    assert writing(whys=WHYS[:2]).ratio("whys") < writing().ratio("whys")


def test_statements_without_evidence_lower_the_evidence_criterion_but_a_glossary_does_not() -> None:
    bare = [{"id": "s", "text": "It was bad."}] * 5
    assert writing(sections={"impact": bare}).ratio("evidence") < writing().ratio("evidence")
    assert writing(sections={"glossary": bare}).ratio("evidence") == writing().ratio("evidence")
    question = [{"id": "t", "text": "TODO: who read the board at night?"}]
    assert writing(sections={"impact": question}).ratio("evidence") == writing().ratio("evidence")


def test_leadership_is_briefed_or_it_does_not_count() -> None:
    run = played("reference")
    criterion = Criterion(id="briefing", title="Briefing", family="communication", weight=5, measure="briefing")

    def told(**answers: str) -> Measured:
        given = {name.replace("_", "-"): BriefingAnswer(text=text) for name, text in answers.items()}
        return measure(run.record, run.case.model_copy(update={"briefing": given}), criterion)

    assert not told().applies
    assert not told(vp_gone="A question that these slides do not raise.").applies
    good = told(cto_stop="The edge was stopped; it took {{ ttm }}.", cto_sooner="{{ ttd }}; AI-02 adds a count.")
    bad = told(cto_stop="The edge was stopped; it took {{ ttm }}.", cto_sooner="{{ ttd }}, and never again.")
    assert good.applies
    assert 0 < bad.ratio < good.ratio < 1
    assert good.value == 2
    assert "“never again” is more than the evidence carries" in bad.explanation


def test_every_measure_of_the_document_exists() -> None:
    wanted = typing.get_args(Criterion.model_fields["measure"].annotation)
    assert sorted(MEASURES) == sorted(wanted)


@pytest.mark.parametrize("measure", sorted(MEASURES))
def test_no_measure_stumbles_over_a_scenario_that_says_nothing(measure: str) -> None:
    raw = {
        "events": [{"at": f"{minute}m", "text": f"event {minute}"} for minute in range(10)],
        "rubric": [{"id": "only", "title": "Only", "family": "response", "weight": 1, "measure": measure}],
        "policies": [{"id": "idle", "title": "Idle"}],
    }
    run = played("idle", raw=raw)
    line = run.card.lines[0]
    assert line.measured.explanation
    assert line.measured.rule
    assert run.card.score == round(100 * line.measured.ratio)
