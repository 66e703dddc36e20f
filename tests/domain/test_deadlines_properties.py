"""What must hold of every deadline, whatever the numbers."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.domain.counting import explain
from engine.domain.deadlines import compute, warn_at, warn_before
from engine.domain.limits import Extension, Pause
from engine.domain.local_time import SHANGHAI
from tests.domain.calendars import DAY_RULES, STARTS, changed, limits, national, off, working

ZONES = st.sampled_from(["UTC", "Asia/Shanghai", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
WORKDAYS = DAY_RULES.filter(lambda rule: rule.unit == "workday")


@settings(max_examples=100, deadline=None)
@given(limits())
def test_the_order_of_pauses_does_not_matter(limit):
    rule, start, pauses = limit

    ends = {compute(national(), rule, start, order) for order in permutations(pauses)}

    assert len(ends) == 1


@settings(max_examples=150, deadline=None)
@given(limits(most=1), st.floats(0, 1))
def test_a_pause_in_two_parts_equals_the_whole(limit, part):
    rule, start, pauses = limit
    assume(pauses)
    whole = pauses[0]
    middle = whole.start + timedelta(seconds=int((whole.end - whole.start).total_seconds() * part))

    split = compute(national(), rule, start, [replace(whole, end=middle), replace(whole, start=middle)])

    assert split == compute(national(), rule, start, [whole])


@settings(max_examples=150, deadline=None)
@given(limits(most=2), st.integers(0, 5 * 1440))
def test_a_longer_pause_never_makes_a_limit_end_earlier(limit, minutes):
    rule, start, pauses = limit
    assume(pauses)
    longer = [replace(pauses[0], end=pauses[0].end + timedelta(minutes=minutes)), *pauses[1:]]

    later = compute(national(), rule, start, longer)

    assert later.due_at >= compute(national(), rule, start, pauses).due_at


@settings(max_examples=150, deadline=None)
@given(WORKDAYS, STARTS, st.integers(0, 20), st.integers(0, 1439), st.integers(0, 1439))
def test_a_pause_within_one_day_gains_nothing_but_the_rest_of_that_day(rule, start, days, first, second):
    midnight = (start.astimezone(SHANGHAI) + timedelta(days=days)).replace(hour=0, minute=0)
    begins, ends = (midnight + timedelta(minutes=minute) for minute in sorted((first, second)))
    plain = compute(national(), rule, start)
    assume(not begins < plain.due_at <= ends)

    paused = compute(national(), rule, start, [Pause("检验", begins, ends)])

    assert paused.due_at == plain.due_at


@settings(max_examples=300, deadline=None)
@given(limits())
def test_a_limit_never_ends_while_paused_and_is_never_flagged_before_its_end(limit):
    rule, start, pauses = limit

    deadline = compute(national(), rule, start, pauses)
    assume(not deadline.provisional)

    assert not any(pause.start < deadline.due_at <= pause.end for pause in pauses)
    assert deadline.flag_at >= deadline.due_at


@settings(max_examples=150, deadline=None)
@given(limits(most=2))
def test_after_the_last_pause_a_full_working_day_passes_before_a_flag(limit):
    rule, start, pauses = limit

    deadline = compute(national(), rule, start, pauses)
    assume(not deadline.provisional)

    resumed = [p.end for p in pauses if p.start < p.end and start < p.end and p.start < deadline.due_at]
    assert all(national().office_seconds_between(end, deadline.flag_at) >= 7 * 3600 for end in resumed)


@settings(max_examples=150, deadline=None)
@given(limits(), st.integers(0, 10))
def test_an_extension_equals_the_total_from_the_start(limit, more):
    rule, start, pauses = limit
    extended = compute(national(), rule, start, pauses, Extension(more, start))

    total = compute(national(), replace(rule, limit=rule.limit + more), start, pauses)

    assert replace(extended, extension_valid=None) == total


@settings(max_examples=150, deadline=None)
@given(limits(most=2), st.integers(-3, 45), st.booleans())
def test_a_day_off_more_is_never_earlier_a_worked_day_more_never_later(limit, distance, is_worked):
    rule, start, pauses = limit
    rule = replace(rule, limit=min(rule.limit, 2)) if rule.unit == "month" else rule
    day = (start + timedelta(days=distance)).date()
    change = working(day) if is_worked else off(day)
    other = changed(national(), change, first=day - timedelta(days=400), last=day + timedelta(days=400))

    before, after = compute(national(), rule, start, pauses), compute(other, rule, start, pauses)

    earlier, later = (after, before) if is_worked else (before, after)
    assert earlier.due_at <= later.due_at


@settings(max_examples=100, deadline=None)
@given(limits(most=0), st.integers(1, 40), st.booleans())
def test_a_change_outside_the_window_has_no_effect(limit, distance, is_before):
    rule, start, _ = limit
    deadline = compute(national(), rule, start)
    first = start.astimezone(SHANGHAI).date()
    day = first - timedelta(days=distance) if is_before else deadline.due_date + timedelta(days=distance)
    change = off(day) if national().is_working(day) else working(day)
    other = changed(
        national(), change, first=first - timedelta(days=60), last=max(day, deadline.due_date) + timedelta(days=60)
    )

    after = compute(other, rule, start)

    assert (after.due_at, after.due_date) == (deadline.due_at, deadline.due_date)


@settings(max_examples=100, deadline=None)
@given(limits(), ZONES)
def test_the_zone_in_which_instants_are_written_does_not_matter(limit, zone):
    rule, start, pauses = limit
    place = ZoneInfo(zone)
    elsewhere = [replace(p, start=p.start.astimezone(place), end=p.end.astimezone(place)) for p in pauses]

    deadline = compute(national(), rule, start.astimezone(place), elsewhere)

    assert deadline == compute(national(), rule, start, pauses)
    assert deadline.due_at.utcoffset() == timedelta(0)


@settings(max_examples=150, deadline=None)
@given(limits(), st.integers(0, 5), st.integers(0, 600))
def test_a_reminder_comes_between_start_and_end(limit, days, minutes):
    rule, start, pauses = limit
    deadline = compute(national(), rule, start, pauses)
    assume(deadline.due_at >= start)

    by_days = warn_at(national(), deadline, days, start)
    by_minutes = warn_before(national(), deadline, minutes, start)

    assert start <= by_days <= deadline.due_at
    assert start <= by_minutes <= deadline.due_at


@settings(max_examples=200, deadline=None)
@given(limits(DAY_RULES.filter(lambda rule: rule.unit != "month")))
def test_the_days_explained_add_up_to_the_limit(limit):
    rule, start, pauses = limit
    deadline = compute(national(), rule, start, pauses)

    rows = explain(national(), rule, start, pauses)

    first, last = start.astimezone(SHANGHAI).date(), deadline.due_date
    assert [row.day for row in rows] == [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert [row.ordinal for row in rows if row.ordinal] == list(range(1, rule.limit + 1))
