"""Pages of interventions: running processes, one case, and moving cases to a version, rehearsed or done."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engine.commands.change_variables import ChangeVariables
from engine.commands.inspect_instance import InspectInstance
from engine.commands.migrate_case import MigrateCase
from engine.commands.move_token import MoveToken
from engine.commands.retry_timer import RetryTimer
from engine.commands.undo_intervention import UndoIntervention
from engine.domain.errors import EngineError, NotFound, Refused
from engine.readmodels.interventions import RunningInstance, running_instances, stuck_timers, versions
from web import current
from web.access import allow
from web.wording import OBSTACLES, words

pages = Blueprint("interventions", __name__)


@pages.get("/interventions")
@allow("admin")
def index() -> ResponseReturnValue:
    """Show the running processes with their versions."""
    return _index([])


@pages.post("/interventions/versions")
@allow("admin")
def migrate() -> ResponseReturnValue:
    """Move the chosen processes to a version, each by itself, or say of each whether it would go."""
    chosen = set(request.form.getlist("instance"))
    rows = [row for row in running_instances(current.session()) if row.id in chosen]
    return _index([(row, _migrated(row)) for row in rows])


@pages.get("/interventions/<case_id>")
@allow("admin")
def show(case_id: str) -> ResponseReturnValue:
    """Show what an administrator may do to a case."""
    rows = running_instances(current.session(), case_id)
    if not rows:
        raise NotFound(what="case")
    stuck = stuck_timers(current.session(), case_id)
    seen = [(row, current.execute(InspectInstance(case_id=case_id, instance_id=row.id))) for row in rows]
    return render_template("interventions/show.html", seen=seen, case=rows[0], stuck=stuck)


@pages.post("/interventions/<case_id>/move")
@allow("admin")
def move(case_id: str) -> ResponseReturnValue:
    """Move a token."""
    token_id, element = _given("token"), _given("element")
    command = MoveToken(
        case_id=case_id, instance_id=_given("instance"), token_id=token_id, element=element, reason=_given("reason")
    )
    return _done(command, case_id)


@pages.post("/interventions/<case_id>/variable")
@allow("admin")
def change(case_id: str) -> ResponseReturnValue:
    """Change a variable."""
    name, value = _given("name"), _given("value")
    command = ChangeVariables(
        case_id=case_id, instance_id=_given("instance"), name=name, value=value, reason=_given("reason")
    )
    return _done(command, case_id)


@pages.post("/interventions/<case_id>/undo")
@allow("admin")
def undo(case_id: str) -> ResponseReturnValue:
    """Take the last intervention back."""
    instance_id = _given("instance")
    return _done(UndoIntervention(case_id=case_id, instance_id=instance_id, reason=_given("reason")), case_id)


@pages.post("/interventions/<case_id>/retry")
@allow("admin")
def retry(case_id: str) -> ResponseReturnValue:
    """Let a stuck timer be tried again."""
    return _done(RetryTimer(timer_id=_given("timer"), reason=_given("reason")), case_id)


def _given(name: str) -> str:
    return request.form.get(name, "")


def _done(command: object, case_id: str) -> ResponseReturnValue:
    try:
        current.execute(command)
    except Refused:  # what the diagram does there at once belongs to somebody else, such as answering a flag
        flash(gettext("What is done at once there belongs to somebody else; nothing was changed."), "error")
    else:
        flash(gettext("Done; it stands in the record of the case."), "success")
    still = running_instances(current.session(), case_id)
    return redirect(url_for(".show", case_id=case_id) if still else url_for(".index"), code=303)


def _migrated(row: RunningInstance) -> list[str]:
    """Return what stood in the way of one process, in words; [] when it moved, or would."""
    command = MigrateCase(
        case_id=row.case_id,
        instance_id=row.id,
        digest=_given("digest"),
        reason=_given("reason"),
        rehearse=_given("do") != "move",
    )
    try:
        found = current.execute(command)
    except EngineError as error:
        return [words(error)]
    return [f"{obstacle.element}: {gettext(OBSTACLES[obstacle.reason])}" for obstacle in found]


def _index(results: list[tuple[RunningInstance, list[str]]]) -> str:
    session = current.session()
    moved = _given("do") == "move"
    rows = running_instances(session)
    return render_template(
        "interventions/index.html", rows=rows, versions=versions(session), results=results, moved=moved
    )
