"""Arithmetic, comparisons and logic."""

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from engine.feel.arithmetic import calculate
from engine.feel.compiler import Compiler, compiles
from engine.feel.decimals import CONTEXT, is_whole
from engine.feel.equality import Walk, comparable_kinds, compare, equal
from engine.feel.errors import Undefined
from engine.feel.run import MISSING, Code, Frame, Run, refused
from engine.feel.syntax import (
    Arithmetic,
    Between,
    Comparison,
    Conjunction,
    Disjunction,
    InstanceOf,
    Name,
    Negation,
)
from engine.feel.temporal import MonthsDuration, TimeDuration
from engine.feel.type_tests import is_instance
from engine.feel.values import Value, kind_of

ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}
_QUICK_KINDS = (str, Decimal)
_TWO = 2


@compiles(Arithmetic)
def _arithmetic(node: Arithmetic, compiler: Compiler) -> Code:
    first = compiler.code(node.first)
    rest = [(sign, compiler.code(operand)) for sign, operand in node.rest]

    def calculated(run: Run, scope: Frame | None) -> Value:
        value = first(run, scope)
        for sign, operand in rest:
            other = operand(run, scope)
            if value is not None:
                try:
                    value = calculate(sign, value, other, run)
                except Undefined as error:
                    value = refused(run, error)
            elif run.warnings is None:
                run.warn("not_defined", left="null", operator=sign, right=kind_of(other))
        return value

    return compiler.folded(calculated, [first, *(code for _, code in rest)])


@compiles(Negation)
def _negation(node: Negation, compiler: Compiler) -> Code:
    operand = compiler.code(node.operand)

    def negated(run: Run, scope: Frame | None) -> Value:
        value = operand(run, scope)
        match value:
            case Decimal():
                return CONTEXT.minus(value)
            case MonthsDuration():
                return MonthsDuration(-value.months)
            case TimeDuration():
                return TimeDuration(-value.nanoseconds)
            case _:
                run.warn("not_defined", left="", operator="-", right=kind_of(value))
                return None

    return compiler.folded(negated, [operand])


@compiles(Comparison)
def _comparison(node: Comparison, compiler: Compiler) -> Code:
    left, right = compiler.code(node.left), compiler.code(node.right)
    general = (
        _equality(node.operator, left, right) if node.operator in {"=", "!="} else _order(node.operator, left, right)
    )
    quick = compiler.constant_of(right)
    if isinstance(node.left, Name) and type(quick) in _QUICK_KINDS and compiler.is_free(node.left.name):
        return quick_comparison(node.left.name, node.operator, quick, general)
    return compiler.folded(general, [left, right])


def quick_comparison(name: str, sign: str, bound: Decimal | str, general: Code) -> Code:
    """Return a closure for `name sign constant` that compares numbers and texts of the data as they are."""
    order = ORDERS[sign]
    kind = type(bound)
    whole = int(bound) if isinstance(bound, Decimal) and is_whole(bound) else bound
    number = int if kind is Decimal else kind

    def compared(run: Run, scope: Frame | None) -> Value:
        value = run.context.get(name, MISSING)
        found = type(value)
        if found is number:
            return order(value, whole)
        return order(value, bound) if found is kind else general(run, scope)

    return compared


def _equality(sign: str, left: Code, right: Code) -> Code:
    wanted = sign == "="

    def compared(run: Run, scope: Frame | None) -> Value:
        first, second = left(run, scope), right(run, scope)
        kind = type(first)
        if kind is type(second) and (kind is str or kind is Decimal):
            return (first == second) is wanted
        same = equal(first, second, Walk(run.spend) if kind is list or kind is dict else None)
        if same is None:
            run.warn("different_types", **comparable_kinds(first, second))
            return None
        return same is wanted

    return compared


def _order(sign: str, left: Code, right: Code) -> Code:
    order = ORDERS[sign]

    def compared(run: Run, scope: Frame | None) -> Value:
        first, second = left(run, scope), right(run, scope)
        kind = type(first)
        if kind is type(second) and (kind is Decimal or kind is str):
            return order(first, second)
        result = compare(first, second)
        if result is None:
            run.warn("not_comparable", **comparable_kinds(first, second))
            return None
        return order(result, 0)

    return compared


@compiles(Between)
def _between(node: Between, compiler: Compiler) -> Code:
    value, low, high = compiler.code(node.value), compiler.code(node.low), compiler.code(node.high)

    def compared(run: Run, scope: Frame | None) -> Value:
        middle = value(run, scope)
        bottom, top = low(run, scope), high(run, scope)
        above, below = compare(middle, bottom), compare(middle, top)
        if above is None or below is None:
            run.warn("not_comparable", **comparable_kinds(middle, bottom if above is None else top))
            return None
        return above >= 0 >= below

    return compiler.folded(compared, [value, low, high])


@compiles(InstanceOf)
def _instance_of(node: InstanceOf, compiler: Compiler) -> Code:
    value, type_ = compiler.code(node.value), node.type

    def tested(run: Run, scope: Frame | None) -> Value:
        return is_instance(value(run, scope), type_, run.surroundings.types)

    return tested


@compiles(Conjunction)
def _conjunction(node: Conjunction, compiler: Compiler) -> Code:
    operands = compiler.codes(node.operands)
    return _both(*operands) if len(operands) == _TWO else _joined(operands, decisive=False)


@compiles(Disjunction)
def _disjunction(node: Disjunction, compiler: Compiler) -> Code:
    operands = compiler.codes(node.operands)
    return _either(*operands) if len(operands) == _TWO else _joined(operands, decisive=True)


def _both(first: Code, second: Code) -> Code:
    def tested(run: Run, scope: Frame | None) -> Value:
        left = first(run, scope)
        if left is False:
            return False
        right = second(run, scope)
        if right is False:
            return False
        return True if left is True and right is True else _undecided(run, left, right)

    return tested


def _either(first: Code, second: Code) -> Code:
    def tested(run: Run, scope: Frame | None) -> Value:
        left = first(run, scope)
        if left is True:
            return True
        right = second(run, scope)
        if right is True:
            return True
        return False if left is False and right is False else _undecided(run, left, right)

    return tested


def _joined(operands: list[Code], *, decisive: bool) -> Code:
    """Return a closure that is `decisive` as soon as an operand is, and null when one is neither true nor false."""

    def tested(run: Run, scope: Frame | None) -> Value:
        open_: list[Value] = []
        for operand in operands:
            value = operand(run, scope)
            if value is decisive:
                return decisive
            if type(value) is not bool:
                open_.append(value)
        return _undecided(run, *open_) if open_ else not decisive

    return tested


def _undecided(run: Run, *values: Value) -> None:
    for value in values:
        if value is not None and type(value) is not bool:
            run.warn("not_boolean", found=kind_of(value))
