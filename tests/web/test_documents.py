"""Documents in the browser: the citizen's copy, the same for good, and what is said when it cannot be made."""

from typing import NoReturn

import pytest
from flask import Flask

from engine.commands.register_case import RegisterCase
from engine.domain.actors import Actor
from engine.domain.errors import FontsMissing
from engine.readmodels import accounts, dossier
from tests.conftest import REGISTER
from web.cases import pages


@pytest.fixture
def receipt(fresh: Flask) -> str:
    """Register a case; return the address of its receipt on the citizen's page."""
    parts = fresh.extensions["parts"]
    with parts.sessions() as session:
        clerk = next(row for row in accounts.all_accounts(session) if row.login == "lijing")
        depts = [key for key, name in accounts.unit_choices(session).items() if name == "云川市市场监督管理局"]
    command = RegisterCase(process="window_escalation", values={**REGISTER, "depts": depts})
    case_id = str(parts.bus.execute(command, Actor(clerk.id, clerk.name, clerk.roles, clerk.unit_id)))
    with parts.sessions() as session:
        code = dossier.case_by(session, case_id=case_id).query_code
        paper = dossier.documents_of(session, case_id)[0]
    return f"/q/{code}/documents/{paper.id}.pdf"


def without_fonts(_letter: object) -> NoReturn:
    raise FontsMissing(install="fonts-noto-cjk")


def test_the_citizen_gets_the_receipt_and_the_same_bytes_ever_after(fresh: Flask, receipt: str):
    citizen = fresh.test_client()

    first, second = citizen.get(receipt), citizen.get(receipt)

    assert (first.status_code, first.mimetype) == (200, "application/pdf")
    assert first.data.startswith(b"%PDF-1.7")
    assert second.data == first.data


def test_a_server_without_chinese_fonts_says_what_to_install_and_keeps_nothing(
    fresh: Flask, receipt: str, monkeypatch: pytest.MonkeyPatch
):
    citizen = fresh.test_client()
    with monkeypatch.context() as patch:
        patch.setattr(pages, "render_pdf", without_fonts)
        refused = citizen.get(receipt)

    answer = citizen.get(receipt)

    assert refused.status_code == 500
    assert "fonts-noto-cjk" in refused.get_data(as_text=True)
    assert answer.status_code == 200
