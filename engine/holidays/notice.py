"""
A year's notice of the State Council, as its text is published or as a JSON file, read into plain rows.

Each printed weekday and each printed number of days is checked: what does not agree with the calendar is refused by
name, for then either the text or our reading of it is wrong.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from engine.domain.errors import Invalid
from engine.domain.local_time import SATURDAY
from engine.holidays.file_fields import Fields
from engine.holidays.local_calendar import KINDS, Row

WEEKDAYS = "一二三四五六日"
FESTIVALS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
TITLE = re.compile(r"关于(\d{4})年部分节假日安排")
NUMBER = re.compile(r"国办发[^〔\d]*〔\d{4}〕\d+号")
ITEM = re.compile(r"[一二三四五六七八九十]+、([^：:。]{2,12})[：:]([^\n]*)")
DAY = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:[（(]([^）)]*)[）)])?"
ONE = re.compile(DAY)
SPAN = re.compile(f"{DAY}(?:至{DAY})?")
LENGTH = re.compile(r"共(\d+)天")
LONGEST = 15  # days in a row; more is a misreading


@dataclass(frozen=True)
class YearNotice:
    """What a notice says: its year, the document's number, and the days {day, kind, name, source} in order."""

    year: int
    source: str
    days: list[Row]


def read_notice(text: str) -> YearNotice:
    """Return what a notice says, from its published text or a JSON file. Raises Invalid naming what is wrong."""
    return _from_json(text) if text.lstrip().startswith("{") else _from_text(text)


def _from_text(text: str) -> YearNotice:
    title, number = TITLE.search(text), NUMBER.search(text)
    if title is None or number is None:
        raise Invalid(reason="notice_head")
    year, source = int(title[1]), number[0]
    days: dict[date, Row] = {}
    for name, sentences in ITEM.findall(text):
        if any(festival in name for festival in FESTIVALS):
            for day, kind in _item(sentences, year):
                _add(days, {"day": day, "kind": kind, "name": _named(name, kind), "source": source})
    return _whole(year, source, days)


def _item(sentences: str, year: int) -> Iterator[tuple[date, str]]:
    """Yield the days of one festival, off and worked."""
    for sentence in sentences.split("。"):
        if "鼓励" in sentence:
            continue  # an encouragement makes no holiday: 2024-02-09 was a working day
        if "放假" in sentence:
            yield from ((day, "off") for day in _break(sentence, year))
        elif sentence.endswith("上班"):
            yield from ((day, "work") for day in _listed(sentence, year))


def _break(sentence: str, year: int) -> list[date]:
    found = SPAN.search(sentence)
    if found is None:
        raise Invalid(reason="notice_sentence", sentence=sentence)
    first = _date(found.groups()[:4], year, 0)
    last = _date(found.groups()[4:], first.year, first.month) if found[7] else first
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    length = LENGTH.search(sentence)
    if not 0 < len(days) <= LONGEST or (length is not None and int(length[1]) != len(days)):
        raise Invalid(reason="notice_length", sentence=sentence)
    return days


def _listed(sentence: str, year: int) -> Iterator[date]:
    month = 0
    for found in ONE.finditer(sentence):
        day = _date(found.groups(), year, month)
        month = day.month
        yield day


def _date(parts: tuple[str | None, ...], year: int, month: int) -> date:
    """Return a printed date; the year and the month may be those before it. Its weekday is checked."""
    own_year, own_month, number, note = parts
    try:
        day = date(int(own_year or year), int(own_month or month), int(number or 0))
    except ValueError as error:
        raise Invalid(reason="notice_day", day=f"{own_year or year}-{own_month or month}-{number}") from error
    printed = re.search(r"(?:周|星期)([一二三四五六日])", note or "")
    if printed is not None:
        _require_weekday(day, printed[1])
    return day


def _require_weekday(day: date, printed: str) -> None:
    real = WEEKDAYS[day.weekday()]
    if printed != real:
        raise Invalid(reason="notice_weekday", day=day.isoformat(), printed=f"周{printed}", real=f"周{real}")


def _from_json(text: str) -> YearNotice:
    """Return a file's notice: {"year", "source", "days": [{day, weekday "周四", kind "off"|"work", name}]}."""
    try:
        content = json.loads(text)
    except ValueError as error:
        raise Invalid(reason="calendar_unreadable", detail=str(error)) from error
    whole = Fields(content, case="", reason="calendar_field")
    year, source = whole.number("year"), whole.text("source").strip()
    days: dict[date, Row] = {}
    for fields in whole.listed("days"):
        day = fields.read("day", date.fromisoformat, fields.text("day"))
        _require_weekday(day, fields.text("weekday").removeprefix("星期").removeprefix("周"))
        kind = fields.one_of("kind", KINDS)
        _add(days, {"day": day, "kind": kind, "name": fields.text("name").strip(), "source": source})
    return _whole(year, source, days)


def _add(days: dict[date, Row], row: dict[str, Any]) -> None:
    if row["day"] in days:
        raise Invalid(reason="calendar_kind", day=row["day"].isoformat())
    days[row["day"]] = row


def _named(name: str, kind: str) -> str:
    return f"{name}调休上班" if kind == "work" else name


def _whole(year: int, source: str, days: dict[date, Row]) -> YearNotice:
    """Return the notice; raises Invalid where a festival is missing, a day lies outside, or work is on a weekday."""
    names = "".join(row["name"] for row in days.values() if row["kind"] == "off")
    missing = [festival for festival in FESTIVALS if festival not in names]
    if missing:
        raise Invalid(reason="notice_festival", missing="、".join(missing))
    for row in days.values():
        within = date(year - 1, 12, 1) <= row["day"] <= date(year, 12, 31)
        if not within or (row["kind"] == "work" and row["day"].weekday() < SATURDAY):
            raise Invalid(reason="notice_day", day=row["day"].isoformat())
    return YearNotice(year, source, [days[day] for day in sorted(days)])
