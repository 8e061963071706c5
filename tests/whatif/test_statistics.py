"""Means are exact; intervals are Student's."""

from __future__ import annotations

from fractions import Fraction

import pytest

from incidentsim.whatif.statistics import Summary, Value, differences, student_t, summary


@pytest.mark.parametrize(
    ("freedom", "tabled"),
    [(1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (9, 2.262), (10, 2.228), (19, 2.093), (30, 2.042), (99, 1.984)],
)
def test_the_points_of_student_are_the_tabled_ones(freedom: int, tabled: float) -> None:
    assert round(student_t(freedom), 3) == tabled


def test_an_interval_is_the_mean_and_t_standard_errors_each_way() -> None:
    found = summary([Value(Fraction(each)) for each in (1, 2, 3, 4)])
    assert found.mean == Fraction(5, 2)
    half = student_t(3) * (5 / 3) ** 0.5 / 2
    assert found.low == pytest.approx(2.5 - half)
    assert found.high == pytest.approx(2.5 + half)


def test_equal_values_have_no_width_and_one_value_has_no_interval() -> None:
    third = Value(Fraction(1, 3))
    same = summary([third] * 3)
    assert same.mean == Fraction(1, 3)
    assert same.low == same.high
    assert summary([third]) == Summary(1, 0, 0, 0, Fraction(1, 3), None, None)


def test_what_is_not_there_is_counted_and_left_out() -> None:
    found = summary([Value(Fraction(2)), None, Value(Fraction(4), at_least=True)])
    assert (found.count, found.absent, found.at_least, found.mean) == (2, 1, 1, 3)
    assert summary([None, None]).mean is None


def test_a_difference_of_bounds_says_on_which_side_the_truth_lies() -> None:
    five, ended = Value(Fraction(5)), Value(Fraction(9), at_least=True)
    longer, shorter, open_, missing = differences([ended, five, ended, None], [five, ended, ended, five])
    assert longer == Value(Fraction(4), at_least=True)
    assert shorter == Value(Fraction(-4), at_most=True)
    assert open_ == Value(Fraction(0), at_least=True, at_most=True)
    assert missing is None
