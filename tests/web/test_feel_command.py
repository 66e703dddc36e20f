"""`flask --app app feel`: prints a value as JSON, or says clearly why there is none."""

import pytest
from click.testing import Result
from flask import Flask

from web.cli.feel import feel


def run(app: Flask, *arguments: str) -> Result:
    """Run the command."""
    return app.test_cli_runner().invoke(feel, arguments)


@pytest.mark.parametrize(
    ("expression", "context", "printed"),
    [
        ("1 + 2", "{}", "3"),
        ("-1", "{}", "-1"),
        ("-金额 + 1", '{"金额": 3}', "-2"),
        ('if 金额 > 100 then "大额" else "小额"', '{"金额": 250}', '"大额"'),
        ("申请人.联系 电话", '{"申请人": {"联系 电话": "1"}}', '"1"'),
        ('{天: @"2026-03-31", 数: 0.5}', "{}", '{"天": "2026-03-31", "数": 0.5}'),
        ("today()", "{}", '"2026-11-23"'),
        ('add working days(date("2026-11-27"), 1)', "{}", '"2026-11-30"'),
    ],
)
def test_the_value_is_printed_as_json(app: Flask, expression: str, context: str, printed: str) -> None:
    result = run(app, expression, "--context", context)

    assert (result.output.strip(), result.exit_code) == (printed, 0)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("1 +",), "line 1, column 4: the expression ends where an expression should follow"),
        (("数量 > 1",), "there is no 数量 here"),
        (("for i in 1..1000000 return i",), "the expression goes beyond the limit items = 20000"),
        (("[1..2]",), "a range cannot be written as JSON"),
        (("1", "--context", "{"), "--context is not JSON"),
        (("1", "--context", "[1]"), "--context must be a JSON object"),
        (('is working day(date("1800-01-01"))',), "the calendar does not know 1800-01-01"),
    ],
)
def test_an_error_is_one_clear_line_and_exit_1(app: Flask, arguments: tuple[str, ...], message: str) -> None:
    result = run(app, *arguments)

    assert result.exit_code == 1
    assert result.output.startswith(message)
    assert "Traceback" not in result.output
