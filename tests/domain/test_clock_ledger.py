"""How a clock stands follows from its ledger, at any instant and as it was known at any other."""

from dataclasses import replace

from engine.domain.clock_ledger import (
    BEGINNING,
    LedgerEntry,
    digest_of,
    first_break,
    known,
    pauses_of,
    spent,
    standing,
)
from engine.domain.limits import Rule
from tests.domain.calendars import at, national

FIVE_DAYS = Rule("workday", 5)
MONDAY = at("2026-11-02 10:00")


def line(event: str, when: str, written: str = "", **more: object) -> LedgerEntry:
    """Return a line; written when it counts unless said otherwise."""
    return replace(LedgerEntry(event, at(when), at(written or when), "chen"), **more)


STARTED = line("start", "2026-11-02 10:00")
LATE = (
    line("pause", "2026-11-03 09:00", "2026-11-06 15:00", kind="听证"),
    line("resume", "2026-11-05 09:00", "2026-11-06 15:00"),
)


def test_a_pause_entered_late_moves_the_end_as_if_it_had_been_entered_in_time():
    in_time = [STARTED, line("pause", "2026-11-03 09:00"), line("resume", "2026-11-05 09:00")]

    assert standing(national(), FIVE_DAYS, MONDAY, [STARTED, *LATE]) == standing(national(), FIVE_DAYS, MONDAY, in_time)


def test_before_it_was_written_nobody_could_know_of_it():
    then = known([STARTED, *LATE], at("2026-11-06 14:00"), at("2026-11-06 14:00"))

    assert str(standing(national(), FIVE_DAYS, MONDAY, then).deadline.due_date) == "2026-11-09"


def test_known_at_noon_of_the_pause_it_stands_still():
    then = known([STARTED, *LATE], at("2026-11-04 12:00"), at("2026-11-06 16:00"))

    found = standing(national(), FIVE_DAYS, MONDAY, then)

    assert (found.paused, found.deadline.due_at) == (True, None)


def test_lines_count_in_the_order_of_their_instants_not_of_their_writing():
    late_first = [
        STARTED,
        line("pause", "2026-11-05 09:00"),
        line("resume", "2026-11-05 17:00"),
        line("pause", "2026-11-03 09:00", "2026-11-06 15:00"),
        line("resume", "2026-11-04 09:00", "2026-11-06 15:00"),
    ]

    assert [(pause.start, pause.end) for pause in pauses_of(late_first)] == [
        (at("2026-11-03 09:00"), at("2026-11-04 09:00")),
        (at("2026-11-05 09:00"), at("2026-11-05 17:00")),
    ]


def test_net_time_leaves_the_pauses_out():
    found = spent(national(), MONDAY, [STARTED, *LATE], at("2026-11-06 17:30"))

    assert (found.gross_days, found.net_days) == (4, 2)
    assert (found.gross_seconds / 3600, found.net_seconds / 3600) == (5.5 + 4 * 7, 5.5 + 4 * 7 - 2 * 7)


def test_a_stopped_clock_takes_no_more_time():
    stopped = [STARTED, line("stop", "2026-11-03 10:00")]

    assert spent(national(), MONDAY, stopped, at("2026-11-20 10:00")).gross_days == 1


def chained(*entries: LedgerEntry) -> list[tuple[int, LedgerEntry, str, str]]:
    """Return the lines as they are stored."""
    lines: list[tuple[int, LedgerEntry, str, str]] = []
    previous = BEGINNING
    for seq, entry in enumerate(entries, 1):
        lines.append((seq, entry, previous, digest_of("c", seq, entry, previous)))
        previous = lines[-1][3]
    return lines


def test_a_ledger_as_it_was_written_verifies():
    assert first_break("c", chained(STARTED, *LATE)) is None


def test_a_line_that_was_changed_is_the_first_to_break():
    lines = chained(STARTED, *LATE)
    seq, entry, previous, digest = lines[1]
    lines[1] = (seq, replace(entry, kind="鉴定"), previous, digest)

    assert first_break("c", lines) == 2


def test_a_line_taken_out_breaks_the_chain():
    lines = chained(STARTED, *LATE)

    assert first_break("c", [lines[0], lines[2]]) == 2


def test_a_ledger_of_another_clock_does_not_verify():
    assert first_break("d", chained(STARTED)) == 1
