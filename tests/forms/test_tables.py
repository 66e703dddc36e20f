"""Rows of a table are checked one by one."""

import pytest

from forms.validation import load
from tests.forms.samples import CHOICES, FILLED, TODAY, shipped
from tests.forms.test_validation import faults_of


def test_a_table_names_the_row_and_column_that_is_wrong():
    faults = faults_of(
        "window_escalation/team_research.json",
        visits=[{"date": "20261123", "body": "法院", "result": "好"}, {"date": "20261399", "body": "法院"}, "x"],
    )

    assert set(faults["visits"][1]) == {"date", "result"}
    assert set(faults["visits"]) == {1, 2}


def test_a_table_refuses_columns_it_does_not_have():
    row = {"date": "20261123", "body": "法院", "result": "好", "owner": "root"}

    faults = faults_of("window_escalation/team_research.json", visits=[row])

    assert faults == {"visits": {0: {"owner": ["本表没有这一项。"]}}}


def test_empty_rows_do_not_count():
    row = {"date": "20261123", "body": "法院", "person": "", "result": "好"}
    form = shipped("window_escalation/team_research.json")
    raw = {**FILLED["window_escalation/team_research.json"], "visits": [{"date": " ", "body": ""}, row]}

    kept = load(form, raw, TODAY, CHOICES)["visits"]

    assert kept == [{"date": "2026-11-23", "body": "法院", "result": "好"}]


def test_too_many_rows_are_refused():
    row = {"date": "20261123", "body": "法院", "result": "好"}

    faults = faults_of("window_escalation/team_research.json", visits=[row] * 21)

    assert faults == {"visits": ["上门对接记录最多填写20行。"]}


@pytest.mark.parametrize(
    ("path", "table", "row"),
    [
        ("team_research", "visits", {"date": "20261125", "body": "法院", "result": "好"}),  # not there yet
        ("team_conclusion", "steps", {"step": "变更其余股权", "by": "20261123"}),  # over already
    ],
)
def test_a_date_beyond_its_limit_is_told_at_its_row(path: str, table: str, row: dict[str, str]):
    good = FILLED[f"window_escalation/{path}.json"][table][0]

    faults = faults_of(f"window_escalation/{path}.json", **{table: [good, row]})

    assert set(faults) == {table}
    assert set(faults[table]) == {1}
    assert all(told[0].endswith("今天。") for told in faults[table][1].values())


def test_the_dates_of_a_table_that_is_wrong_already_are_not_told_twice():
    row = {"date": "20261125", "body": "法院"}

    faults = faults_of("window_escalation/team_research.json", visits=[row])

    assert faults == {"visits": {0: {"result": ["请填写对接结果。"]}}}
