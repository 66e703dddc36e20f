"""Tests: the right side of `in`, the cells of decision tables, and tests as values."""

from decimal import Decimal

from engine.feel.compile_access import given_value
from engine.feel.compile_operators import ORDERS
from engine.feel.compiler import Compiler, compiles
from engine.feel.equality import comparable_kinds, passes
from engine.feel.run import FATAL, Code, Frame, Run
from engine.feel.syntax import AnyValue, Membership, Node, OperatorTest, Tests
from engine.feel.trees import names_in
from engine.feel.values import Range, Value, test_range


@compiles(OperatorTest)
def _operator_test(node: OperatorTest, compiler: Compiler) -> Code:
    operator, operand = node.operator, compiler.code(node.operand)

    def made(run: Run, scope: Frame | None) -> Value:
        return test_range(operator, operand(run, scope))

    return compiler.folded(made, [operand])


@compiles(Membership)
def _membership(node: Membership, compiler: Compiler) -> Code:
    value, tests = compiler.code(node.value), compiler.codes(node.tests)

    def tested(run: Run, scope: Frame | None) -> Value:
        tried = value(run, scope)
        decided = True
        for test in tests:
            verdict = _member(tried, test(run, scope), single=len(tests) == 1)
            if verdict is True:
                return True
            decided = decided and verdict is not None
        return False if decided else None

    return compiler.folded(tested, [value, *tests])


def _member(value: Value, test: Value, *, single: bool) -> bool | None:
    if test is None:
        return True if value is None else None if single else False
    if _is_null_test(test):
        return (value is None) == (test.operator == "=") if test.operator in {"=", "!="} else None
    return passes(value, test)


def _is_null_test(test: Value) -> bool:
    """Say whether a test compares with null."""
    return type(test) is Range and bool(test.operator) and test.low is None and test.high is None


@compiles(AnyValue)
def _any_value(node: AnyValue, compiler: Compiler) -> Code:
    return compiler.constant(True)


@compiles(Tests)
def _tests(node: Tests, compiler: Compiler) -> Code:
    about_input = "?" in names_in(node)
    tests = [_test(test, compiler, about_input=about_input) for test in node.tests]
    negated = node.negated
    if len(tests) == 1 and not negated:
        return tests[0]

    def tested(run: Run, scope: Frame | None) -> Value:
        decided = True
        for test in tests:
            verdict = test(run, scope)
            if verdict is True:
                return not negated
            decided = decided and verdict is not None
        return negated if decided else None

    return tested


def _test(node: Node, compiler: Compiler, *, about_input: bool) -> Code:
    """Return a closure that says whether the input passes one test."""
    code = compiler.code(node)
    if about_input and not isinstance(node, OperatorTest) and "?" in names_in(node):
        return _about_input(code)
    constant = compiler.constant_of(code)
    if type(constant) is Range and type(_point(constant)) in {str, Decimal}:
        return _quick(constant)
    if type(constant) is str or type(constant) is Decimal:
        return _quick(test_range("=", constant))

    def tested(run: Run, scope: Frame | None) -> Value:
        test = code(run, scope)
        value = given_value(run, scope)
        if type(test) is bool and type(value) is not bool and value is not None:
            return test
        return _passes(value, test, run)

    return tested


def _about_input(code: Code) -> Code:
    """Return a test that names its input: an empty input does not pass, and that is no reason to warn."""

    def tested(run: Run, scope: Frame | None) -> Value:
        if given_value(run, scope) is not None:
            return code(run, scope)
        before, run.warnings = run.warnings, None
        verdict = code(run, scope)
        fatal = [warning for warning in run.warnings or () if warning.code in FATAL]
        run.warnings = [*(before or ()), *fatal] or None
        return verdict

    return tested


def _passes(value: Value, test: Value, run: Run) -> bool | None:
    if _is_null_test(test) and test.operator not in {"=", "!="}:
        return None
    verdict = passes(value, test)
    if verdict is None and value is not None:
        run.warn("not_comparable", **comparable_kinds(value, test))
    return verdict


def _point(test: Range) -> Value:
    """Return the value that a test of one end point compares with, None for a range."""
    if not test.operator:
        return None
    return test.high if test.low is None else test.low


def _quick(test: Range) -> Code:
    """Return a closure that compares the input with one number or text, which is what most cells do."""
    order, point = ORDERS[test.operator], _point(test)
    kind = type(point)

    def tested(run: Run, scope: Frame | None) -> Value:
        value = given_value(run, scope)
        return order(value, point) if type(value) is kind else _passes(value, test, run)

    return tested
