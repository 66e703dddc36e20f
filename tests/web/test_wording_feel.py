"""Every problem that the language can name has words, in Chinese too."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
from flask import Flask

from engine.feel import FeelError, Limits, StrictNull, Vocabulary, check_expression, compile_expression
from engine.feel.messages import SENTENCES as ENGLISH
from engine.feel.values import KINDS
from web.language import CATALOGUES
from web.wording_feel import PHRASES, PLACE, SENTENCES, feel_words

ROOM = Path(__file__).parents[2] / "engine" / "feel"
CATALOGUE = (CATALOGUES / "zh_CN" / "LC_MESSAGES" / "messages.po").read_text("utf-8")
FACTS = re.compile(r'(?:reason=|expected=|invalid\(|refuse_here\(|declared\(|_word\()"([^"\\]+)"')


def test_every_code_has_words_with_the_same_facts() -> None:
    assert {code: set(re.findall(r"%\((\w+)\)", text)) for code, text in SENTENCES.items()} == {
        code: set(re.findall(r"(?<!\{)\{(\w+)\}", text)) for code, text in ENGLISH.items()
    }


def test_every_phrase_of_the_engine_has_words() -> None:
    written = {phrase for file in ROOM.rglob("*.py") for phrase in FACTS.findall(file.read_text("utf-8"))}
    phrases = {phrase for phrase in written if " " in phrase}

    assert phrases - PHRASES == set()
    assert set(KINDS.values()) - PHRASES == set()
    assert {field.name for field in fields(Limits)} - PHRASES == set()


@pytest.mark.parametrize("text", [PLACE, *SENTENCES.values(), *sorted(PHRASES)])
def test_every_sentence_is_translated(text: str) -> None:
    written = text.replace("\\", "\\\\").replace('"', '\\"')

    assert re.search(re.escape(f'msgid "{written}"\n') + 'msgstr "(?=.)[^"]', CATALOGUE)


def problem(text: str) -> FeelError:
    """Return what is wrong with an expression."""
    with pytest.raises(FeelError) as caught:
        compile_expression(text).evaluate({"金额": 250})
    return caught.value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("if 金额 > 1 that 2", "第1行第11列：此处应为“then”，而不是“that”"),
        ("金额 = = 1", "第1行第6列：此处应为表达式，而不是“=”"),
        ("金额 > “1”", "第1行第6列：全角符号：“；运算符、逗号和引号须用半角"),
        ("数量 > 1", "这里没有名为“数量”的数据"),
        ("金额＞１", "这里没有名为“金额＞１”的数据；其中含有全角符号"),
        ('金额 > "1"', "数字与文字不能比较大小"),
        ("list > 1", "这里没有名为“list”的数据"),
        ("date(number: 1)", "函数“date”没有这些参数名：number"),
        ("sqrt(-1)", "sqrt：数字为负"),
        ("for i in 1..99999 return i", "表达式超出限制：列表项数，最多20000"),
        ("now()", "now() 和 today() 需要办理时刻，但没有提供"),
    ],
)
def test_a_problem_reads_well_in_chinese(app: Flask, text: str, words: str) -> None:
    with app.test_request_context():
        assert feel_words(problem(text)) == words


def test_a_finding_has_its_place(app: Flask) -> None:
    finding = check_expression("1 +\n数量", Vocabulary(names=("金额",)))[0]

    with app.test_request_context():
        assert feel_words(finding) == "第2行第1列：这里没有名为“数量”的数据"


def test_a_warning_has_words_too(app: Flask) -> None:
    error = problem("1 / 0")
    assert isinstance(error, StrictNull)

    with app.test_request_context():
        assert feel_words(error.warnings[0]) == "除数为零"
