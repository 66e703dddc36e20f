"""Generated trees: everything that parsing can build, with Chinese names and names of several words."""

from decimal import Decimal
from functools import cache

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from engine.feel.syntax import (
    Arithmetic,
    AtLiteral,
    Between,
    Call,
    Comparison,
    Conditional,
    Conjunction,
    ContextLiteral,
    Disjunction,
    Filter,
    For,
    FunctionLiteral,
    InstanceOf,
    Iteration,
    ListLiteral,
    Literal,
    Membership,
    Name,
    Negation,
    Node,
    OperatorTest,
    Path,
    Quantified,
    RangeLiteral,
    Tests,
    TypeNode,
)

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine proves nothing
SPACED_NAMES = ("first name", "申请 金额", "a-b", "O'Neil", "金额 (元)")
WORDS = ("x", "金额", "申请人", "item", "count", "期限_1", "not", *SPACED_NAMES)
OPERATORS = ("=", "!=", "<", "<=", ">", ">=")

names = st.sampled_from(WORDS)
texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)
numbers = st.decimals(min_value=0, max_value=10**12, places=3).map(lambda number: Decimal(number).normalize())
_TYPES = st.recursive(
    st.sampled_from(["number", "string", "Any", "date and time", "years and months duration"]).map(TypeNode),
    lambda inner: st.one_of(
        inner.map(lambda item: TypeNode("list", items=(item,))),
        inner.map(lambda item: TypeNode("range", items=(item,))),
        st.tuples(st.sampled_from(["a", "姓名"]), inner).map(lambda field: TypeNode("context", fields=(field,))),
        st.tuples(inner, inner).map(lambda pair: TypeNode("function", items=(pair[0],), result=pair[1])),
    ),
    max_leaves=4,
)
_LEAVES = st.one_of(
    st.one_of(st.none(), st.booleans(), texts, numbers).map(Literal),
    names.map(Name),
    st.sampled_from(["2026-03-31", "P1D", "无"]).map(AtLiteral),
)


@st.composite
def leaves(draw: st.DrawFn) -> Node:
    """Draw a literal or a name."""
    return draw(_LEAVES)


@st.composite
def types(draw: st.DrawFn) -> TypeNode:
    """Draw a type."""
    return draw(_TYPES)


def _arithmetic(inner: st.SearchStrategy) -> st.SearchStrategy:
    signs = st.sampled_from([("+", "-"), ("*", "/"), ("**",)])
    rest = signs.flatmap(lambda of: st.lists(st.tuples(st.sampled_from(of), inner), min_size=1, max_size=3))
    return st.builds(Arithmetic, inner, rest.map(tuple))


def _lists(inner: st.SearchStrategy, least: int = 0) -> st.SearchStrategy:
    return st.lists(inner, min_size=least, max_size=3).map(tuple)


def _entries(inner: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(st.tuples(names, inner), max_size=3, unique_by=lambda entry: entry[0]).map(tuple)


def _iterations(inner: st.SearchStrategy) -> st.SearchStrategy:
    return _lists(st.builds(Iteration, names, inner, st.none() | inner), least=1)


def _parameters() -> st.SearchStrategy:
    return st.lists(st.tuples(names, st.none() | types()), max_size=2, unique_by=lambda pair: pair[0]).map(tuple)


def _branches(inner: st.SearchStrategy) -> st.SearchStrategy:
    operators = st.sampled_from(OPERATORS)
    tests = inner | st.builds(OperatorTest, operators, inner)
    return st.one_of(
        _arithmetic(inner),
        st.builds(Negation, inner),
        st.builds(Comparison, operators, inner, inner),
        st.builds(Between, inner, inner, inner),
        st.builds(Membership, inner, _lists(tests, least=1)),
        st.builds(InstanceOf, inner, types()),
        st.builds(Conjunction, _lists(inner, least=2)),
        st.builds(Disjunction, _lists(inner, least=2)),
        st.builds(Conditional, inner, inner, inner),
        st.builds(For, _iterations(inner), inner),
        st.builds(Quantified, st.booleans(), _iterations(inner), inner),
        st.builds(ListLiteral, _lists(tests)),
        st.builds(RangeLiteral, inner, inner, st.booleans(), st.booleans()),
        st.builds(ContextLiteral, _entries(inner)),
        st.builds(FunctionLiteral, _parameters(), inner),
        st.builds(Path, inner, names),
        st.builds(Filter, inner, inner),
        st.builds(Call, inner, _lists(tests)),
        st.builds(Call, inner, st.just(()), _entries(inner)),
    )


@st.composite
def expressions(draw: st.DrawFn, depth: int = 3) -> Node:
    """Draw an expression that is at most so deep."""
    if depth == 0 or draw(st.integers(0, 3)) == 0:
        return draw(leaves())
    return draw(_parts(depth - 1))


@cache
def _parts(depth: int) -> st.SearchStrategy:
    return _branches(expressions(depth))


@st.composite
def unary_tests(draw: st.DrawFn) -> Node:
    """Draw one to three unary tests, negated or not."""
    operator_tests = st.builds(OperatorTest, st.sampled_from(OPERATORS), expressions(2))
    return Tests(draw(_lists(expressions(2) | operator_tests, least=1)), draw(st.booleans()))
