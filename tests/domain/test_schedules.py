"""Schedules to the fen."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros_py.domain.account_rules import COST, INTEREST, PENALTY, PRINCIPAL
from macros_py.domain.schedules import (
    EQUAL,
    EQUAL_PRINCIPAL,
    EXTENSION,
    GRADUATED,
    STEPS,
    Terms,
    instalments,
    largest,
    months_later,
    months_within,
    yearly_points,
)

ORDER = (COST, PENALTY, INTEREST, PRINCIPAL)
FIRST = date(2026, 12, 31)


def terms(kind: str = EQUAL, principal: int = 100_000, months: int = 3, rate: int = 0, **more: int) -> Terms:
    debt = {"cost": 0, "penalty": 0, "interest": 0} | {n: v for n, v in more.items() if n != "put_off"}
    return Terms(
        kind, **debt, principal=principal, months=months, first_on=FIRST, rate_points=rate, order=ORDER, put_off=more.get("put_off", 0)
    )


def shown(t: Terms) -> list[str]:
    return [f"{i.number} {i.due_on} {i.fen} = {i.principal} + {i.interest} + {i.fees}" for i in instalments(t)]


def test_equal_instalments_differ_only_in_the_last_one() -> None:
    assert shown(terms()) == [
        "1 2026-12-31 33334 = 33334 + 0 + 0",
        "2 2027-01-31 33334 = 33334 + 0 + 0",
        "3 2027-02-28 33332 = 33332 + 0 + 0",
    ]


def test_each_payment_pays_in_the_order_that_binds() -> None:
    assert shown(terms(principal=600, months=2, cost=100, penalty=200, interest=300)) == [
        "1 2026-12-31 600 = 0 + 300 + 300",
        "2 2027-01-31 600 = 600 + 0 + 0",
    ]


def test_equal_instalments_with_interest_are_the_annuity_of_the_textbook() -> None:
    """120,000.00 at 6% a year over 12 months: 10,327.97 a month (120000 × 0.005 / (1 − 1.005⁻¹²) = 10327.9716)."""
    schedule = instalments(terms(principal=12_000_000, months=12, rate=600))
    assert [i.fen for i in schedule][:2] == [1_032_798, 1_032_798]
    assert (schedule[0].interest, schedule[0].principal) == (60_000, 972_798)
    assert schedule[-1].fen <= 1_032_798
    assert yearly_points(terms(principal=12_000_000, months=12, rate=600), schedule) == 600


def test_equal_principal_pays_the_same_principal_and_less_interest_each_month() -> None:
    assert shown(terms(EQUAL_PRINCIPAL, 1_200_000, 3, 1_200)) == [
        "1 2026-12-31 412000 = 400000 + 12000 + 0",
        "2 2027-01-31 408000 = 400000 + 8000 + 0",
        "3 2027-02-28 404000 = 400000 + 4000 + 0",
    ]


def test_a_graduated_plan_begins_with_half_and_ends_with_the_full_payment() -> None:
    assert [i.fen for i in instalments(terms(GRADUATED, 450_000, 6))] == [50_000, 50_000, 75_000, 75_000, 100_000, 100_000]


def test_an_extension_puts_the_first_payment_off_and_owes_interest_for_the_time() -> None:
    assert shown(terms(EXTENSION, 1_200_000, 1, 1_200, put_off=3)) == ["1 2027-03-31 1248000 = 1200000 + 48000 + 0"]


def test_a_debt_smaller_than_its_months_has_no_empty_payments() -> None:
    assert [i.fen for i in instalments(terms(principal=2, months=5))] == [1, 1]
    assert instalments(terms(principal=0, months=5)) == ()


@pytest.mark.parametrize(("principal", "months"), [(-1, 3), (100, 0)])
def test_what_is_no_plan_is_refused(principal: int, months: int) -> None:
    with pytest.raises(ValueError, match="schedule needs"):
        instalments(terms(principal=principal, months=months))


def test_a_month_without_that_day_ends_on_its_last() -> None:
    assert [months_later(FIRST, n).isoformat() for n in (0, 1, 2, 14)] == ["2026-12-31", "2027-01-31", "2027-02-28", "2028-02-29"]


def test_no_month_is_enough_where_interest_eats_the_payment() -> None:
    assert months_within(terms(principal=10_000_000, rate=2_400), 200_000, 60) is None
    assert months_within(terms(principal=100_000), 0, 60) is None


DEBTS = st.builds(
    Terms,
    kind=st.sampled_from([EQUAL, EQUAL_PRINCIPAL, GRADUATED, EXTENSION]),
    cost=st.integers(0, 50_000),
    penalty=st.integers(0, 200_000),
    interest=st.integers(0, 200_000),
    principal=st.integers(0, 50_000_000),
    months=st.integers(1, 60),
    first_on=st.dates(date(2026, 1, 1), date(2030, 12, 31)),
    rate_points=st.sampled_from([0, 0, 345, 1_200, 2_400]),
    order=st.permutations(ORDER).map(tuple),
    put_off=st.sampled_from([0, 0, 3]),
)


@given(DEBTS)
@settings(max_examples=2_000, deadline=None)
def test_schedules_sum_exactly_to_the_debt(t: Terms) -> None:
    schedule = instalments(t)
    assert all(i.fen == i.principal + i.interest + i.fees and i.fen > 0 for i in schedule)
    assert all(type(v) is int for i in schedule for v in (i.fen, i.principal, i.interest, i.fees))
    assert sum(i.principal for i in schedule) == t.principal
    assert sum(i.fees for i in schedule) == t.cost + t.penalty
    interest = sum(i.interest for i in schedule) - t.interest
    assert interest == 0 if not t.rate_points else interest >= 0
    assert len(schedule) <= t.months
    assert [i.due_on for i in schedule] == [months_later(t.first_on, i.number - 1 + t.put_off) for i in schedule]


@given(DEBTS.filter(lambda t: t.kind in (EQUAL, EXTENSION) and t.total > 0))
@settings(max_examples=300, deadline=None)
def test_equal_payments_are_the_least_that_is_enough(t: Terms) -> None:
    schedule = instalments(t)
    assert {i.fen for i in schedule[:-1]} <= {largest(schedule)}
    assert schedule[-1].fen <= largest(schedule)


@given(DEBTS, st.integers(1, 3_000_000))
@settings(max_examples=80, deadline=None)
def test_the_months_found_keep_every_payment_within_what_is_affordable_and_one_less_does_not(t: Terms, most: int) -> None:
    months = months_within(t, most, 60)
    if months is not None:
        assert largest(instalments(_of(t, months))) <= most
    fewer = range(len(STEPS) if t.kind == GRADUATED else 1, months or 61)
    rounding = len(STEPS) * 2 if t.kind == GRADUATED else 0  # its steps are rounded up one by one
    assert all(largest(instalments(_of(t, n))) > most - rounding for n in fewer)


def _of(t: Terms, months: int) -> Terms:
    return Terms(t.kind, t.cost, t.penalty, t.interest, t.principal, months, t.first_on, t.rate_points, t.order, t.put_off)


@given(DEBTS)
@settings(max_examples=200, deadline=None)
def test_the_rate_of_a_plan_is_zero_without_interest_and_never_above_its_own_rate_by_more_than_rounding(t: Terms) -> None:
    schedule = instalments(t)
    rate = yearly_points(t, schedule)
    assert rate >= 0
    if not t.rate_points:
        assert rate == 0
    elif t.principal > 5_000_000:
        assert rate <= t.rate_points + 2
