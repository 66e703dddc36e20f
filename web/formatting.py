"""Filters and figures for the templates. Local dates exist only here and in the calendar."""

from datetime import date, datetime, timedelta
from typing import Any

from flask import Flask
from flask_babel import gettext, ngettext
from markupsafe import Markup

from engine.domain.deadlines import elapsed_working_days, remaining_working_days
from engine.domain.errors import CalendarEnds
from engine.domain.local_time import SHANGHAI, local_date
from web import charts, current
from web.language import later

WEEKDAYS = (
    later("Monday"),
    later("Tuesday"),
    later("Wednesday"),
    later("Thursday"),
    later("Friday"),
    later("Saturday"),
    later("Sunday"),
)
SOON = 1  # working days left at which a light turns yellow


def local(instant: datetime | str | None, pattern: str = "%Y-%m-%d %H:%M") -> str:
    """Return an instant in Shanghai's time."""
    if instant is None:
        return ""
    moment = datetime.fromisoformat(instant) if isinstance(instant, str) else instant
    return moment.astimezone(SHANGHAI).strftime(pattern)


def ended(instant: datetime | str | None, pattern: str = "%Y-%m-%d") -> str:
    """Return an instant at which something ran out; midnight belongs to the day that ends: 2026-11-26 24:00."""
    if instant is None:
        return ""
    moment = (datetime.fromisoformat(instant) if isinstance(instant, str) else instant).astimezone(SHANGHAI)
    if (moment.hour, moment.minute, moment.second) == (23, 59, 59):  # so starts the limit that follows one that ran out
        return f"{moment.strftime(pattern)} 24:00"
    if (moment.hour, moment.minute, moment.second) != (0, 0, 0):
        return moment.strftime(f"{pattern} %H:%M")
    return f"{(moment - timedelta(days=1)).strftime(pattern)} 24:00"


def long_date(day: date | datetime) -> str:
    """Return a day as a letter writes it: 2026年11月24日."""
    local_day = local_date(day) if isinstance(day, datetime) else day
    return gettext("%(year)s-%(month)s-%(day)s", year=local_day.year, month=local_day.month, day=local_day.day)


def weekday(day: date | datetime) -> str:
    """Return the weekday's name."""
    moment = day.astimezone(SHANGHAI) if isinstance(day, datetime) else day
    return gettext(WEEKDAYS[moment.weekday()])


def light_of(due_at: datetime | None, due_date: date | None, stopped: datetime | None = None) -> str:
    """Return a clock's light: done | paused | red | yellow | green."""
    if stopped is not None:
        return "done"
    if due_at is None or due_date is None:
        return "paused"
    if due_at <= current.now():
        return "red"
    left = remaining(due_date)
    return "yellow" if left is not None and left <= SOON else "green"


def left_text(due_date: date | None) -> str:
    """Return "2 working days left", "due today", or "1 working day over"."""
    if due_date is None:
        return ""
    left = remaining(due_date)
    if left is None:
        return ""
    if left == 0 and due_date >= current.now().astimezone(SHANGHAI).date():
        return gettext("due today")
    if left > 0:
        return ngettext("%(num)d working day left", "%(num)d working days left", left)
    return ngettext("%(num)d working day over", "%(num)d working days over", max(1, -left))


def days_used(started_at: datetime) -> int:
    """Return the working days since a clock started, today included."""
    return elapsed(started_at, current.now()) or 0


def elapsed(start: datetime, until: datetime) -> int | None:
    """
    Return the working days begun since the day of the start, at least 0; None outside the calendar's table.

    Midnight, at which limits run out, belongs to the day that ends.
    """
    try:
        return max(0, elapsed_working_days(current.calendar(), start, until - timedelta(seconds=1)))
    except CalendarEnds:
        return None


def remaining(due_date: date) -> int | None:
    """Return the working days left until a day, negative once it is over; None outside the calendar's table."""
    try:
        return remaining_working_days(current.calendar(), current.now(), due_date)
    except CalendarEnds:
        return None


def took_text(begun: datetime, ended_at: datetime | None) -> str:
    """Return how long something took, until now where it goes on: "within the day", or working days."""
    days = elapsed(begun, ended_at or current.now())
    if days is None:
        return ""
    return ngettext("%(num)d working day", "%(num)d working days", days) if days else gettext("within the day")


def icon(name: str, css: str = "") -> Markup:
    """Return an icon of the sprite; it says nothing to a screen reader."""
    return Markup('<svg class="icon i {}" aria-hidden="true"><use href="/static/icons.svg#{}"></use></svg>').format(
        css, name
    )


def install(app: Flask) -> None:
    """Give the templates their filters and figures."""
    app.jinja_env.filters.update(local=local, weekday=weekday, ended=ended, long_date=long_date, plainly=plainly)
    figures: dict[str, Any] = {
        "icon": icon,
        "light_of": light_of,
        "left_text": left_text,
        "days_used": days_used,
        "spark": charts.spark,
        "meter": charts.meter,
        "bar": charts.bar,
        "trend": charts.trend,
    }
    app.jinja_env.globals.update(figures)


def plainly(value: object) -> str:
    """Return a value of a decision as people read it: yes and no, — for nothing, lists and contexts in one line."""
    match value:
        case None:
            return "—"
        case bool():
            return gettext("yes") if value else gettext("no")
        case list():
            return "、".join(plainly(item) for item in value)
        case dict():
            return "; ".join(f"{key} = {plainly(item)}" for key, item in value.items())
        case _:
            return str(value)
