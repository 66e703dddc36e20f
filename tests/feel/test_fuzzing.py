"""A small run of the fuzzer; `python -m tests.feel.fuzz --inputs 1000000` is the large one."""

from hypothesis import given
from hypothesis import strategies as st

from tests.feel.fuzz import Findings, fuzz, try_text
from tests.feel.trees import PATIENT


def test_damaged_expressions_raise_nothing_but_feel_errors() -> None:
    findings = fuzz(2_000, seed=20260331)

    assert findings.wrong == []
    assert findings.tried == 2_000


@PATIENT
@given(text=st.text(max_size=60))
def test_any_text_raises_nothing_but_feel_errors(text: str) -> None:
    findings = Findings()

    try_text(text, findings)

    assert findings.wrong == []
