"""Every problem of a decision model and every reason of a failed decision has words, in Chinese too."""

import re
from pathlib import Path

import pytest
from flask import Flask

from engine.dmn import check
from engine.dmn.codes import CODES as KNOWN
from engine.dmn.errors import DecisionFailed
from tests.dmn.models import ask, decision, literal, model, table
from web.language import CATALOGUES
from web.wording_dmn import CODES, LINE, PLACES, REASONS, failure_words, problem_words

ENGINE = Path(__file__).parents[2] / "engine"
CATALOGUE = (CATALOGUES / "zh_CN" / "LC_MESSAGES" / "messages.po").read_text("utf-8")
RAISED = re.compile(r'(?:DecisionFailed|doubt|Misfit)\(\s*"(\w+)"')


def test_every_code_has_words():
    intake = set(re.findall(r'"(xml\.\w+)"', (ENGINE / "xml_intake.py").read_text("utf-8")))

    assert CODES.keys() == KNOWN.keys() | intake


def test_every_reason_has_words():
    written = "".join(file.read_text("utf-8") for file in (ENGINE / "dmn").glob("*.py"))

    assert set(RAISED.findall(written)) == REASONS.keys()


@pytest.mark.parametrize("text", [*CODES.values(), *REASONS.values(), *PLACES.values(), LINE])
def test_every_sentence_is_translated(text: str):
    written = text.replace("\\", "\\\\").replace('"', '\\"')

    assert re.search(re.escape(f'msgid "{written}"\n') + 'msgstr "(?=.)[^"]', CATALOGUE)


def test_a_problem_reads_well_in_chinese(app: Flask):
    [problem] = check(model(decision("派单", literal("1 +"))))

    with app.test_request_context():
        assert problem_words(problem) == "第3行：表达式无法识别"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("多", "“派单”第1条规则“金额”列：文字与区间不能比较大小"),
        (500, "“派单”：没有规则命中，也没有默认输出"),
        (50, "“派单”：命中了多条规则，而只允许一条"),
    ],
)
def test_a_failure_reads_well_in_chinese(app: Flask, amount: object, words: str):
    rules = [["< 100", '"甲"'], ["[50..60]", '"乙"']]
    with pytest.raises(DecisionFailed) as failure:
        ask(model(decision("派单", table(rules))), "派单", 金额=amount)

    with app.test_request_context():
        assert failure_words(failure.value) == words
