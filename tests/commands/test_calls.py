"""Operations outside: carried out after the commit until they succeed, answered once, or an incident."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.commands.end_instance import EndInstance
from engine.commands.retry_incident import RetryIncident
from engine.commands.skip_incident import SkipIncident
from engine.domain.hooks import HookSettings
from engine.store.tables import outbox
from tests.conftest import House
from tests.flows import END, START, cases, deployed, incidents, kinds, opened, posted, submitted, task_ids, user
from tests.hooks import Hook, hook
from tests.runtime.drawing import diagram, line, service, timer

WHY = "对方系统升级，已电话确认"


@pytest.fixture
def server(house: House) -> Iterator[Hook]:
    """A web hook that the house may call."""
    with hook() as running:
        settings = HookSettings(inside=frozenset({("http", "127.0.0.1", running.port)}), key="k")
        object.__setattr__(house.bus, "equipment", replace(house.bus.equipment, hooks=settings))
        yield running


def calling(server: Hook, *more: str) -> bytes:
    """Return a process that calls the web hook between two tasks."""
    call = service("h", "call_web_hook", url=server.url, body="={word: register.word}")
    return diagram(START, user("a"), call.replace('"call_web_hook"', '"call_web_hook" result="answer"'), user("b"), END,
                   *more, line("begin", "a", "h", "b", "finish"))  # fmt: skip


def waiting(house: House, server: Hook, *more: str) -> str:
    """Return a case that waits for the web hook."""
    deployed(house, "wh", calling(server, *more), "a", "b", *(["late"] if more else []))
    case_id = opened(house, "wh", word="甲")
    submitted(house, case_id, "a")
    return case_id


def calls(house: House) -> list[tuple[str, int]]:
    """Return how the calls of the outbox stand, and how often they were tried."""
    with house.sessions() as session:
        return [tuple(row) for row in session.execute(select(outbox.c.status, outbox.c.attempts))]


def test_a_web_hook_is_called_after_the_commit_and_its_answer_lets_the_case_go_on(house: House, server: Hook):
    case_id = waiting(house, server)
    assert (task_ids(house, case_id), server.calls) == ({}, [])

    assert posted(house) == 1

    assert (server.bodies, set(task_ids(house, case_id))) == ([{"word": "甲"}], {"b"})
    assert (kinds(house, case_id)["operation.asked"], kinds(house, case_id)["operation.answered"]) == (1, 1)
    assert posted(house) == 0


def test_a_hook_that_is_down_is_tried_again_later_and_later_with_the_same_key(house: House, server: Hook):
    server.answer((503, b"", {}), (503, b"", {}), (200, b"{}", {}))
    case_id = waiting(house, server)

    waits = []
    while not task_ids(house, case_id):
        posted(house)
        house.clock.at += timedelta(seconds=10)
        waits.append(len(server.calls))

    assert waits == [1, 1, 1, 2, 2, 2, 2, 2, 2, 3]  # after 30 s, then after a minute
    assert len({headers["Idempotency-Key"] for headers, _ in server.calls}) == 1


def test_a_hook_that_stays_down_becomes_an_incident_that_is_tried_again(house: House, server: Hook):
    server.answer((503, b"", {}))
    case_id = waiting(house, server)
    for _ in range(8):
        posted(house)
        house.clock.at += timedelta(hours=2)
    [found] = incidents(house)
    assert (found.kind, found.element_id, found.code, calls(house)) == (
        "operation",
        "h",
        "hook_unanswered",
        [("incident", 8)],
    )
    server.answer((200, b"{}", {}))

    house.do(RetryIncident(incident_id=found.id, reason=WHY), "admin")
    posted(house)

    assert (set(task_ids(house, case_id)), incidents(house)) == ({"b"}, [])
    assert [row.reason for row in incidents(house, "retried")] == [WHY]


def test_a_hook_that_refuses_is_an_incident_at_once_and_can_be_skipped(house: House, server: Hook):
    server.answer((404, b"", {}))
    case_id = waiting(house, server)
    posted(house)
    [found] = incidents(house)

    house.do(SkipIncident(incident_id=found.id, reason=WHY), "admin")

    assert (set(task_ids(house, case_id)), calls(house)) == ({"b"}, [("dropped", 1)])
    assert kinds(house, case_id)["incident.skipped"] == 1


def test_a_process_that_waits_for_a_hook_can_be_ended_with_its_case(house: House, server: Hook):
    server.answer((404, b"", {}))
    case_id = waiting(house, server)
    posted(house)

    house.do(EndInstance(incident_id=incidents(house)[0].id, reason=WHY), "admin")

    [case] = cases(house, "wh")
    assert (case.outcome, case.closed_at, incidents(house), calls(house)) == (
        "ended", house.clock.at, [], [("cancelled", 1)]
    )  # fmt: skip
    assert kinds(house, case_id)["case.ended"] == 1


def test_a_call_whose_task_is_interrupted_is_withdrawn(house: House, server: Hook):
    late = timer("t", "h", interrupting=True, inside="<timeDuration>PT1H</timeDuration>")
    case_id = waiting(house, server, late, user("late"), '<endEvent id="e2"/>', line("t", "late", "e2"))
    house.clock.at += timedelta(hours=1)
    house.sweep()

    assert posted(house) == 0

    assert (set(task_ids(house, case_id)), server.calls, calls(house)) == ({"late"}, [], [("cancelled", 0)])


def test_an_answer_that_comes_after_the_limit_comes_too_late(house: House, server: Hook):
    late = timer("t", "h", interrupting=True, inside="<timeDuration>PT1H</timeDuration>")
    case_id = waiting(house, server, late, user("late"), '<endEvent id="e2"/>', line("t", "late", "e2"))
    house.clock.at += timedelta(hours=1)

    posted(house)  # no ticker has run in between

    assert (set(task_ids(house, case_id)), len(server.calls), calls(house)) == ({"late"}, 1, [("cancelled", 0)])


def test_an_origin_that_is_not_allowed_is_an_incident(house: House, server: Hook):
    deployed(house, "wh", calling(server).replace(b"127.0.0.1", b"127.0.0.2"), "a", "b")
    submitted(house, opened(house, "wh"), "a")

    posted(house)

    assert ([row.code for row in incidents(house)], server.calls) == (["hook_failed"], [])


def test_a_linked_case_is_opened_once_and_the_asking_one_told_its_number(house: House):
    asking = service("o", "open_linked_case", process="lk", values="={title: register.word}")
    asking = asking.replace('"open_linked_case"', '"open_linked_case" result="linked"')
    deployed(house, "lk", diagram(START, user("x"), END, line("begin", "x", "finish")), "x")
    deployed(house, "as", diagram(START, asking, user("a"), END, line("begin", "o", "a", "finish")), "a")
    case_id = opened(house, "as", word="关联事项")

    assert (posted(house), posted(house)) == (1, 0)

    [linked] = cases(house, "lk")
    assert (linked.title, set(task_ids(house, linked.id)), set(task_ids(house, case_id))) == ("关联事项", {"x"}, {"a"})


def test_a_linked_case_whose_form_is_wrong_is_an_incident_at_once(house: House):
    asking = service("o", "open_linked_case", process="lk", values="={word: register.word}")
    deployed(house, "lk", diagram(START, user("x"), END, line("begin", "x", "finish")), "x")
    deployed(house, "as", diagram(START, asking, user("a"), END, line("begin", "o", "a", "finish")), "a")
    opened(house, "as", word="甲")

    posted(house)

    assert [(row.kind, row.code) for row in incidents(house)] == [("operation", "form_invalid")]


def test_a_notice_that_is_waited_for_lets_the_case_go_on_when_it_has_left(house: House):
    telling = service("n", "notify", to="applicant", template="ask_rating", wait="delivered")
    deployed(house, "nt", diagram(START, telling, user("a"), END, line("begin", "n", "a", "finish")), "a")
    with house.sessions() as session:
        assert session.execute(select(outbox.c.id)).first() is None
    case_id = opened(house, "nt", word="甲")

    # the start form names no telephone: nobody can be reached, and somebody has to see to it
    [found] = incidents(house)
    assert (found.kind, found.facts["reason"], task_ids(house, case_id)) == ("step", "unreachable", {})
    house.do(SkipIncident(incident_id=found.id, reason=WHY), "admin")
    assert set(task_ids(house, case_id)) == {"a"}
