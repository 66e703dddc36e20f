"""What the screens tell: why something is late and by whom, step by step."""

import re

from flask import Flask

from tests.web.conftest import token_of
from tests.web.window import AFTER_THE_LIMIT, ask, browser_of, move_to, opened


def words_of(page: str) -> str:
    """Return a page's text without its tags, white space folded."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_board_names_the_limit_that_ran_out_the_holder_and_the_flag(fresh: Flask):
    opened(fresh)
    move_to(fresh, AFTER_THE_LIMIT)

    words = words_of(browser_of(fresh, "wumin").get("/board?light=red").get_data(as_text=True))

    assert "窗口协办意见 赵磊 · 云川市市场监督管理局 窗口协办意见 4 / 1 日" in words
    assert "超3个工作日 2026-11-24 F05 协办超时 疑似 赵磊" in words


def test_a_task_nobody_has_claimed_lies_with_the_unit_that_may(fresh: Flask):
    opened(fresh, office="云川市公安局")

    words = words_of(browser_of(fresh, "wumin").get("/board").get_data(as_text=True))

    assert "待认领 · 云川市公安局" in words


def test_the_case_page_tells_each_step_with_who_held_it_and_how_long(fresh: Flask):
    case_id = opened(fresh)
    move_to(fresh, AFTER_THE_LIMIT)

    words = words_of(browser_of(fresh, "wumin").get(f"/cases/{case_id}").get_data(as_text=True))

    assert "协调并反馈 流程收回 3个工作日 李静 · 云川市政务服务中心 至11-26 24:00" in words
    assert "涉及查封，需协调法院和市场监管局。" in words  # the form of the step before


def test_a_flags_task_opens_beside_its_evidence(fresh: Flask):
    opened(fresh)
    move_to(fresh, AFTER_THE_LIMIT)
    task = ask(fresh, "SELECT id FROM task WHERE element_id = 'answer' AND status = 'open' LIMIT 1")
    holder = ask(fresh, f"SELECT login FROM account JOIN task ON holder_id = account.id WHERE task.id = '{task}'")  # noqa: S608

    answer = browser_of(fresh, str(holder)).get(f"/tasks/{task}", follow_redirects=True)

    assert answer.request.path.startswith("/flags/")
    assert "证据" in answer.get_data(as_text=True)


def test_the_board_moves_the_demonstrations_clock_by_chosen_days(fresh: Flask):
    client = browser_of(fresh, "wumin")

    answer = client.post("/clock", data={"csrf_token": token_of(client, "/account"), "working_days": "5"})

    assert answer.status_code == 303
    assert ask(fresh, "SELECT clock_offset FROM installation") == 7 * 24 * 3600  # over a weekend


def test_the_sign_in_page_of_the_demonstration_lists_its_people(fresh: Flask):
    page = fresh.test_client().get("/sign-in").get_data(as_text=True)

    assert 'href="/sign-in?login=lijing"' in page
