"""Fields: every number of a document, computed from the record, with its formula."""

from fractions import Fraction

import pytest

from incidentsim.postmortem.burn import PAGES, WINDOWS, first_alert
from incidentsim.postmortem.fields import compute
from incidentsim.postmortem.formatting import count, exact_percent, percent, span
from incidentsim.scenario.units import DAY, HOUR, MINUTE
from tests.packet.drills import drill, scripted


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (13_742, "13,742"), (999_999, "999,999"), (1_000_000, "1.00M"), (14_213_442, "14.2M"),
     (999_949_999, "1.00B"), (5_600_000_000, "5.60B"), (-2_500_000, "-2.50M")],
)  # fmt: skip
def test_counts_are_exact_below_a_million_and_three_figures_above(value, text):
    assert count(value) == text


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [(0, "0 s"), (40_000, "40 s"), (35 * MINUTE, "35 min"), (5 * HOUR + 54 * MINUTE, "5 h 54 min"), (6 * HOUR, "6 h"),
     (28 * DAY, "28 days"), (DAY, "1 day"), (DAY + HOUR, "25 h")],
)  # fmt: skip
def test_spans_read_as_people_write_them(milliseconds, text):
    assert span(milliseconds) == text


def test_a_share_never_rounds_to_none_or_all():
    assert percent(Fraction(1, 10**6)) == "<0.1%"
    assert percent(Fraction(10**6 - 1, 10**6)) == "99.9%"
    assert percent(Fraction(1786, 1000)) == "178.6%"
    assert exact_percent(Fraction("0.995")) == "99.5%"


class TestOfARun:
    fields = compute(drill().record)
    world = drill().record.world

    def test_what_was_lost_adds_up(self):
        total = self.fields["loss.total"].value
        parts = ["loss.recovered", "loss.recoverable", "loss.unrecoverable"]
        assert total == sum(self.world.losing()) > 0
        assert total == sum(self.fields[part].value for part in parts)

    def test_accepted_and_served_are_what_the_first_slo_counts(self):
        assert self.fields["accepted.total"].value == self.world.budgets()["coverage"].total
        assert self.fields["served.total"].value == self.world.budgets()["coverage"].good

    def test_a_budget_keeps_its_exact_fraction(self):
        fields = compute(drill("idle").record)
        budget = drill("idle").record.world.budgets()["coverage"]
        assert Fraction(fields["budget.coverage.consumed"].value) == budget.consumed > 0
        assert fields["budget.coverage.consumed"].text == percent(budget.consumed)
        assert fields["budget.coverage.minutes"].text == "201.6 min"

    def test_spans_are_differences_of_moments(self):
        value = {name: each.value for name, each in self.fields.items()}
        assert value["ttd"] == value["time.detected"] - value["time.started"]
        assert value["ttm"] == value["time.mitigated"] - value["time.started"] == value["duration.impact"]

    def test_counts_are_those_of_the_record(self):
        assert self.fields["count.updates"].value == 1
        assert self.fields["count.evidence"].value == len(drill().record.evidence)

    def test_every_field_has_its_formula(self):
        assert all(each.formula for each in self.fields.values())

    def test_the_same_run_gives_the_same_fields(self):
        assert compute(drill().record) == self.fields


def test_what_was_not_reached_says_so():
    fields = compute(drill("idle").record)
    assert fields["time.mitigated"].text == "not reached"
    assert fields["ttr"].value is None


def test_without_truth_the_loss_is_an_open_question_with_who_might_know():
    loss = compute(scripted().record)["loss.total"]
    assert (loss.evidence_class, loss.value) == ("TODO", None)
    assert "may know" in loss.text


class TestBurnRates:
    def test_the_factors_are_exact_for_28_days(self):
        assert [window.factor(28 * DAY) for window in WINDOWS] == [Fraction("13.44"), Fraction("5.6"), Fraction(14, 15)]

    def test_a_rule_that_can_never_fire_is_not_offered(self):
        slo = drill().record.scenario.slos[0]
        loose = slo.model_copy(update={"target": "0.9"})
        assert not PAGES[0].can_fire(loose)
        assert first_alert(drill().record, loose, PAGES[0]) is None

    def test_the_fast_page_fires_in_a_loss_that_nobody_stops(self):
        fields = compute(drill("idle").record)
        fired = fields["alert.coverage-page-fast.fires"]
        assert fired.evidence_class == "MODELLED"
        assert fired.value > fields["time.started"].value
        assert fields["alert.coverage-page-fast.ttd"].value == fired.value - fields["time.started"].value

    def test_it_stays_silent_before_the_loss(self):
        record = drill("idle").record
        slo = record.scenario.slos[0]
        at = first_alert(record, slo, PAGES[0])
        limit = PAGES[0].factor(slo.window) * slo.error_share
        budget = [record.world.budget_at(slo.id, t) for t in (at - HOUR if at > HOUR else 0, at)]
        bad = (budget[1].total - budget[1].good) - (budget[0].total - budget[0].good)
        assert Fraction(bad, budget[1].total - budget[0].total) > limit
