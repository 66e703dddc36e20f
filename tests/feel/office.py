"""The data, the instant and the calendar that the tests of everyday expressions share."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from engine.feel import Surroundings, Time, compile_expression, text_of

DATA: dict[str, Any] = {
    "诉求类别": "噪声扰民",
    "类别": "A",
    "金额": 250,
    "申请 金额": 300,
    "年龄": 36,
    "标题": "小区夜间施工噪声",
    "电话": "13812345678",
    "备注": None,
    "受理日": "2026-03-31",
    "时间": Time(9, 30, 0),
    "申请人": {"姓名": "李四", "住址": {"街道": "青石街", "门牌": 12}},
    "材料": [
        {"名称": "身份证", "页数": 1, "已交": True},
        {"名称": "申请表", "页数": 2, "已交": True},
        {"名称": "房产证", "页数": 4, "已交": False},
    ],
}
NAMES = tuple(DATA)
FRIDAY = 4


class PlainWeeks:
    """A calendar without holidays: Monday to Friday are working days, in the year 2026 only."""

    def is_working(self, day: date) -> bool:
        """Say whether the day is no weekend."""
        if day.year != 2026:
            raise LookupError(day)
        return day.weekday() <= FRIDAY

    def add_working_days(self, day: date, count: int) -> date:
        """Step to the working day."""
        step = timedelta(days=1 if count > 0 else -1)
        left = abs(count)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Count the working days after the start, up to the end."""
        if end < start:
            return -self.working_days_between(end, start)
        days = (end - start).days
        return sum(self.is_working(start + timedelta(days=number)) for number in range(1, days + 1))


NOW = datetime(2026, 3, 31, 1, 30, tzinfo=UTC)
SURROUNDINGS = Surroundings(now=NOW, calendar=PlainWeeks())


def said(text: str) -> str:
    """Return the value of an expression over the shared data as FEEL text; whatever has no value is null."""
    value, _ = compile_expression(text, names=NAMES).evaluate_with_warnings(DATA, surroundings=SURROUNDINGS)
    return text_of(value)
