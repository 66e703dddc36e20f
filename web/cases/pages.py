"""Pages of a case."""

from datetime import datetime

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engine.commands.enter_late_pause import EnterLatePause
from engine.commands.keep_pdf import KeepPdf
from engine.commands.pause_clock import PauseClock
from engine.commands.resume_clock import ResumeClock
from engine.documents.letters import Letter, render_pdf
from engine.domain.actors import SYSTEM
from engine.domain.errors import Invalid, NotFound
from engine.domain.local_time import SHANGHAI
from engine.readmodels import dossier
from engine.readmodels.desk import find_cases, may_read
from engine.readmodels.tasks import of_case
from web import current
from web.access import OVERSIGHT, STAFF, allow
from web.cases import view
from web.wording import outcome_text

pages = Blueprint("cases", __name__)
READERS = (*STAFF, *OVERSIGHT)
SEES_ALL = ("supervisor", "duty_leader", "efficiency_office", "team_lead", "team_deputy", "window_clerk")


@pages.get("/cases")
@allow(*READERS)
def search() -> ResponseReturnValue:
    """Find cases by number, title, applicant or telephone."""
    words = request.args.get("q", "").strip()[:60]
    who = current.actor()
    rows = find_cases(current.session(), words, None if who.has_any(*SEES_ALL) else who.id)
    return render_template("cases/search.html", words=words, rows=rows)


@pages.get("/cases/<case_id>")
@allow(*READERS)
def show(case_id: str) -> ResponseReturnValue:
    """Show a case."""
    case = _case(case_id)
    return render_template(
        "cases/show.html",
        case=case,
        register=view.registration(case_id),
        tasks=of_case(current.session(), case_id),
        clocks=view.clock_views(case_id),
        steps=view.step_views(case_id),
        timeline=view.timeline(case_id, quiet=False),
        documents=dossier.documents_of(current.session(), case_id),
        flags=view.flags_seen(case_id),
        rating=dossier.rating_of(current.session(), case_id),
        outcome=outcome_text(case.outcome, _main(case_id).manifest["outcomes"]),
    )


@pages.get("/cases/<case_id>/diagram.bpmn")
@allow(*READERS)
def diagram(case_id: str) -> ResponseReturnValue:
    """Return the drawing that the case runs by."""
    _case(case_id)
    return _main(case_id).xml, 200, {"Content-Type": "application/xml; charset=utf-8"}


@pages.get("/cases/<case_id>/diagram.json")
@allow(*READERS)
def diagram_state(case_id: str) -> ResponseReturnValue:
    """Return what the drawing marks."""
    _case(case_id)
    return jsonify(view.drawing_state(case_id))


@pages.get("/documents/<document_id>.pdf")
@allow(*READERS)
def document(document_id: str) -> ResponseReturnValue:
    """Return a document's bytes."""
    found = dossier.document_by_id(current.session(), document_id)
    if found is None:
        raise NotFound(what="document")
    _case(found.case_id)
    return answer_pdf(found)


@pages.post("/cases/<case_id>/clocks/<clock_id>/pause")
@allow("team_lead", "duty_leader")
def pause_clock(case_id: str, clock_id: str) -> ResponseReturnValue:
    """Let a clock stand still."""
    _case(case_id)
    command = PauseClock(
        case_id=case_id,
        clock_id=clock_id,
        kind=request.form.get("kind", ""),
        evidence=request.form.get("evidence", ""),
    )
    current.execute(command)
    flash(gettext("The limit stands still."), "success")
    return redirect(url_for("cases.show", case_id=case_id), code=303)


@pages.post("/cases/<case_id>/clocks/<clock_id>/late-pause")
@allow("team_lead", "duty_leader")
def enter_late_pause(case_id: str, clock_id: str) -> ResponseReturnValue:
    """Enter a pause that is over and was not written down in time."""
    _case(case_id)
    command = EnterLatePause(
        case_id=case_id,
        clock_id=clock_id,
        kind=request.form.get("kind", ""),
        evidence=request.form.get("evidence", ""),
        began=_instant("began"),
        ended=_instant("ended"),
    )
    current.execute(command)
    flash(gettext("The late pause is entered."), "success")
    return redirect(url_for("cases.show", case_id=case_id), code=303)


@pages.post("/cases/<case_id>/clocks/<clock_id>/resume")
@allow("team_lead", "duty_leader", "team_deputy", "coordinator")
def resume_clock(case_id: str, clock_id: str) -> ResponseReturnValue:
    """Let a paused clock go on."""
    _case(case_id)
    current.execute(ResumeClock(case_id=case_id, clock_id=clock_id))
    flash(gettext("The limit goes on."), "success")
    return redirect(url_for("cases.show", case_id=case_id), code=303)


def _instant(name: str) -> datetime:
    """Return a date and time typed in Shanghai's; raises Invalid."""
    try:
        return datetime.fromisoformat(request.form.get(name, "")).replace(tzinfo=SHANGHAI)
    except ValueError as error:
        raise Invalid(reason="pause_span") from error


def answer_pdf(found: dossier.DocumentFacts) -> ResponseReturnValue:
    """Return a document as PDF; rendered when first asked for, the same bytes ever after."""
    pdf = found.pdf
    if pdf is None:
        letter = Letter(found.kind, found.title, found.number, found.issued_at, found.facts)
        pdf = current.execute(KeepPdf(document_id=found.id, pdf=render_pdf(letter)), SYSTEM)
    headers = {
        "Content-Type": "application/pdf",
        "Content-Disposition": f'inline; filename="{found.kind}.pdf"',
    }
    return pdf, 200, headers


def _case(case_id: str) -> dossier.CaseFacts:
    """Return a case the reader has to do with; raises NotFound for any other, as for one that is not there."""
    who = current.actor()
    case = dossier.case_by(current.session(), case_id=case_id)
    if case is None or not (who.has_any(*SEES_ALL) or may_read(current.session(), who.id, case_id)):
        raise NotFound(what="case")
    return case


def _main(case_id: str) -> dossier.InstanceFacts:
    return next(i for i in dossier.instances_of(current.session(), case_id) if i.kind == "main")
