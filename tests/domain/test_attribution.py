"""Every office second of a limit is charged to exactly one holder."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from engine.domain.attribution import KINDS, Claim, shares
from tests.domain.calendars import at, national

BEGINS, ENDS = at("2026-11-23 10:00"), at("2026-11-27 00:00")
OFFICE_HOURS = 5.5 + 3 * 7
WHOLE = Claim("unit", None, "office", BEGINS, ENDS)
MINUTES = st.integers(0, int((ENDS - BEGINS).total_seconds() // 60))
CLAIMS = st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from(["a", "b"]), MINUTES, MINUTES), max_size=6)


def claim(kind: str, holder: str, since: str, until: str) -> Claim:
    return Claim(kind, holder, None, at(since), at(until))


def test_who_held_a_task_is_charged_and_the_unit_with_the_rest():
    found = shares(national(), [WHOLE, claim("person", "li", "2026-11-24 08:30", "2026-11-25 12:00")])

    assert [(share.kind, share.seconds / 3600) for share in found] == [("unit", OFFICE_HOURS - 10.5), ("person", 10.5)]


def test_time_that_others_were_waited_for_is_not_the_holders():
    held = claim("person", "li", "2026-11-23 10:00", "2026-11-27 00:00")
    court = claim("outside", "", "2026-11-24 00:00", "2026-11-25 00:00")

    found = shares(national(), [WHOLE, held, court])

    assert {share.kind: share.seconds / 3600 for share in found} == {"person": OFFICE_HOURS - 7, "outside": 7}


@given(several=CLAIMS)
def test_all_of_it_is_charged_once(several: list[tuple[str, str, int, int]]):
    claims = [
        Claim(kind, holder, None, BEGINS + timedelta(minutes=since), BEGINS + timedelta(minutes=max(since, until)))
        for kind, holder, since, until in several
    ]

    assert sum(share.seconds for share in shares(national(), [WHOLE, *claims])) == OFFICE_HOURS * 3600
