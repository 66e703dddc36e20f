"""The command line's `deadlines …`: check worked examples, show how a limit is counted, load days."""

import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import NoReturn

import click
from flask.cli import AppGroup
from flask_babel import gettext

from engine.commands.load_calendar import LoadCalendar
from engine.domain.actors import SYSTEM
from engine.domain.counting import CountedDay, explain
from engine.domain.deadlines import Deadline, compute
from engine.domain.errors import EngineError
from engine.domain.limits import ENDS, START_POLICIES, UNITS, Rule
from engine.domain.local_time import SHANGHAI, midnight_of
from engine.holidays.build import national_calendar
from engine.holidays.worked_examples import check_file
from engine.readmodels.forecast import clocks_due, timers_due
from engine.timers.recounting import recount_all
from web import current
from web.formatting import ended, weekday
from web.wording import day_reason, words

BAD_INPUT = 2  # exit code; 1 says that an example came out otherwise than written
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
deadlines = AppGroup("deadlines", help="Check and show how working days are counted; load a calendar.")


@deadlines.command("check")
@click.argument("file", type=FILE)
def check_deadlines(file: Path) -> None:
    """Run a FILE of worked deadlines; print each difference and passed/total; exit 1 when there is one."""
    try:
        report = check_file(file)
    except EngineError as error:
        _refuse(error)
    for each in report.differences:
        found = {"id": each.id, "field": each.field, "expected": each.expected, "got": each.got}
        click.echo(gettext("%(id)s: %(field)s should be %(expected)s, but is %(got)s", **found))
    for name, day in report.outside.items():
        click.echo(gettext("%(id)s: the calendar does not reach %(day)s", id=name, day=day), err=True)
    click.echo(f"{report.passed}/{report.total}")
    if report.outside:
        sys.exit(BAD_INPUT)
    sys.exit(0 if report.passed == report.total else 1)


@deadlines.command("show")
@click.option("--start", type=datetime.fromisoformat, required=True, help="2026-11-23T10:00, in Shanghai's time.")
@click.option("--limit", type=int, required=True)
@click.option("--unit", type=click.Choice(UNITS), default=UNITS[0], show_default=True)
@click.option("--end", type=click.Choice(ENDS), default=ENDS[0], show_default=True, help="When the last day ends.")
@click.option("--policy", type=click.Choice(START_POLICIES), default=START_POLICIES[0], show_default=True)
@click.option("--installed", is_flag=True, help="Count by this installation's calendar, not by the nation's alone.")
def show_deadline(start: datetime, *, installed: bool, **rule: str | int) -> None:
    """Print how a limit is counted, a day a line with its source, and when it runs out."""
    begun = start if start.tzinfo else start.replace(tzinfo=SHANGHAI)
    try:
        limit = Rule(str(rule["unit"]), int(rule["limit"]), str(rule["end"]), str(rule["policy"]))
        calendar = current.parts().bus.calendar() if installed else national_calendar()
        deadline = compute(calendar, limit, begun)
        days = explain(calendar, limit, begun)
    except EngineError as error:
        _refuse(error)
    for day in days:
        click.echo(_line(day))
    click.echo(_end(deadline))


@deadlines.command("due")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day, as 2026-11-27.")
def show_due(on: datetime) -> None:
    """Print which limits of open cases run out by the end of a day, and which timers fire, unless somebody acts."""
    ends = midnight_of(on.date() + timedelta(days=1))
    with current.parts().sessions() as session:
        now = current.parts().bus.clock.now()
        due, firing = clocks_due(session, now, ends), timers_due(session, now, ends)
    for each in due:
        holders = "、".join(each.holders) if each.holders else gettext("nobody yet")
        provisional = gettext("provisional") if each.provisional else ""
        click.echo("  ".join(filter(None, (ended(each.due_at), each.number, each.clock, holders, provisional))))
    click.echo(gettext("%(due)s limits run out and %(firing)s timers fire by then.", due=len(due), firing=len(firing)))


@deadlines.command("load")
@click.argument("file", type=FILE, required=False)
def load_days(file: Path | None) -> None:
    """Load days from FILE (a province's, a city's, a centre's; without FILE the nation's); recount what is open."""
    try:
        local = file.read_text(encoding="utf-8") if file else None
        count = current.parts().bus.execute(LoadCalendar(local=local), SYSTEM)
        moved = recount_all(current.parts().bus, current.parts().sessions)
    except EngineError as error:
        _refuse(error)
    except UnicodeDecodeError:
        click.echo(gettext("The file cannot be read as a calendar."), err=True)
        sys.exit(BAD_INPUT)
    click.echo(gettext("%(num)s exceptional days loaded; %(moved)s deadlines moved", num=count, moved=moved))


def _line(day: CountedDay) -> str:
    place = gettext("day %(n)s", n=day.ordinal) if day.ordinal else "—"
    parts = (day_reason(day.reason_code), day.name, day.source)
    return f"{day.day} {weekday(day.day)} {place} " + " · ".join(part for part in parts if part)


def _end(deadline: Deadline) -> str:
    """Return when the limit runs out and, while that is provisional, what it can still become."""
    moment = ended(deadline.due_at)
    if not deadline.provisional:
        return gettext("due on %(moment)s", moment=moment)
    span = {"first": deadline.due_min, "last": deadline.due_max}
    return gettext("due on %(moment)s (provisional: from %(first)s to %(last)s)", moment=moment, **span)


def _refuse(error: EngineError) -> NoReturn:
    click.echo(words(error), err=True)
    sys.exit(BAD_INPUT)
