"""Whatever is sent is kept or refused: nothing breaks the check."""

import contextlib
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.reading import raw_values
from forms.validation import FormInvalid, load
from tests.forms.samples import CHOICES, FILLED, PATHS, TODAY, shipped
from tests.forms.test_reading import Posted

LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
NESTED = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
@pytest.mark.parametrize("path", PATHS)
def test_whatever_is_sent_is_kept_or_refused_and_never_breaks(path: str, data: st.DataObject):
    form = shipped(path)
    filled = FILLED[path]
    cells = st.dictionaries(st.sampled_from(["date", "body", "person", "result", "step", "unit", "finishBy"]), NESTED)
    any_value = NESTED | st.lists(cells, max_size=3) | st.sampled_from([*filled.values()])
    raw = data.draw(st.dictionaries(st.sampled_from([f.key for f in form.fields]) | st.text(max_size=6), any_value))

    values = None
    with contextlib.suppress(FormInvalid):
        values = load(form, {**filled, **raw}, TODAY, CHOICES)

    assert values is None or json.loads(json.dumps(values).encode()) == values
    assert values is None or load(form, values, TODAY, CHOICES) == values


NAMES = st.from_regex(r"(visits|research|steps|x)(-[0-9]{1,4}(-(date|body|y))?)?", fullmatch=True) | st.text(max_size=8)


@given(st.dictionaries(NAMES, st.lists(st.text(max_size=5), max_size=3), max_size=12))
def test_whatever_a_browser_names_is_read_or_left(posted: dict[str, list[str]]):
    form = shipped("window_escalation/team_research.json")

    raw = raw_values(form, Posted(posted))

    assert set(raw) <= {field.key for field in form.fields}
    assert all(set(row) <= {"date", "body", "person", "result"} for row in raw.get("visits", []))
