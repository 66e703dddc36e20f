"""Shapes a case for its page: clocks with their counted days, the timeline, the drawing's state."""

from dataclasses import dataclass
from typing import Any

from engine.domain.clock_ledger import LedgerEntry, extension_of, pauses_of
from engine.domain.counting import CountedDay, explain
from engine.domain.limits import Rule
from engine.readmodels import dossier, flags
from engine.readmodels.tasks import of_case
from forms.showing import displayed
from web import current
from web.desk.forms import form_of, units
from web.formatting import elapsed, left_text, light_of, took_text
from web.wording import event_text

FLAG_READERS = ("supervisor", "efficiency_office", "duty_leader")
QUIET = frozenset({"timer.fired", "applicant.told", "task.opened"})  # not shown in the short timeline


@dataclass(frozen=True)
class ClockView:
    """A clock as the page shows it."""

    facts: dossier.ClockFacts
    light: str
    left: str
    used: int
    limit: int
    days: tuple[CountedDay, ...]
    paused: bool


@dataclass(frozen=True)
class StepView:
    """A task as the page tells it; `form` is [(section, [(label, text)])], empty while nothing was handed in."""

    facts: dossier.StepFacts
    took: str
    form: list[tuple[str, list[tuple[str, str]]]]


def clock_views(case_id: str) -> list[ClockView]:
    """Return the case's own clocks, those that run first; the reviews of flags have theirs on the flag's page."""
    views = [_clock_view(clock) for clock in dossier.clocks_of(current.session(), case_id) if clock.kind == "main"]
    return sorted(views, key=lambda view: view.facts.stopped_at is not None)


def side_of(case_id: str) -> dict[str, Any]:
    """Return what stands beside a task: the case's facts, clocks, timeline and documents."""
    session = current.session()
    return {
        "case": dossier.case_by(session, case_id=case_id),
        "clocks": clock_views(case_id),
        "timeline": timeline(case_id, quiet=True),
        "documents": dossier.documents_of(session, case_id),
        "register": registration(case_id),
    }


def timeline(case_id: str, *, quiet: bool) -> list[tuple[dossier.EventFacts, str]]:
    """Return what happened, in words; without the small things when `quiet`."""
    rows = dossier.events_of(current.session(), case_id)
    if not current.actor().has_any(*FLAG_READERS):
        apart = dossier.review_tasks(current.session(), case_id)
        rows = [row for row in rows if not _of_a_flag(row, apart)]
    return [(row, event_text(row.type, row.data)) for row in rows if not quiet or row.type not in QUIET]


def _of_a_flag(row: dossier.EventFacts, apart: set[str]) -> bool:
    """Return whether an event is about a flag or its review, which not everybody reads."""
    return row.type.startswith("flag.") or row.data.get("task") in apart or row.data.get("about") == "flag_review"


def registration(case_id: str) -> dict[str, Any]:
    """Return what was registered."""
    done = dossier.forms_of(current.session(), case_id)
    return next((form.values for form in done if form.form == "register"), {})


def step_views(case_id: str) -> list[StepView]:
    """Return the main process's tasks in order, each with who held it, how long, and its form in the reader's words."""
    main = next(i for i in dossier.instances_of(current.session(), case_id) if i.kind == "main")
    names = units()
    return [
        StepView(
            facts=step,
            took=took_text(step.opened_at, step.closed_at),
            form=displayed(form_of(main, step.form), step.values, names) if step.form and step.values else [],
        )
        for step in dossier.steps_of(current.session(), case_id)
    ]


def drawing_state(case_id: str) -> dict[str, Any]:
    """Return what the drawing marks: where tokens are, what was walked, who holds what."""
    main = next(i for i in dossier.instances_of(current.session(), case_id) if i.kind == "main")
    tokens: list[dict[str, Any]] = []
    for row in of_case(current.session(), case_id):
        light = light_of(row.due_at, row.due_date)
        label = " · ".join(part for part in (row.holder, left_text(row.due_date) if row.due_at else "") if part)
        tokens.append({"id": row.element_id, "label": label, "overdue": light == "red"})
    done = [f for f in main.passed if not f.startswith("flow_")]
    return {"done": done, "flows": [f for f in main.passed if f.startswith("flow_")], "tokens": tokens, "notes": []}


def flags_seen(case_id: str) -> list[flags.FlagRow]:
    """Return the flags the reader may see: all for those who oversee, else one's own."""
    rows = flags.flags_of_case(current.session(), case_id)
    who = current.actor()
    if who.has_any(*FLAG_READERS):
        return rows
    return [row for row in rows if row.holder_id == who.id]


def _clock_view(clock: dossier.ClockFacts) -> ClockView:
    limit = clock.rule["limit"] + (clock.rule["extension_limit"] if clock.extended else 0)
    ran_out = bool(clock.due_at and clock.stopped_at and clock.stopped_at >= clock.due_at)
    used = elapsed(clock.started_at, clock.stopped_at or current.now()) or 0
    return ClockView(
        facts=clock,
        light="red" if ran_out else light_of(clock.due_at, clock.due_date, clock.stopped_at),
        left=left_text(clock.due_date) if clock.stopped_at is None else "",
        used=used,
        limit=limit,
        days=_counted(clock),
        paused=clock.due_at is None and clock.stopped_at is None,
    )


def _counted(clock: dossier.ClockFacts) -> tuple[CountedDay, ...]:
    rule = Rule(clock.rule["unit"], clock.rule["limit"], clock.rule["end"], clock.rule["start_policy"])
    ledger = [
        LedgerEntry(**{name: getattr(line, name) for name in LedgerEntry.__dataclass_fields__}) for line in clock.ledger
    ]
    return explain(current.calendar(), rule, clock.started_at, pauses_of(ledger), extension_of(ledger))


def stages_of(manifest: dict[str, Any], passed: set[str], now_at: str, *, closed: bool) -> list[tuple[str, str]]:
    """Return [(stage, "done" | "now" | "")] in order: what the case went through, where it is, what may still come."""
    titles = [stage["title"] for stage in manifest["stages"]]
    place = titles.index(now_at) if now_at in titles and not closed else len(titles)
    walked = {stage["title"] for stage in manifest["stages"] if passed & set(stage["elements"])}
    return [
        (title, "now" if index == place else "done" if index < place else "")
        for index, title in enumerate(titles)
        if index >= place or title in walked
    ]


def stage_of(manifest: dict[str, Any], elements: set[str]) -> str:
    """Return the name of the latest stage that one of the open elements belongs to, "" where none does."""
    found = [stage["title"] for stage in manifest["stages"] if elements & set(stage["elements"])]
    return str(found[-1]) if found else ""
