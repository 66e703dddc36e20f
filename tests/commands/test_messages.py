"""Messages and signals between cases: by name and key, once, also when the receiver comes later; what they start."""

from datetime import timedelta

import pytest

from engine.commands.publish_message import PublishMessage
from engine.domain.errors import Refused
from tests.conftest import House
from tests.flows import (
    DECLARED,
    END,
    START,
    carried,
    cases,
    deployed,
    kinds,
    messages,
    opened,
    said,
    submitted,
    task_ids,
    user,
)
from tests.runtime.drawing import boundary, diagram, end, line, on, throw, wait

RECEIVER = diagram(START, wait("w", said(key="register.word") + on("message", "m")), user("a"), END,
                   line("begin", "w", "a", "finish"), declared=DECLARED)  # fmt: skip
SENDER = diagram(START, user("b"), throw("t", said(key="register.word", payload="{amount: 3}") + on("message", "m")),
                 user("c"), END, line("begin", "b", "t", "c", "finish"), declared=DECLARED)  # fmt: skip

PLAIN = line("begin", "a", "finish")


def timed(inside: str) -> str:
    """Return a start event by the clock."""
    return f'<startEvent id="begin"><timerEventDefinition>{inside}</timerEventDefinition></startEvent>'


def test_a_message_finds_the_case_that_waits_for_its_key(house: House):
    deployed(house, "rx", RECEIVER, "a")
    deployed(house, "tx", SENDER, "b", "c")
    mine, other = opened(house, "rx", word="甲"), opened(house, "rx", word="乙")
    sender = opened(house, "tx", word="甲")
    submitted(house, sender, "b")

    assert carried(house) == 1

    assert (set(task_ids(house, mine)), set(task_ids(house, other))) == ({"a"}, set())
    assert (kinds(house, sender)["message.sent"], kinds(house, mine)["message.received"]) == (1, 1)
    assert messages(house) == {"delivered": 1}


def test_a_message_that_comes_first_waits_for_its_receiver(house: House):
    deployed(house, "rx", RECEIVER, "a")
    deployed(house, "tx", SENDER, "b", "c")
    submitted(house, opened(house, "tx", word="甲"), "b")
    assert (carried(house), messages(house)) == (0, {"waiting": 1})

    mine = opened(house, "rx", word="甲")

    assert carried(house) == 1
    assert set(task_ids(house, mine)) == {"a"}


def test_a_message_that_has_waited_too_long_expires_and_the_sender_s_record_says_so(house: House):
    deployed(house, "rx", RECEIVER, "a")
    deployed(house, "tx", SENDER, "b", "c")
    sender = opened(house, "tx", word="甲")
    submitted(house, sender, "b")
    house.clock.at += timedelta(days=7)

    late = opened(house, "rx", word="甲")

    assert carried(house) == 1
    assert (messages(house), task_ids(house, late)) == ({"expired": 1}, {})
    assert kinds(house, sender)["message.expired"] == 1


def test_two_messages_for_one_receiver_are_one_delivery_and_one_that_waits_on(house: House):
    deployed(house, "rx", RECEIVER, "a")
    for _ in range(2):
        house.do(PublishMessage(name="回执", key="甲"), "admin")
    opened(house, "rx", word="甲")

    carried(house)

    assert messages(house) == {"delivered": 1, "waiting": 1}


def test_of_two_receivers_with_one_key_the_one_that_waited_longer_gets_it(house: House):
    deployed(house, "rx", RECEIVER, "a")
    first, second = opened(house, "rx", word="甲"), opened(house, "rx", word="甲")
    house.do(PublishMessage(name="回执", key="甲"), "admin")

    carried(house)

    assert (set(task_ids(house, first)), set(task_ids(house, second))) == ({"a"}, set())


def test_a_message_from_outside_is_delivered_once_however_often_it_is_sent(house: House):
    deployed(house, "rx", RECEIVER, "a")
    opened(house, "rx", word="甲")
    opened(house, "rx", word="甲")
    for _ in range(3):
        house.do(PublishMessage(name="回执", key="甲", message_id="office-7"), "admin")

    carried(house)

    assert messages(house) == {"delivered": 1}


def test_only_administrators_send_messages_by_hand(house: House):
    with pytest.raises(Refused):
        house.do(PublishMessage(name="回执"), "lijing")


def test_what_is_sent_is_what_the_receiver_sees(house: House):
    again = diagram(START, wait("w", said(key="register.word") + on("message", "m")), user("a"), END, end("e2"),
                    '<exclusiveGateway id="x" default="x-e2"/>', line("begin", "w", "x"),
                    '<sequenceFlow id="x-a" sourceRef="x" targetRef="a"><conditionExpression>amount = 3'
                    "</conditionExpression></sequenceFlow>", line("x", "e2"), line("a", "finish"),
                    declared=DECLARED)  # fmt: skip
    deployed(house, "rx", again, "a")
    deployed(house, "tx", SENDER, "b", "c")
    mine = opened(house, "rx", word="甲")
    submitted(house, opened(house, "tx", word="甲"), "b")

    carried(house)

    assert set(task_ids(house, mine)) == {"a"}


def test_a_case_that_has_gone_on_waits_no_longer(house: House):
    event = boundary("w", "a", said(key="register.word") + on("message", "m"))
    model = diagram(START, user("a"), event, user("late"), END, end("e2"), line("begin", "a", "finish"),
                    line("w", "late", "e2"), declared=DECLARED)  # fmt: skip
    deployed(house, "rx", model, "a", "late")
    mine = opened(house, "rx", word="甲")
    submitted(house, mine, "a")
    house.do(PublishMessage(name="回执", key="甲"), "admin")

    assert carried(house) == 0
    assert messages(house) == {"waiting": 1}


def test_a_message_starts_a_case_and_no_longer_by_an_older_version(house: House):
    starting = f'<startEvent id="begin" name="来函">{on("message", "m")}</startEvent>'
    model = diagram(starting, user("a"), END, line("begin", "a", "finish"), declared=DECLARED)
    deployed(house, "st", model, "a")
    house.do(PublishMessage(name="回执", payload={"title": "外市来函"}), "admin")

    assert carried(house) == 1

    [case] = cases(house, "st")
    assert (case.title, set(task_ids(house, case.id))) == ("外市来函", {"a"})
    assert kinds(house, case.id)["case.started"] == 1

    deployed(house, "st", diagram(START, user("a"), END, line("begin", "a", "finish")), "a")
    house.do(PublishMessage(name="回执"), "admin")
    assert (carried(house), len(cases(house, "st"))) == (0, 1)


def test_a_signal_reaches_everybody_who_waits_and_starts_what_it_starts(house: House):
    listening = diagram(START, wait("w", on("signal", "s")), user("a"), END, line("begin", "w", "a", "finish"),
                        declared=DECLARED)  # fmt: skip
    alarm = diagram(START, user("b"), end("e", on("signal", "s")), line("begin", "b", "e"), declared=DECLARED)
    starting = f'<startEvent id="begin">{on("signal", "s")}</startEvent>'
    deployed(house, "ls", listening, "a")
    deployed(house, "al", alarm, "b")
    deployed(house, "st", diagram(starting, user("a"), END, line("begin", "a", "finish"), declared=DECLARED), "a")
    waiting = [opened(house, "ls") for _ in range(3)]
    submitted(house, opened(house, "al"), "b")
    late = opened(house, "ls")

    carried(house)

    assert [set(task_ids(house, case_id)) for case_id in (*waiting, late)] == [{"a"}] * 3 + [set()]
    assert (len(cases(house, "st")), messages(house)) == (1, {"delivered": 4})


def test_a_signal_on_its_way_misses_who_has_gone_on(house: House):
    model = diagram(START, user("a"), boundary("w", "a", on("signal", "s")), user("late"), END, end("e2"),
                    line("begin", "a", "finish"), line("w", "late", "e2"), declared=DECLARED)  # fmt: skip
    alarm = diagram(START, user("b"), end("e", on("signal", "s")), line("begin", "b", "e"), declared=DECLARED)
    deployed(house, "ls", model, "a", "late")
    deployed(house, "al", alarm, "b")
    listening = opened(house, "ls")
    submitted(house, opened(house, "al"), "b")
    submitted(house, listening, "a")

    carried(house)

    assert messages(house) == {"missed": 1}


@pytest.mark.parametrize(("cycle", "hours", "started"), [("R/PT1H", (1, 1, 20), 3), ("R3/PT1H", (2.5, 1, 20), 2)])
def test_a_cycle_starts_cases_and_what_it_missed_is_one(
    house: House, cycle: str, hours: tuple[float, ...], started: int
):
    deployed(house, "ev", diagram(timed(f"<timeCycle>{cycle}</timeCycle>"), user("a"), END, PLAIN), "a")

    for passed in hours:
        house.clock.at += timedelta(hours=passed)
        house.sweep()

    found = cases(house, "ev")
    assert len(found) == started
    assert [kinds(house, case.id)["start.fired"] for case in found] == [1] * started


def test_a_time_that_a_newer_version_does_not_name_starts_nothing(house: House):
    deployed(house, "ev", diagram(timed("<timeDuration>PT1H</timeDuration>"), user("a"), END, PLAIN), "a")
    deployed(house, "ev", diagram(START, user("a"), END, line("begin", "a", "finish")), "a")
    house.clock.at += timedelta(hours=2)

    house.sweep()

    assert cases(house, "ev") == []
