"""A document is issued with the facts it needs, or the case rests at the step that would issue it."""

import pytest
from sqlalchemy import select

from engine.commands.submit_form import SubmitForm
from engine.commands.work import letter_facts
from engine.documents.facts import KINDS
from engine.readmodels import dossier
from engine.store.tables import incident
from tests import stories
from tests.conftest import House


def test_every_kind_of_letter_has_facts_and_every_kind_of_facts_a_letter():
    assert set(letter_facts.FACTS) == set(KINDS)


def test_the_receipt_keeps_what_was_promised_at_registration(house: House):
    case_id = stories.registered(house)

    with house.sessions() as session:
        receipt = dossier.documents_of(session, case_id)[0]
    assert (receipt.kind, receipt.number) == ("receipt", "云政服〔2026〕受字第0001号")
    assert (receipt.facts["limit"], receipt.facts["due_date"]) == (3, "2026-11-26")
    assert not receipt.facts["to_organisation"]


def test_a_refusal_for_another_reason_quotes_no_class_of_refusal(house: House):
    case_id = stories.registered(house)
    refusal = {
        "decision": "not_accepted",
        "refusalKind": "other",
        "refusalReason": "该事项不是政务服务事项，窗口没有办理的职权。",
        "remedy": "请向有关单位咨询。",
    }
    house.do(SubmitForm(task_id=stories.open_tasks(house, case_id)["triage"].id, values=refusal), "lijing")

    with house.sessions() as session:
        paper = next(d for d in dossier.documents_of(session, case_id) if d.kind == "not_accepted")
    assert (paper.facts["kind"], paper.facts["remedy"]) == ("", "请向有关单位咨询。")


def test_a_letter_that_would_be_void_is_not_issued_and_the_case_rests_there(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(letter_facts.FACTS, "receipt", lambda _request: {"matter": "", "content": ""})

    case_id = stories.registered(house)

    with house.sessions() as session:
        found = session.execute(select(incident).where(incident.c.case_id == case_id)).one()
        assert dossier.documents_of(session, case_id) == []
    assert (found.kind, found.element_id, found.code) == ("step", "issue_receipt", "invalid")
    assert found.facts["missing"] == ["due_date", "limit"]
