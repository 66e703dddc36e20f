"""Pages of the designer's workshop. They compute over what the designer typed and read nothing of any case."""

from contextlib import closing
from dataclasses import asdict
from typing import Any

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from engine.domain.local_time import SHANGHAI
from web import current
from web.access import DESIGNERS, allow
from web.designer.decisions import Decided, decided
from web.designer.expressions import Answer, checked, evaluated, function_names

pages = Blueprint("designer", __name__)
EXAMPLE = {
    "expression": '申请 金额 > 1000 and 类别 = "施工噪声"',
    "data": '{\n  "申请 金额": 2500,\n  "类别": "施工噪声",\n  "材料": [{"名称": "申请表", "页数": 2}]\n}',
}
LONGEST_MODEL = 2 * 1024 * 1024  # bytes, the limit of engine/dmn; one more is read so that it can be refused


@pages.get("/designer/expressions")
@allow(*DESIGNERS)
def show() -> ResponseReturnValue:
    """Show both benches, with an example to begin from."""
    return _page(expression=EXAMPLE)


@pages.post("/designer/expressions")
@allow(*DESIGNERS)
def evaluate() -> ResponseReturnValue:
    """Show the value of an expression, or what is wrong with it."""
    answer = evaluated(request.form)
    return _page(expression=request.form, answer=answer), 200 if answer.done else 422


@pages.post("/designer/expressions/check")
@allow(*DESIGNERS)
def check() -> ResponseReturnValue:
    """Return the marks of an expression as JSON; asked by the editor while somebody types."""
    answer = checked(request.form)
    return jsonify(marks=[asdict(mark) for mark in answer.marks], unreadable=answer.unreadable)


@pages.post("/designer/decisions")
@allow(*DESIGNERS)
def decide() -> ResponseReturnValue:
    """Show what a decision model decides, and which rules fired."""
    xml = _uploaded() or request.form.get("model", "").encode()
    outcome = decided(xml, request.form)
    model = xml.decode(errors="replace") if len(xml) <= LONGEST_MODEL else ""
    return _page(model=model, outcome=outcome), 200 if outcome.done else 422


def _uploaded() -> bytes:
    """Return the uploaded file, cut one byte beyond what a model may have; empty without one."""
    file = request.files.get("file")
    if file is None:
        return b""
    with closing(file):
        return file.read(LONGEST_MODEL + 1)


def _page(
    expression: Any = EXAMPLE, answer: Answer | None = None, model: str = "", outcome: Decided | None = None
) -> str:
    return render_template(
        "designer/benches.html",
        typed=expression,
        answer=answer,
        model=model,
        outcome=outcome,
        functions=function_names(),
        instant=request.form.get("instant") or current.now().astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M"),
    )
