"""`flask dmn FILE`: result and fired rules as JSON, or a clear message and exit 1."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from app import create_app
from tests.dmn.models import decision, input_data, literal, model, table

ROUTING = model(decision("派单", table([["< 100", '"综合窗口"'], [">= 100", '"市场监管局"']])))
Command = Callable[..., Result]


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Command:
    folder = tmp_path_factory.mktemp("dmn")
    runner = create_app(f"sqlite:///{folder}/banjie.db").test_cli_runner()

    def run(xml: bytes, *arguments: str) -> Result:
        file = folder / "model.dmn"
        file.write_bytes(xml)
        return runner.invoke(args=["dmn", str(file), *arguments])

    return run


def test_the_command_prints_result_and_fired_rules(command: Command):
    result = command(ROUTING, "--input", '{"金额": 250}')

    printed = json.loads(result.stdout)
    assert result.exit_code == 0
    assert printed["result"] == "市场监管局"
    assert printed["fired"] == [{"decision": "派单", "rule": 2, "id": "rule_2"}]
    assert printed["decisions"][0]["inputs"] == {"金额": 250}


def test_the_command_takes_the_decision_that_no_other_needs(command: Command):
    chain = model(decision("底", literal("1")), decision("顶", literal("底 + 1"), needs="d_底"))

    assert json.loads(command(chain).stdout)["result"] == 2


def test_the_command_asks_which_decision_where_there_are_several(command: Command):
    several = model(decision("甲", literal("1")), decision("乙", literal("2")))

    result = command(several)

    assert result.exit_code == 1
    assert "甲, 乙" in result.stderr
    assert json.loads(command(several, "--decision", "乙").stdout)["result"] == 2


@pytest.mark.parametrize(
    ("xml", "arguments", "message"),
    [
        (ROUTING, ["--input", "{"], "--input is no JSON"),
        (ROUTING, ["--input", "[1]"], "--input must be a JSON object"),
        (ROUTING, ["--input", '{"金额": "多"}'], 'expression: "派单", rule 1, column "金额": '),
        (ROUTING, ["--decision", "没有"], "unknown_decision: "),
        (model(decision("甲", literal("1 +"))), [], "model.dmn:3: d_甲: expression.invalid: "),
        (model(input_data("a")), [], "model.dmn:2: definitions: decision.none: "),
        (b"<a/>", [], "model.dmn:1: -: xml.root: "),
    ],
)
def test_the_command_fails_with_a_clear_message(command: Command, xml: bytes, arguments: list[str], message: str):
    result = command(xml, *arguments)

    assert result.exit_code == 1
    assert result.stdout == ""
    assert message in result.stderr


def test_the_command_takes_the_models_that_a_model_imports(command: Command, tmp_path: Path):
    rates = tmp_path / "rates.dmn"
    rates.write_bytes(model(decision("基数", literal("5")), own="urn:rates"))
    brings = '<import namespace="urn:rates" name="费率" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>'
    needs = '<informationRequirement><requiredDecision href="urn:rates#d_基数"/></informationRequirement>'
    importer = model(brings, decision("算", literal("费率.基数 * 2")).replace("<literal", f"{needs}<literal", 1))

    assert json.loads(command(importer, "--import", str(rates)).stdout)["result"] == 10
