"""
The main job, end to end, as people do it: shares sealed by several courts (case 1 of the demonstration).

Registered by the day's coordinator, not solved on the spot, three working days of silence, passed to the special team
with a suspected flag, extended once before due, solved, told, rated, closed. The server is killed on the way.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from socket import socket

import pytest

from tests.browser.driver import Server, chromium
from tests.browser.hand import TIMEOUT, Hand

TITLE = "股权因多家法院查封无法变更"
REGISTRATION = {
    "标题": TITLE,
    "紧急程度": "紧急",
    "诉求内容": "7月13日持生效法律文书到窗口申请股权变更登记，窗口答复股权被三家法院冻结，让先找法院，已经跑了四趟。",
    "反映渠道": "窗口",
    "登记窗口": "“办不成事”反映窗口",
    "所在区划": "云川市本级",
    "反映人类型": "个人",
    "姓名或单位名称": "林先生",
    "联系电话": "13900001234",
    "同意用短信告知进展": True,
    "事项名称": "公司股权变更登记",
    "涉及部门": ["云川市市场监督管理局"],
    "首次申请日期": "2026-07-13",
    "已跑次数": "4",
    "办不成的情形": ["材料齐全、符合法定形式，仍未受理或未通过", "部门之间推诿扯皮、办事拖拉"],
    "窗口答复口径": "股权冻结期间不能变更，先找法院。",
    "涉及法院查封、冻结等司法事项": True,
    "法院及文书文号": "云川市中级人民法院（2026）云01执12号等三份",
    "期望的结果": "把股权变更登记到本人名下。",
}
COORDINATE = {"研判结论": "需协调部门", "研判意见": "涉及三家法院查封，需市场监管局和法院共同协调。"}
EXTEND = {
    "研究情况": "已上门对接三家法院，两家同意解封，余一家等待裁定。",
    "下一步": "申请延期",
    "延期理由": "第三家法院的裁定尚需时间，案情特别复杂。",
    "延期内的工作安排": "每周与法院对接一次，裁定一到当天办理变更。",
}
APPROVE = {"是否同意延期": "同意", "意见": "情况属实，同意延期十个工作日。"}
RESEARCH = {"研究情况": "第三家法院已裁定解封，具备办理条件。", "下一步": "提交协调会定结论"}
CONCLUSION = {
    "参会单位和人员": "市场监督管理局、中级人民法院、协调专班",
    "会议纪要": "三家法院均已解封，市场监督管理局当场办理股权变更登记。",
    "结论": "办成",
    "结论内容": "股权已变更登记到申请人名下。",
}
TOLD = {"告知方式": "电话", "告知内容": "股权变更登记已经办好，请凭身份证领取营业执照。", "是否联系上反映人": "是"}
STATEMENT = {"您的意见": "没有异议", "陈述": "当日值守窗口人手不足，没有按时反馈，愿意整改。"}
DECISION = {"研判决定": "确认", "理由": "时限届满没有反馈记录，事实清楚，本人没有异议。"}
RATING = {"满意程度": "非常满意", "反映的问题是否已经解决": "是"}
MOST_DAYS = 12  # working days the clock is moved on before a limit that does not run out is a failure


@pytest.fixture
def hand(tmp_path: Path) -> Iterator[Hand]:
    """Somebody at a browser over a fresh demonstration."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Server(tmp_path, port)
    server.start()
    try:
        with chromium() as context:
            context.set_default_timeout(TIMEOUT)
            yield Hand(context.pages[0], server)
    finally:
        server.kill()


@pytest.mark.browser
def test_a_case_goes_from_the_window_to_its_closing_and_nothing_is_lost_on_the_way(hand: Hand):
    code, case = register(hand)
    coordinate(hand)
    let_the_limit_lapse(hand, case)
    see_the_overdue_case(hand, case)
    ask_for_an_extension(hand)
    lose_power(hand)
    approve_the_extension(hand, case, code)
    settle_the_flag(hand, case)
    conclude(hand)
    rate(hand, code)
    see_it_closed(hand, case)


def register(hand: Hand) -> tuple[str, str]:
    """The day's coordinator registers it; return the query code and the path of the case's page."""
    hand.sign_in("lijing")
    hand.follow("登记受理")
    hand.fill(REGISTRATION)
    hand.picture("01-register")
    hand.press("登记并出具受理回执")

    hand.go(f"/cases?q={TITLE}")
    hand.follow(TITLE)
    number = re.search(r"BCS-\d{8}-\d{4}", hand.read())
    code = re.search(r"查询码\s*([0-9A-Z]{12})", hand.read())
    receipt = hand.pdf("受理回执")
    assert number is not None
    assert code is not None
    assert number[0] in receipt
    assert code[1] in receipt.replace("-", "")
    return code[1], hand.page.url.removeprefix(hand.server.address)


def coordinate(hand: Hand) -> None:
    """It cannot be solved on the spot: the departments are coordinated."""
    hand.go("/inbox")
    hand.picture("02-desk")
    hand.open_task("受理研判")
    hand.hand_in(COORDINATE, "提交研判意见")
    hand.go("/inbox")
    assert TITLE in hand.read()


def let_the_limit_lapse(hand: Hand, case: str) -> None:
    """The supervisor moves the clock on, a working day at a time, and nobody gives feedback."""
    hand.sign_in("wumin")
    for _ in range(MOST_DAYS):
        hand.press("+1个工作日")
        hand.go(case)
        if "专班研究" in hand.page.locator("#now").inner_text():
            break
    assert "李静" in hand.page.locator("aside", has_text="F03").first.inner_text()
    hand.picture("03-case")


def see_the_overdue_case(hand: Hand, case: str) -> None:
    """The board shows it; the flag stands on the coordinator, as suspected, with the days that were counted."""
    hand.go("/board")
    assert TITLE in hand.read()
    hand.picture("04-board")
    hand.go(case)
    hand.follow("F03")
    flag = hand.read()
    assert "李静" in flag
    assert "疑似" in flag
    assert "第3日" in flag
    hand.picture("05-flag")


def ask_for_an_extension(hand: Hand) -> None:
    """The team works and asks for more time, before its own limit runs out."""
    hand.sign_in("chengang")
    hand.open_task("专班研究")
    hand.fill(EXTEND)
    hand.picture("06-team")
    hand.hand_in({}, "提交研究意见")


def lose_power(hand: Hand) -> None:
    """The server is killed without warning and started again over the same data."""
    hand.server.kill()
    hand.server.start()


def approve_the_extension(hand: Hand, case: str, code: str) -> None:
    """The lead approves; the notice is issued, and the citizen finds it, but neither flags nor opinions."""
    hand.sign_in("hejun")
    hand.open_task("审批延期")
    hand.hand_in(APPROVE, "提交审批意见")
    hand.go(case)
    assert TITLE.replace(" ", "") in hand.pdf("延期告知书")

    hand.page.context.clear_cookies()
    hand.go("/q")
    hand.page.get_by_label("查询码").fill(code)
    hand.press("查询")
    seen = hand.read()
    assert "延期告知书" in seen
    assert "李静" in seen
    assert re.search(r"旗标|F03|疑似|两家同意解封|情况属实", seen) is None
    hand.picture("07-citizen")


def settle_the_flag(hand: Hand, case: str) -> None:
    """The coordinator answers the flag; the efficiency office confirms it."""
    for login, answers, button in (("lijing", STATEMENT, "提交陈述"), ("zhouting", DECISION, "提交研判决定")):
        hand.sign_in(login)
        hand.go(case)
        hand.follow("F03")
        hand.hand_in(answers, button)
    assert "已确认" in hand.read()
    hand.picture("08-flag-confirmed")


def conclude(hand: Hand) -> None:
    """The team concludes; the coordinator tells the citizen."""
    hand.sign_in("chengang")
    hand.open_task("专班研究")
    hand.hand_in(RESEARCH, "提交研究意见")
    hand.sign_in("hejun")
    hand.open_task("协调会")
    hand.hand_in({"会议日期": today(hand), **CONCLUSION}, "提交会议结论")
    hand.sign_in("lijing")
    hand.open_task("告知")
    hand.hand_in({"告知日期": today(hand), **TOLD}, "提交告知记录")


def today(hand: Hand) -> str:
    """Return the day of the demonstration's clock, as the page shows it."""
    return str(hand.page.locator(".today time").first.get_attribute("datetime"))


def rate(hand: Hand, code: str) -> None:
    """The citizen rates it on the page of the query code."""
    hand.page.context.clear_cookies()
    hand.go(f"/q/{code}")
    hand.hand_in(RATING, "提交评价")
    hand.picture("09-rated")


def see_it_closed(hand: Hand, case: str) -> None:
    """The case is closed as done, with its rating, and nothing of it is open."""
    hand.sign_in("lijing")
    hand.go(case)
    seen = hand.read()
    assert "已办结" in seen
    assert "5 / 5" in seen
    hand.picture("10-closed")
