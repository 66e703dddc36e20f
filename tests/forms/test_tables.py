"""Rows of a table are checked one by one."""

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
