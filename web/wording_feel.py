"""The words for what is wrong with an expression: a designer reads them at deployment, a coordinator at an incident."""

from typing import Any

from flask_babel import gettext

from engine.feel import FeelError, FeelSyntaxError, FeelWarning, Finding
from web.language import filled, later

PLACE = later("line %(line)s, column %(column)s: %(problem)s")
SENTENCES = {
    "unexpected_end": later("the expression ends where %(expected)s should follow"),
    "unexpected_text": later("%(expected)s should stand here, not %(found)s"),
    "unexpected_character": later("%(found)s is not a sign of FEEL"),
    "fullwidth_sign": later("full-width sign: %(found)s; FEEL writes operators, commas and quotes in half width"),
    "single_quotes": later('text stands in double quotes: "..."'),
    "double_equals": later("write = to compare; == is not FEEL"),
    "foreign_operator": later("%(found)s is not FEEL; write and, or, not(...)"),
    "foreign_expression": later("${...} and #{...} belong to another language; write FEEL, for example: amount > 100"),
    "open_string": later("the text that begins here has no closing quote"),
    "open_comment": later("the comment that begins here has no end"),
    "bad_number": later("%(found)s is not a number that 34 digits can hold"),
    "external_function": later("external functions are not allowed"),
    "empty_expression": later("the expression is empty"),
    "limit_exceeded": later("the expression goes beyond the limit %(limit)s = %(most)s"),
    "unknown_name": later("there is no %(name)s here%(hint)s"),
    "unknown_function": later("there is no function %(name)s%(hint)s"),
    "unknown_type": later("there is no type %(name)s"),
    "no_entry": later("there is no entry %(name)s%(hint)s"),
    "no_property": later("a %(kind)s has no property %(name)s"),
    "not_comparable": later("a %(left)s and a %(right)s cannot be compared"),
    "different_types": later("a %(left)s never equals a %(right)s"),
    "not_defined": later("%(left)s %(operator)s %(right)s is not defined"),
    "not_boolean": later("%(found)s stands where true or false is needed"),
    "condition_not_boolean": later("the condition of an if is %(found)s, neither true nor false"),
    "division_by_zero": later("division by zero"),
    "number_out_of_range": later("the number is out of range"),
    "index_out_of_range": later("the list has no element %(index)s"),
    "nothing_to_iterate": later("a %(kind)s cannot be gone through"),
    "range_bounds": later("these two values do not bound a range"),
    "range_not_iterable": later("only ranges of whole numbers or dates can be gone through"),
    "duplicate_key": later("the key %(name)s occurs twice"),
    "not_a_function": later("a %(kind)s cannot be called"),
    "wrong_arguments": later("%(function)s does not take these arguments: %(found)s"),
    "wrong_parameters": later("%(function)s has no such parameters: %(found)s"),
    "argument_type": later("%(parameter)s must be %(expected)s, not %(found)s"),
    "bad_argument": later("%(function)s: %(reason)s"),
    "invalid_date": later("%(found)s is not a date"),
    "invalid_time": later("%(found)s is not a time"),
    "invalid_date_time": later("%(found)s is not a date and time"),
    "invalid_duration": later("%(found)s is not a duration"),
    "invalid_temporal": later("%(found)s is neither a date, a time, a date and time nor a duration"),
    "invalid_zone": later("%(found)s is not a time zone"),
    "invalid_offset": later("an offset goes from -18:00 to +18:00"),
    "invalid_number": later("%(found)s is not a number"),
    "invalid_pattern": later("the pattern cannot be used: %(reason)s"),
    "no_instant": later("now() and today() need the instant of the command, and none was given"),
    "no_calendar": later("working days need the calendar of the case, and none was given"),
    "outside_calendar": later("the calendar does not know %(found)s"),
    "unsupported_value": later("a %(kind)s is not a FEEL value"),
    "not_storable": later("a %(kind)s cannot be written as JSON"),
    "too_deep": later("the value is nested too deeply"),
}
PHRASES = {  # what may stand in the gaps of a sentence: kinds of values, what was expected, why an argument is wrong
    later("null"),
    later("boolean"),
    later("number"),
    later("string"),
    later("list"),
    later("context"),
    later("date"),
    later("time"),
    later("date and time"),
    later("years and months duration"),
    later("days and time duration"),
    later("range"),
    later("function"),
    later("date or date and time"),
    later("duration"),
    later("any"),
    later("local time"),
    later("time with a zone"),
    later("local date and time"),
    later("date and time with a zone"),
    later("a text in double quotes"),
    later("an expression"),
    later("an operator or the end"),
    later("fewer comparisons in a row"),
    later("fewer steps in a row"),
    later("the end"),
    later("“]” or “)”"),
    later("a name"),
    later("a type"),
    later("a key and “:”"),
    later("a name and “in”"),
    later("a parameter and “:”"),
    later("a parameter"),
    later("half of a character"),
    later("text"),
    later("nesting"),
    later("steps"),
    later("items"),
    later("characters"),
    later("nodes"),
    later("calls"),
    later("pattern"),
    later("; it contains a full-width sign"),
    later("a ] stands without its ["),
    later("a back-reference is supported only to a group of plain text"),
    later("of the groups with (? only (?: is understood"),
    later("the flags are s, m, i, x and q"),
    later("\\d, \\w and \\p{…} cannot be part of a subtraction"),
    later("a [ has no ]"),
    later("a subtraction is the last part of its class"),
    later("a whole number is needed"),
    later("an argument is null"),
    later("an entry is a context of key and value"),
    later("classes are nested too deeply"),
    later("in a replacement, $ and \\ stand as \\$ and \\\\"),
    later("inside a class, [ is written \\["),
    later("it matches the empty string"),
    later("keys are strings, at least one"),
    later("match must say true or false"),
    later("match takes an element and the new one"),
    later("null is no list"),
    later("only contexts can be merged"),
    later("only numbers can be counted"),
    later("only strings can be joined"),
    later("the length goes beyond the list"),
    later("the length is less than 1"),
    later("the number is negative"),
    later("the number is not positive"),
    later("the number is too large"),
    later("the path leads through what is no context"),
    later("the position lies outside the list"),
    later("the range has an open end"),
    later("the range of characters has no order"),
    later("the start position lies outside the string"),
    later("the text holds half of a character"),
    later("the values have no order"),
    later("these separators cannot be used"),
}

_NAMES = frozenset({"name", "function", "parameter", "operator"})  # facts that are the designer's own words
_OF_NAMES = frozenset({"wrong_parameters"})


def feel_words(problem: FeelError | FeelWarning | Finding) -> str:
    """Return what is wrong with an expression, in the reader's language, with its place where that is known."""
    known = problem.code not in _OF_NAMES
    facts = {key: _said(fact) if known and key not in _NAMES else fact for key, fact in problem.facts.items()}
    text = filled(SENTENCES.get(problem.code, problem.code), facts)
    if isinstance(problem, FeelSyntaxError | Finding):
        return filled(PLACE, {"line": problem.line, "column": problem.column, "problem": text})
    return text


def _said(fact: Any) -> str:
    """Return a fact as it stands in a sentence: a known phrase in the reader's language, everything else as it is."""
    return gettext(fact) if isinstance(fact, str) and fact in PHRASES else str(fact)
