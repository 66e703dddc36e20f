"""The designer's benches: expressions checked and evaluated, decisions with the rules that fired."""

import re
from collections.abc import Callable
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import token_of
from web.designer.decisions import decided

PAGE = "/designer/expressions"
MODELS = Path(__file__).parents[1] / "dmn/data"
DATA = '{"申请 金额": 2500, "类别": "A", "材料": [{"材料 名称": "申请表", "页数": 2}]}'
BOMBS = [
    "for i in 1..999999999 return i",
    "for a in 1..9999 return for b in 1..9999 return a * b",
    "(" * 200 + "1" + ")" * 200,
    "string join(for i in 1..20000 return string(10 ** 6000))",
    '"a" + ' * 2000 + '"a"',
]


@pytest.fixture
def designer(browser: Callable[[str], FlaskClient]) -> FlaskClient:
    """A browser of the process designer."""
    return browser("linyue")


def post(client: FlaskClient, path: str, **fields: object) -> tuple[int, str]:
    """Hand a bench's form in; return status and page, with its entities read."""
    answer = client.post(PAGE + path, data={"csrf_token": token_of(client, PAGE), **fields})
    return answer.status_code, unescape(answer.get_data(as_text=True))


def checked(client: FlaskClient, expression: str, data: str = DATA) -> list[tuple[int, int, str]]:
    """Return the marks that the server's check gives, as (line, column, message)."""
    form = {"csrf_token": token_of(client, PAGE), "expression": expression, "data": data}
    marks = client.post(f"{PAGE}/check", data=form).get_json()["marks"]
    return [(mark["line"], mark["column"], mark["message"]) for mark in marks]


def decide(client: FlaskClient, name: str, inputs: str) -> tuple[int, str]:
    """Ask a model of tests/dmn/data, handed in as a file."""
    fields = {"file": (BytesIO((MODELS / name).read_bytes()), name), "inputs": inputs}
    return handed_in(client, fields)


def handed_in(client: FlaskClient, fields: dict[str, object]) -> tuple[int, str]:
    """Hand the decision bench's form in; return status and page."""
    form = {"csrf_token": token_of(client, PAGE), **fields}
    answer = client.post("/designer/decisions", data=form, content_type="multipart/form-data")
    return answer.status_code, unescape(answer.get_data(as_text=True))


@pytest.mark.parametrize(
    ("expression", "place", "words"),
    [
        ("申请 金额 >", (1, 8), "表达式"),
        ("申请 金额 >\n  金额", (2, 3), "金额"),  # not a name of the data
        ("count(1, 2)", (1, 1), "count"),  # one list, or any number of items of which none is a second list
        ("申请 金额＞1", (1, 4), "全角"),
        ('date("2026-02-30")', (1, 1), "2026-2-30"),
    ],
)
def test_a_mistake_is_marked_where_it_stands(
    designer: FlaskClient, expression: str, place: tuple[int, int], words: str
):
    line, column, message = checked(designer, expression)[0]

    assert (line, column) == place
    assert words in message


@pytest.mark.parametrize(
    "expression", ['申请 金额 > 1 and 类别 = "A"', "材料[页数 > 1].材料 名称", "some 份 in 材料 satisfies 份.页数 > 1"]
)
def test_names_with_spaces_and_in_chinese_are_no_mistakes(designer: FlaskClient, expression: str):
    assert checked(designer, expression) == []


def test_a_value_is_shown_as_json_and_in_feel_with_its_steps(designer: FlaskClient):
    status, page = post(designer, "", expression="[申请 金额 * 0.1, 类别]", data=DATA, instant="")

    assert status == 200
    assert re.search(r'<pre>\[\s+250,\s+"A"\s+\]</pre>', page)
    assert '<pre>[250, "A"]</pre>' in page


def test_today_is_the_day_of_the_chosen_instant(designer: FlaskClient):
    status, page = post(designer, "", expression="today()", data="", instant="2026-03-31T23:59")

    assert status == 200
    assert "<pre>2026-03-31</pre>" in page


def test_a_null_with_a_reason_is_refused_with_the_reason(designer: FlaskClient):
    status, page = post(designer, "", expression="1 / 0", data="", instant="")

    assert status == 422
    assert "除" in page


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("{", "数据不是 JSON：第 1 行第 2 列有误。"),
        ("[1]", "数据应为一个 JSON 对象"),
        ('{"a": NaN}', "数据不是可用的 JSON。"),
        ("[" * 90_000, "数据不是可用的 JSON。"),
        (" " * 100_001, "数据超过 100000 个字符。"),
    ],
)
def test_data_that_cannot_be_read_are_refused_in_words(designer: FlaskClient, data: str, words: str):
    status, page = post(designer, "", expression="1", data=data, instant="")

    assert status == 422
    assert words in page


def test_an_instant_that_is_none_is_refused(designer: FlaskClient):
    status, page = post(designer, "", expression="1", data="", instant="明天")

    assert status == 422
    assert "时刻无法识别" in page


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_answered_with_a_sentence(designer: FlaskClient, bomb: str):
    status, page = post(designer, "", expression=bomb, data="", instant="")

    assert status == 422
    assert re.search(r"超出|限", page[page.index('id="marks"') :])


def test_what_is_typed_is_text_on_the_page_and_no_markup(designer: FlaskClient):
    hostile = '"</textarea><script>alert(1)</script>"'

    raw = designer.post(
        PAGE, data={"csrf_token": token_of(designer, PAGE), "expression": hostile, "data": hostile}
    ).get_data(as_text=True)

    assert "<script>alert" not in raw


def test_the_rule_that_fired_is_highlighted_with_what_it_saw(designer: FlaskClient):
    status, page = decide(designer, "lamp.dmn", '{"剩余工作日": 0, "已停表": false}')

    assert status == 200
    assert re.findall(r'<tr class="fired"><th scope="row">(\d+)', page) == ["3", "4"]
    assert "取值 0" in page


def test_inputs_left_empty_are_answered_with_their_names(designer: FlaskClient):
    status, page = decide(designer, "lamp.dmn", "")

    assert status == 422
    assert re.search(r'\{\s+"剩余工作日": null', page)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"model": ""}, "文件是空的"),
        ({"model": "<a"}, "XML"),
        ({"model": "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"}, "DOCTYPE"),
    ],
    ids=["empty", "no XML", "entity"],
)
def test_a_file_that_is_no_model_is_refused_in_words(designer: FlaskClient, fields: dict[str, object], words: str):
    status, page = handed_in(designer, fields)

    assert status == 422
    assert words in page


def test_a_file_beyond_two_mebibytes_is_refused_in_words(app: Flask):
    with app.test_request_context(headers={"Accept-Language": "zh-CN"}):
        outcome = decided(b"a" * (2 * 1024 * 1024 + 1), {})

    assert "2 MiB" in outcome.problems[0]


def test_a_decision_without_an_answer_says_why(designer: FlaskClient):
    status, page = decide(designer, "lamp.dmn", '{"剩余工作日": "三", "已停表": false}')

    assert status == 422
    assert 'role="alert"' in page


def test_a_check_without_the_token_is_refused(designer: FlaskClient):
    assert designer.post(f"{PAGE}/check", data={"expression": "1"}).status_code == 400
