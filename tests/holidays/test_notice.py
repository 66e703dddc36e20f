"""The State Council's notice, read as it is published."""

import json

import pytest

from engine.domain.errors import Invalid
from engine.holidays.notice import read_notice
from engine.holidays.seed import national_days

HEAD = "国务院办公厅关于2026年部分节假日安排的通知\n国办发明电〔2025〕7号\n"
OF_2026 = (
    HEAD
    + """
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。
"""
)


def test_the_published_text_gives_the_days_the_library_has():
    found = [(row["day"], row["kind"]) for row in read_notice(OF_2026).days]

    assert found == [(row["day"], row["kind"]) for row in national_days(2026, 2026)]


def test_each_day_names_its_festival_and_the_document():
    notice = read_notice(OF_2026)

    assert (notice.year, notice.source) == (2026, "国办发明电〔2025〕7号")
    by_day = {str(row["day"]): row for row in notice.days}
    assert by_day["2026-10-10"]["name"] == "国庆节调休上班"
    assert by_day["2026-02-15"]["source"] == "国办发明电〔2025〕7号"


def test_an_encouragement_makes_no_holiday():
    text = OF_2026.replace("共9天。", "共9天。鼓励各单位安排职工在2月14日（周六）休息，放假。")

    assert read_notice(text).days == read_notice(OF_2026).days


def test_a_break_may_begin_in_the_december_before():
    text = OF_2026.replace(
        "1月1日（周四）至3日（周六）放假调休，共3天", "2025年12月31日（周三）至2026年1月3日（周六）放假调休，共4天"
    )

    assert str(read_notice(text).days[0]["day"]) == "2025-12-31"


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("10月10日（周六）", "10月10日（周日）", "notice_weekday"),
        ("1月1日（周四）", "1月1日（星期五）", "notice_weekday"),
        ("共9天", "共8天", "notice_length"),
        ("三、清明节", "三、寒衣节", "notice_festival"),
        ("2月28日（周六）", "2月30日", "notice_day"),
        ("2月28日（周六）", "2月27日", "notice_day"),  # a Friday is worked anyhow
        ("2月14日（周六）", "2月15日（周日）", "calendar_kind"),  # off and worked
        ("关于2026年部分节假日安排", "关于放假", "notice_head"),
        ("国办发明电〔2025〕7号", "", "notice_head"),
        ("6月19日（周五）至21日（周日）放假", "放假", "notice_sentence"),
    ],
)
def test_a_text_that_does_not_agree_with_itself_is_refused(before: str, after: str, reason: str):
    with pytest.raises(Invalid) as caught:
        read_notice(OF_2026.replace(before, after))

    assert caught.value.facts["reason"] == reason


def file_of(text: str) -> dict[str, object]:
    """Return the notice as a file says it."""
    notice = read_notice(text)
    days = [
        {"day": str(row["day"]), "weekday": "周" + "一二三四五六日"[row["day"].weekday()],
         "kind": row["kind"], "name": row["name"]}
        for row in notice.days
    ]  # fmt: skip
    return {"year": notice.year, "source": notice.source, "days": days}


def test_a_file_says_the_same_as_the_text():
    assert read_notice(json.dumps(file_of(OF_2026))) == read_notice(OF_2026)


def test_a_wrong_weekday_in_a_file_is_refused():
    text = json.dumps(file_of(OF_2026), ensure_ascii=False).replace('"周四"', '"周五"', 1)

    with pytest.raises(Invalid):
        read_notice(text)
