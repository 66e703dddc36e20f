"""Decision models as the window would draw them: routing, lamps, slips, authority and limits by tier."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from engine.dmn import check
from engine.dmn.decide import decide
from engine.dmn.errors import DecisionFailed
from engine.dmn.language import Surroundings
from engine.feel import to_json

SAMPLES = Path(__file__).parent / "data"


class WeekdayCalendar:
    """An office that works from Monday to Friday."""

    def is_working(self, day: date, /) -> bool:
        """Say whether the day is one of them."""
        return day.isoweekday() < 6

    def add_working_days(self, day: date, days: int, /) -> date:
        """Return the working day so many after `day`."""
        ahead = [day + timedelta(each) for each in range(1, 3 * days + 3)]
        return [each for each in ahead if self.is_working(each)][days - 1]

    def working_days_between(self, after: date, until: date, /) -> int:
        """Return how many working days lie in (after, until]."""
        between = [after + timedelta(each) for each in range(1, (until - after).days + 1)]
        return sum(map(self.is_working, between))


SURROUNDINGS = Surroundings(now=datetime(2026, 3, 6, 2, 0, tzinfo=UTC), calendar=WeekdayCalendar())


def answer(sample: str, decision: str, **data: object) -> object:
    return to_json(decide((SAMPLES / f"{sample}.dmn").read_bytes(), decision, data, SURROUNDINGS)[0])


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.dmn")), ids=lambda path: path.stem)
def test_a_sample_has_no_problems(sample: Path):
    assert check(sample.read_bytes()) == []


@pytest.mark.parametrize(
    ("category", "amount", "department", "partner"),
    [
        ("消费", 60_000, "市市场监督管理局", "市公安局"),  # the first of the two rules that fire
        ("消费", 300, "市市场监督管理局", None),
        ("社保", None, "市人力资源和社会保障局", None),
        ("其他", None, "综合协调岗", None),  # the default
    ],
)
def test_a_case_is_routed_to_its_department(category: str, amount: int | None, department: str, partner: str | None):
    assert answer("routing", "派单", 诉求类别=category, 涉及金额=amount) == {
        "主办单位": department,
        "协办单位": partner,
    }


def test_the_ground_of_a_routing_is_kept():
    _, trace = decide((SAMPLES / "routing.dmn").read_bytes(), "派单", {"诉求类别": "房产", "涉及金额": 0}, SURROUNDINGS)

    assert trace[0]["tables"][0]["fired"][0]["annotations"] == {"依据": "职责清单第7项"}


def test_a_category_that_the_table_does_not_list_is_an_error():
    with pytest.raises(DecisionFailed) as failure:
        answer("routing", "派单", 诉求类别="宠物", 涉及金额=0)
    assert failure.value.facts["column"] == "诉求类别"


@pytest.mark.parametrize(
    ("left", "paused", "lamp"),
    [(-1, False, "红"), (0, False, "黄"), (1, False, "黄"), (2, False, "绿"), (-5, True, "灰")],
)
def test_the_lamp_with_the_highest_priority_is_lit(left: int, paused: bool, lamp: str):
    assert answer("lamp", "灯", 剩余工作日=left, 已停表=paused) == lamp


@pytest.mark.parametrize(
    ("late", "before", "colours"),
    [(3, None, ["蓝"]), (2, None, []), (1, "蓝", ["橙"]), (1, "橙", ["红"]), (9, "红", [])],
)
def test_slips_climb_from_colour_to_colour(late: int, before: str | None, colours: list[str]):
    slips = answer("slips", "应发督查单", 逾期工作日=late, 前单颜色=before)

    assert [slip["颜色"] for slip in slips] == colours


def test_an_office_has_the_means_that_its_rank_allows():
    assert answer("authority", "可用方式", 机关级别="市", 对象级别="科级") == ["批评教育", "通报批评", "调整岗位"]
    assert answer("authority", "可用方式", 机关级别="县", 对象级别="处级") == ["批评教育", "移送建议"]


def test_a_service_gives_tier_and_due_date_in_working_days():
    request = {"类别": "融资", "涉及部门数": 2, "受理日": "2026-03-06"}

    assert answer("tiers", "限时办理", 诉求=request) == {
        "定档": "复杂",
        "办结时限": {"工作日": 5, "到期日": "2026-03-13"},
    }


def test_the_data_that_a_decision_does_not_ask_for_is_left_alone():
    request = {"类别": "政策", "涉及部门数": 1, "受理日": "2026-03-06", "附件": object()}

    with pytest.raises(DecisionFailed):
        answer("tiers", "定档", 诉求=request)
    assert answer("tiers", "定档", 诉求=request | {"附件": None}, 照片=object()) == "简单"
