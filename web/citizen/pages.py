"""The citizen's pages. A wrong code says no more than that, and costs the address that tries."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engine.commands.count_query import CountQuery
from engine.commands.rate_case import RateCase
from engine.domain.actors import CITIZEN, SYSTEM
from engine.domain.errors import TaskClosed
from engine.readmodels import dossier
from engine.readmodels.tasks import of_case
from forms.reading import raw_values
from forms.validation import FormInvalid
from web import current
from web.access import allow_anyone
from web.cases.pages import answer_pdf
from web.cases.view import stage_of, stages_of
from web.desk.forms import form_of
from web.errors import PLAIN, page
from web.wording import outcome_text

pages = Blueprint("citizen", __name__)
CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{12}")
LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})
TOO_MANY = 429


@pages.get("/q")
@allow_anyone
def ask() -> ResponseReturnValue:
    """Ask for the query code."""
    typed = request.args.get("code", "")
    if typed:
        return redirect(url_for("citizen.show", code=_code(typed) or "0"), code=303)
    return render_template("citizen/ask.html", failure="")


@pages.get("/q/<code>")
@allow_anyone
def show(code: str) -> ResponseReturnValue:
    """Show how a case stands."""
    case = _case(code)
    if not isinstance(case, dossier.CaseFacts):
        return case
    return _page(case, {}, {})


@pages.post("/q/<code>/rating")
@allow_anyone
def rate(code: str) -> ResponseReturnValue:
    """Rate a case once."""
    case = _case(code)
    if not isinstance(case, dossier.CaseFacts):
        return case
    typed = raw_values(form_of(_main(case), "rate"), request.form)
    try:
        current.execute(RateCase(query_code=case.query_code, values=typed), CITIZEN)
    except FormInvalid as error:
        return _page(case, typed, error.fields), 422
    except TaskClosed:
        if dossier.rating_of(current.session(), case.id) is None:
            raise
    flash(gettext("Thank you. Your rating has been taken down."), "success")
    return redirect(url_for("citizen.show", code=case.query_code), code=303)


@pages.get("/q/<code>/documents/<document_id>.pdf")
@allow_anyone
def document(code: str, document_id: str) -> ResponseReturnValue:
    """Return a public document of the case."""
    case = _case(code)
    if not isinstance(case, dossier.CaseFacts):
        return case
    found = dossier.document_by_id(current.session(), document_id)
    if found is None or found.case_id != case.id or not found.public:
        return page(404, gettext(PLAIN[404]))
    return answer_pdf(found)


def _case(typed: str) -> dossier.CaseFacts | ResponseReturnValue:
    """Return the case of a code, or the page that says that there is none, or that there were too many tries."""
    address = request.remote_addr or ""
    if not current.execute(CountQuery(address=address, wrong=False), SYSTEM):
        return page(TOO_MANY, gettext(PLAIN[TOO_MANY]))
    code = _code(typed)
    case = dossier.case_by(current.session(), query_code=code) if code else None
    if case is None:
        current.execute(CountQuery(address=address, wrong=True), SYSTEM)
        failure = gettext("There is no case with this query code. Please check it against your receipt.")
        return render_template("citizen/ask.html", failure=failure), 404
    return case


def _code(typed: str) -> str | None:
    """Return a query code as stored, reading 0 for O and 1 for I and L; None where it cannot be one."""
    code = typed.upper().translate(LOOKALIKES)
    return code if CODE.fullmatch(code) else None


def _main(case: dossier.CaseFacts) -> dossier.InstanceFacts:
    return next(i for i in dossier.instances_of(current.session(), case.id) if i.kind == "main")


def _page(case: dossier.CaseFacts, typed: Mapping[str, Any], errors: Mapping[str, Any]) -> str:
    session = current.session()
    main = _main(case)
    open_elements = {row.element_id for row in of_case(session, case.id)}
    clocks = [
        clock
        for clock in dossier.clocks_of(session, case.id)
        if clock.kind == "main" and clock.stopped_at is None and clock.due_date
    ]
    told = [f for f in dossier.forms_of(session, case.id) if f.kind == "main" and f.values.get("feedbackText")]
    stage = stage_of(main.manifest, open_elements)
    rating_open = "rate" in open_elements
    return render_template(
        "citizen/show.html",
        case=case,
        manifest=main.manifest,
        stage=stage,
        stages=stages_of(main.manifest, set(main.passed), stage, closed=case.closed_at is not None),
        outcome=outcome_text(case.outcome, main.manifest["outcomes"]),
        next_feedback=_next_feedback(clocks, main.manifest.get("owed", ())),
        extended=any(clock.extended for clock in clocks),
        told=told,
        documents=[d for d in dossier.documents_of(session, case.id) if d.public],
        rating=dossier.rating_of(session, case.id),
        form=form_of(main, "rate") if rating_open else None,
        values=typed,
        errors=errors,
    )


def _next_feedback(clocks: list[dossier.ClockFacts], owed: Collection[str]) -> dossier.ClockFacts | None:
    """Return the running clock whose end the citizen waits for: the latest started of those that are owed to them."""
    return max((clock for clock in clocks if clock.key in owed), key=lambda clock: clock.started_at, default=None)
