"""The English sentence of each error and warning code. The facts fill the gaps."""

from collections.abc import Mapping
from typing import Any

SENTENCES = {
    # the text
    "unexpected_end": "the expression ends where {expected} should follow",
    "unexpected_text": "{expected} should stand here, not {found}",
    "unexpected_character": "{found} is not a sign of FEEL",
    "fullwidth_sign": "full-width sign: {found}; FEEL writes operators, commas and quotes in half width",
    "single_quotes": 'text stands in double quotes: "..."',
    "double_equals": "write = to compare; == is not FEEL",
    "foreign_operator": "{found} is not FEEL; write and, or, not(...)",
    "foreign_expression": "${{...}} and #{{...}} belong to another language; write FEEL, for example: amount > 100",
    "open_string": "the text that begins here has no closing quote",
    "open_comment": "the comment that begins here has no end",
    "bad_number": "{found} is not a number that 34 digits can hold",
    "external_function": "external functions are not allowed",
    "empty_expression": "the expression is empty",
    # limits
    "limit_exceeded": "the expression goes beyond the limit {limit} = {most}",
    # names
    "unknown_name": "there is no {name} here{hint}",
    "unknown_function": "there is no function {name}{hint}",
    "unknown_type": "there is no type {name}",
    "no_entry": "there is no entry {name}{hint}",
    "no_property": "a {kind} has no property {name}",
    # operands
    "not_comparable": "a {left} and a {right} cannot be compared",
    "different_types": "a {left} never equals a {right}",
    "not_defined": "{left} {operator} {right} is not defined",
    "not_boolean": "{found} stands where true or false is needed",
    "condition_not_boolean": "the condition of an if is {found}, neither true nor false",
    "division_by_zero": "division by zero",
    "number_out_of_range": "the number is out of range",
    "index_out_of_range": "the list has no element {index}",
    "nothing_to_iterate": "a {kind} cannot be gone through",
    "range_bounds": "these two values do not bound a range",
    "range_not_iterable": "only ranges of whole numbers or dates can be gone through",
    "duplicate_key": "the key {name} occurs twice",
    # calls
    "not_a_function": "a {kind} cannot be called",
    "wrong_arguments": "{function} does not take these arguments: {found}",
    "wrong_parameters": "{function} has no such parameters: {found}",
    "argument_type": "{parameter} must be {expected}, not {found}",
    "bad_argument": "{function}: {reason}",
    # values
    "invalid_date": "{found} is not a date",
    "invalid_time": "{found} is not a time",
    "invalid_date_time": "{found} is not a date and time",
    "invalid_duration": "{found} is not a duration",
    "invalid_temporal": "{found} is neither a date, a time, a date and time nor a duration",
    "invalid_zone": "{found} is not a time zone",
    "invalid_offset": "an offset goes from -18:00 to +18:00",
    "invalid_number": "{found} is not a number",
    "invalid_pattern": "the pattern cannot be used: {reason}",
    # surroundings
    "no_instant": "now() and today() need the instant of the command, and none was given",
    "no_calendar": "working days need the calendar of the case, and none was given",
    "outside_calendar": "the calendar does not know {found}",
    "unsupported_value": "a {kind} is not a FEEL value",
    "not_storable": "a {kind} cannot be written as JSON",
    "too_deep": "the value is nested too deeply",
}


def sentence(code: str, facts: Mapping[str, Any]) -> str:
    """Return the sentence of a code; a code of another room is its own sentence."""
    template = SENTENCES.get(code)
    return template.format_map({key: str(value) for key, value in facts.items()}) if template else code
