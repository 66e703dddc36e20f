"""
FEEL in forms: rules between fields, and patterns.

A rule names fields by their keys and is true while all is well: `every step in steps satisfies step.by >= meetingDate`.
Only the day is known on which a form is handed in, so `today()` may be asked and `now()` not.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from engine.feel import (
    FeelError,
    Surroundings,
    Vocabulary,
    WorkingTime,
    check_expression,
    compile_expression,
)
from engine.feel.syntax import Call, Name
from engine.feel.trees import nodes_in

SHANGHAI = ZoneInfo("Asia/Shanghai")
PATTERN = compile_expression('matches(text, "^(?:" + pattern + ")$")')  # linear in the text, whatever the pattern


def mistakes(text: str, keys: Collection[str]) -> list[str]:
    """Return what is certainly wrong with a rule over fields of these keys, as English sentences with their place."""
    try:
        compiled = compile_expression(text)
        found = [str(finding) for finding in check_expression(text, Vocabulary(keys))]
    except FeelError as error:
        return [str(error)]
    called = {n.function.name for n in nodes_in(compiled.tree) if isinstance(n, Call) and isinstance(n.function, Name)}
    if "now" in called:
        found.append("a form knows the day, not the instant: use today()")
    if not names_in(text) & set(keys):
        found.append("it names no field")
    return found


def names_in(text: str) -> frozenset[str]:
    """Return the names that a rule needs from the form."""
    compiled = compile_expression(text)
    return compiled.names | compiled.possible_names


def verdict(text: str, values: Mapping[str, Any], today: date, calendar: WorkingTime | None) -> bool | None:
    """Return whether a rule holds for FEEL or Python values; None where it has no answer."""
    surroundings = Surroundings(now=datetime.combine(today, time(), SHANGHAI), calendar=calendar)
    try:
        answer = compile_expression(text).evaluate(values, surroundings=surroundings)
    except FeelError:
        return None
    return answer if isinstance(answer, bool) else None


def matches(pattern: str, text: str) -> bool:
    """Return whether the whole text is as the pattern says; False where that would take too long to find out."""
    try:
        return PATTERN.evaluate({"pattern": pattern, "text": text}) is True
    except FeelError:
        return False


def is_readable(pattern: str) -> bool:
    """Return whether the pattern is one at all, and can be asked in linear time."""
    try:
        PATTERN.evaluate({"pattern": pattern, "text": ""})
    except FeelError:
        return False
    return True
