"""The types of a decision model: whether a value fits one, and the conversions that DMN makes by itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from engine.dmn import language
from engine.dmn.language import UnaryTests

Lazy = Callable[[], "DataType"]  # definitions may stand in any order and name each other

PLAIN = {
    name: kind
    for kind, names in {
        "Any": ("Any", "any", ""),
        "number": ("number", "integer", "long", "double", "decimal"),
        "string": ("string",),
        "boolean": ("boolean",),
        "date": ("date",),
        "time": ("time",),
        "date and time": ("date and time", "dateTime", "date time"),
        "days and time duration": ("days and time duration", "dayTimeDuration"),
        "years and months duration": ("years and months duration", "yearMonthDuration"),
        "context": ("context",),
        "list": ("list",),
        "function": ("function",),
    }.items()
    for name in names
}
TEMPORAL = {
    "date": "date(v)",
    "time": "time(v)",
    "date and time": "date and time(v)",
    "days and time duration": "duration(v)",
    "years and months duration": "duration(v)",
}


class Judge(Protocol):
    """Whoever can say whether a value passes unary tests."""

    def passes(self, tests: UnaryTests, value: object) -> bool:
        """Return whether the value passes."""
        ...


@dataclass(frozen=True, eq=False)
class DataType:
    """A type: plain, list, context, function, or another one narrowed by allowed values (`base`)."""

    kind: str = "Any"
    name: str = ""
    item: Lazy | None = None
    parts: Mapping[str, Lazy] = field(default_factory=dict[str, Lazy])
    parameters: tuple[Lazy, ...] | None = None
    result: Lazy | None = None
    base: Lazy | None = None
    allowed: UnaryTests | None = None

    def plain(self) -> "DataType":
        """Return the type without the names and narrowings around it."""
        found = self
        while found.base is not None:
            found = found.base()
        return found

    def words(self) -> str:
        """Return how a person would call the type."""
        if self.name:
            return self.name
        shape = self.plain()
        return f"list of {shape.item().words()}" if shape.item is not None else shape.kind

    def tests(self) -> UnaryTests | None:
        """Return the nearest allowed values, the item's for a list."""
        found: DataType | None = self
        while found is not None:
            if found.allowed is not None:
                return found.allowed
            step = found.base or found.item
            found = None if step is None else step()
        return None


ANY = DataType()


class Misfit(Exception):  # an answer between two functions of this room, never an error of its own
    """A value that does not fit its type; `reason` is `wrong_type` or `value_unlisted`."""

    def __init__(self, reason: str, sentence: str) -> None:
        """Keep the reason."""
        super().__init__(sentence)
        self.reason = reason


def fits(value: object, wanted: DataType, judge: Judge) -> bool:
    """Return whether a FEEL value is of the type; null is of every type."""
    if value is None:
        return True
    ok = _has_shape(value, wanted, judge) if wanted.base is None else fits(value, wanted.base(), judge)
    return ok and (wanted.allowed is None or judge.passes(wanted.allowed, value))


def _has_shape(value: object, wanted: DataType, judge: Judge) -> bool:
    if wanted.kind == "Any":
        return True
    if language.kind(value) != wanted.kind:
        return False
    if isinstance(value, list) and wanted.item is not None:
        return all(fits(each, wanted.item(), judge) for each in value)
    if isinstance(value, dict):
        return all(name in value and fits(value[name], part(), judge) for name, part in wanted.parts.items())
    return True


def coerce(value: object, wanted: DataType, judge: Judge) -> object:
    """
    Return the value as the type, after DMN's implicit conversions (DMN 1.5, 10.3.2.9.4).

    A value becomes a list of itself, a list of one its item, a date its midnight in UTC. Raises Misfit.
    """
    if fits(value, wanted, judge):
        return value
    kind = wanted.plain().kind
    if kind == "list" and not isinstance(value, list) and fits([value], wanted, judge):
        return [value]
    if kind != "list" and isinstance(value, list) and len(value) == 1:
        return coerce(value[0], wanted, judge)
    if kind == "date and time" and language.kind(value) == "date":
        return language.midnight(value)
    if is_instance(value, wanted):
        raise Misfit("value_unlisted", f"{language.shown(value)} is not among the allowed values of {wanted.words()}")
    raise Misfit("wrong_type", f"{language.shown(value)} is not of type {wanted.words()}{_lacking(value, wanted)}")


def is_instance(value: object, wanted: DataType) -> bool:
    """Return what `instance of` says: null is of no type, and allowed values do not matter."""
    return value is not None and fits(value, wanted, _EverythingPasses())


class _EverythingPasses:
    def passes(self, tests: UnaryTests, value: object) -> bool:
        return True


def _lacking(value: object, wanted: DataType) -> str:
    parts = wanted.plain().parts
    missing = [name for name in parts if isinstance(value, dict) and name not in value]
    return f": it has no {', '.join(missing)}" if missing else ""


def from_data(value: object, wanted: DataType) -> object:
    """Return plain data (JSON types) as a FEEL value; a text becomes a date, time or duration where that is wanted."""
    shape = wanted.plain()
    if isinstance(value, str) and shape.kind in TEMPORAL:
        parsed = language.constant(TEMPORAL[shape.kind], {"v": value})
        return value if parsed is None else parsed
    if isinstance(value, list | tuple) and shape.item is not None:
        return [from_data(each, shape.item()) for each in value]
    if isinstance(value, dict) and shape.parts:
        return {name: from_data(each, shape.parts.get(name, _any)()) for name, each in value.items()}
    return language.from_json(value)


def _any() -> DataType:
    return ANY
