"""What a decision of a case gave, and why, as its page tells it."""

import json
from pathlib import Path
from shutil import copytree

import pytest
from flask import Flask

from engine.commands.register_case import RegisterCase
from engine.dmn.errors import DecisionFailed, DmnRefused
from engine.domain.actors import SYSTEM, Actor
from engine.readmodels.accounts import all_accounts, unit_choices
from engine.seeding import bundle_of
from tests.conftest import REGISTER
from tests.databases import ROOT
from tests.web.conftest import sign_in
from web.wording import words

ROUTING = ROOT / "tests" / "dmn" / "data" / "routing.dmn"
TASK = """
    <bpmn:businessRuleTask id="route" name="判定主办单位"><bpmn:extensionElements>
      <gov:decision model="routing" decision="派单" result="派单">
        <gov:input name="诉求类别" value="&quot;消费&quot;"/>
        <gov:input name="涉及金额" value="4 * 20000"/>
      </gov:decision></bpmn:extensionElements>
      <bpmn:incoming>flow_start_issue_receipt</bpmn:incoming><bpmn:outgoing>flow_route</bpmn:outgoing>
    </bpmn:businessRuleTask>
    <bpmn:sequenceFlow id="flow_route" sourceRef="route" targetRef="issue_receipt"/>
    <bpmn:serviceTask id="issue_receipt\""""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped process with a business rule task after its start."""
    found = copytree(ROOT / "workflows" / "window_escalation", tmp_path / "window_escalation")
    diagram = found / "window_escalation.bpmn"
    xml = diagram.read_text(encoding="utf-8").replace('<bpmn:serviceTask id="issue_receipt"', TASK.strip(), 1)
    start = 'id="flow_start_issue_receipt" sourceRef="start" targetRef="issue_receipt"'
    assert start in xml
    xml = xml.replace(start, start.replace('targetRef="issue_receipt"', 'targetRef="route"'))
    xml = xml.replace("<bpmn:incoming>flow_start_issue_receipt<", "<bpmn:incoming>flow_route<", 2)
    xml = xml.replace("<bpmn:incoming>flow_route<", "<bpmn:incoming>flow_start_issue_receipt<", 1)
    lane = "<bpmn:flowNodeRef>issue_receipt</bpmn:flowNodeRef>"
    diagram.write_text(xml.replace(lane, f"{lane}<bpmn:flowNodeRef>route</bpmn:flowNodeRef>"), encoding="utf-8")
    manifest = json.loads((found / "process.json").read_text(encoding="utf-8"))
    (found / "process.json").write_text(json.dumps(manifest | {"decisions": {"routing": "routing.dmn"}}), "utf-8")
    (found / "routing.dmn").write_bytes(ROUTING.read_bytes())
    return found


def register(app: Flask) -> str:
    """Register a case as the day's coordinator; return its id."""
    parts = app.extensions["parts"]
    with parts.sessions() as session:
        lijing = next(row for row in all_accounts(session) if row.login == "lijing")
        units = list(unit_choices(session))
    actor = Actor(lijing.id, lijing.name, lijing.roles, lijing.unit_id)
    command = RegisterCase(process="window_escalation", values={**REGISTER, "depts": units[:1]})
    return parts.bus.execute(command, actor)


def test_a_case_shows_what_was_decided_by_which_rule_and_what_it_saw(fresh: Flask, folder: Path):
    fresh.extensions["parts"].bus.execute(bundle_of(folder, ROOT / "forms"), SYSTEM)
    case_id = register(fresh)
    client = fresh.test_client()
    sign_in(client, "lijing")

    page = client.get(f"/cases/{case_id}").get_data(as_text=True)

    assert "判定主办单位：按决策“派单”得出结果" in page
    assert "<dt>涉及金额</dt><dd>80000</dd>" in page
    assert "第1条规则" in page
    assert "大额消费纠纷须会商" in page
    assert "主办单位 = 市市场监督管理局" in page


def test_a_decision_that_is_not_in_the_bundle_is_refused_at_deployment(fresh: Flask, folder: Path):
    text = (folder / "routing.dmn").read_text(encoding="utf-8").replace('name="派单"', 'name="分流"')
    (folder / "routing.dmn").write_text(text, encoding="utf-8")

    answer = fresh.test_cli_runner().invoke(args=["processes", "deploy", str(folder)])

    assert answer.exit_code == 1
    assert "[decision.unknown]  找不到该决策。" in answer.stderr


def test_a_broken_decision_model_is_refused_at_deployment_in_chinese(fresh: Flask, folder: Path):
    text = (folder / "routing.dmn").read_text(encoding="utf-8").replace("<text>诉求类别</text>", "<text>诉求 +</text>")
    (folder / "routing.dmn").write_text(text, encoding="utf-8")

    answer = fresh.test_cli_runner().invoke(args=["processes", "deploy", str(folder)])

    assert answer.exit_code == 1
    assert "第9行：表达式无法识别" in answer.stderr
    with pytest.raises(DmnRefused):
        fresh.extensions["parts"].bus.execute(bundle_of(folder, ROOT / "forms"), SYSTEM)


def test_a_decision_without_an_answer_is_told_with_its_place(app: Flask):
    error = DecisionFailed("no_rule", "no rule fires")

    with app.app_context():
        assert words(error) == "决策在这里得不出结果：没有规则命中，也没有默认输出。没有改动任何内容，请联系管理员。"
