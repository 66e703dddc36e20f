"""
FEEL (DMN 1.5), the language of conditions, timers, mappings, rules and decision tables.

    compile_expression('amount > 100 and category = "A"').evaluate({"amount": 250, "category": "A"})  # True

Text is parsed once into a tree, compiled to closures and kept by its text. There is no way from an expression to
Python: the only values are FEEL's, the only functions the built-in ones and those of the expression.
"""

from engine.feel.checker import Finding, Vocabulary, check_expression, check_tests
from engine.feel.compiled import Compiled, compile_expression, compile_unary_tests, evaluate_test
from engine.feel.conversions import from_json, to_json
from engine.feel.equality import compare, equal
from engine.feel.errors import (
    FeelError,
    FeelLimitExceeded,
    FeelRuntimeError,
    FeelSyntaxError,
    FeelWarning,
    StrictNull,
    Undefined,
)
from engine.feel.limits import Limits
from engine.feel.names import names_in_data
from engine.feel.parser import parse_expression, parse_tests, parse_type
from engine.feel.rendering import text_of
from engine.feel.surroundings import Surroundings, WorkingTime
from engine.feel.syntax import TypeNode
from engine.feel.temporal import Date, DateTime, MonthsDuration, Time, TimeDuration
from engine.feel.type_tests import is_instance
from engine.feel.values import Function, Range, kind_of

__all__ = [
    "Compiled",
    "Date",
    "DateTime",
    "FeelError",
    "FeelLimitExceeded",
    "FeelRuntimeError",
    "FeelSyntaxError",
    "FeelWarning",
    "Finding",
    "Function",
    "Limits",
    "MonthsDuration",
    "Range",
    "StrictNull",
    "Surroundings",
    "Time",
    "TimeDuration",
    "TypeNode",
    "Undefined",
    "Vocabulary",
    "WorkingTime",
    "check_expression",
    "check_tests",
    "compare",
    "compile_expression",
    "compile_unary_tests",
    "equal",
    "evaluate_test",
    "from_json",
    "is_instance",
    "kind_of",
    "names_in_data",
    "parse_expression",
    "parse_tests",
    "parse_type",
    "text_of",
    "to_json",
]
