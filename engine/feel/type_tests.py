"""Whether a value is an instance of a type, and what a parameter's type makes of an argument."""

from collections.abc import Callable, Mapping
from typing import Any

from engine.feel.errors import Undefined
from engine.feel.syntax import TypeNode
from engine.feel.values import Function, Range, Value, kind_of

UserTypes = Mapping[str, Callable[[Any], bool]]
BUILT_IN_TYPES = frozenset(
    {
        "Any", "Null", "number", "string", "boolean", "date", "time", "date and time", "list", "context", "range",
        "function", "years and months duration", "days and time duration",
    }
)  # fmt: skip


def is_instance(value: Value, type_: TypeNode, types: UserTypes) -> bool:
    """Return whether a value is of a type. null is of no type but Null."""
    if value is None:
        return type_.name == "Null"
    if type_.name == "Any":
        return True
    if type_.name not in BUILT_IN_TYPES:
        return type_.name in types and types[type_.name](value) is True
    if kind_of(value) != type_.name:
        return False
    whole = _WHOLES.get(type_.name)
    return whole is None or whole(value, type_, types)


def _is_list(value: list[Value], type_: TypeNode, types: UserTypes) -> bool:
    return not type_.items or all(is_instance(item, type_.items[0], types) for item in value)


def _is_range(value: Range, type_: TypeNode, types: UserTypes) -> bool:
    ends = [end for end in (value.low, value.high) if end is not None]
    return not type_.items or all(is_instance(end, type_.items[0], types) for end in ends)


def _is_context(value: dict[str, Value], type_: TypeNode, types: UserTypes) -> bool:
    return all(
        key in value and (value[key] is None or is_instance(value[key], field, types)) for key, field in type_.fields
    )


def _is_function(value: Function, type_: TypeNode, types: UserTypes) -> bool:
    """Compare parameters where both sides name their types; what a body returns is known only once it is called."""
    if type_.result is None:
        return True
    if type(value) is not Function or len(value.parameters) != len(type_.items):
        return False
    declared = value.types or (None,) * len(type_.items)
    return all(
        own is None or own.name in {"Any", wanted.name} for own, wanted in zip(declared, type_.items, strict=True)
    )


_WHOLES: dict[str, Callable[[Any, TypeNode, UserTypes], bool]] = {
    "list": _is_list,
    "range": _is_range,
    "context": _is_context,
    "function": _is_function,
}


def fitted(value: Value, type_: TypeNode | None, types: UserTypes, parameter: str = "the value") -> Value:
    """Return an argument as the type wants it: a list of one as its element, an element as a list. Raises Undefined."""
    if type_ is None or value is None or is_instance(value, type_, types):
        return value
    if type(value) is list and len(value) == 1 and is_instance(value[0], type_, types):
        return value[0]
    if type_.name == "list" and type(value) is not list and is_instance([value], type_, types):
        return [value]
    raise Undefined("argument_type", parameter=parameter, expected=type_.name, found=kind_of(value))
