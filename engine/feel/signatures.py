"""Built-in functions: their signatures, and how arguments are fitted to them."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engine.feel.errors import Undefined
from engine.feel.run import Run
from engine.feel.temporal import Date, DateTime, MonthsDuration, Time, TimeDuration
from engine.feel.values import KINDS, Function, Range, Value, kind_of

EACH, GATHERED, AS_GIVEN = "each", "gathered", "as given"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter; a nullable one takes null, an optional one may be left out (and is null then)."""

    name: str
    kind: str
    optional: bool
    nullable: bool

    def fitted(self, value: Value, function: str) -> Value:
        """Return the argument as the body wants it: a list of one as its element, one as a list. Raises Undefined."""
        accepted = _ACCEPTED[self.kind]
        if accepted is None or type(value) in accepted:
            return value
        if value is None:
            if self.nullable:
                return None
        elif self.kind == "list":
            return [value]
        elif type(value) is list and len(value) == 1 and type(value[0]) in accepted:
            return value[0]
        raise Undefined("argument_type", parameter=f"{function}: {self.name}", expected=self.kind, found=kind_of(value))


@dataclass(frozen=True, slots=True)
class Signature:
    """One way to call a function."""

    parameters: tuple[Parameter, ...]
    required: int
    body: Callable[..., Value]
    by_position: str  # EACH fitted to its parameter, GATHERED into one list, or just AS_GIVEN

    def takes(self, count: int) -> bool:
        """Say whether so many arguments by position are right."""
        return self.required <= count <= len(self.parameters) if self.by_position == EACH else count >= 1


@dataclass(slots=True, eq=False)
class Builtin:
    """A built-in function. A pure one says the same for the same arguments, always."""

    name: str
    signatures: tuple[Signature, ...]
    pure: bool = True

    def __str__(self) -> str:
        """Return its name."""
        return self.name

    def call(self, run: Run, arguments: Sequence[Value]) -> Value:
        """Return what the function says of arguments by position. Raises Undefined."""
        last: Undefined | None = None
        for signature in self.signatures:
            if signature.takes(len(arguments)):
                try:
                    fitted = self._by_position(signature, arguments)
                except Undefined as error:
                    last = last or error
                else:
                    return _kept(run, signature.body(run, *fitted))
        raise last or Undefined("wrong_arguments", function=self.name, found=len(arguments))

    def call_named(self, run: Run, arguments: Mapping[str, Value]) -> Value:
        """Return what the function says of arguments by name. Raises Undefined."""
        last: Undefined | None = None
        for signature in self.signatures:
            if self.fits_names(signature, arguments.keys()):
                try:
                    fitted = [
                        parameter.fitted(arguments[parameter.name], self.name) if parameter.name in arguments else None
                        for parameter in signature.parameters
                    ]
                except Undefined as error:
                    last = last or error
                else:
                    return _kept(run, signature.body(run, *fitted))
        raise last or Undefined("wrong_parameters", function=self.name, found=", ".join(arguments))

    @staticmethod
    def fits_names(signature: Signature, names: Any) -> bool:
        """Say whether these parameters, and no other, make a call of the signature."""
        known = {parameter.name for parameter in signature.parameters if signature.by_position != AS_GIVEN}
        needed = {parameter.name for parameter in signature.parameters if not parameter.optional}
        return needed <= set(names) <= known

    def _by_position(self, signature: Signature, arguments: Sequence[Value]) -> list[Value]:
        parameters = signature.parameters
        if signature.by_position == AS_GIVEN:
            return list(arguments)
        if signature.by_position == GATHERED:
            single = len(arguments) == 1 and type(arguments[0]) is list
            return [arguments[0] if single else list(arguments)]
        fitted = [parameter.fitted(value, self.name) for parameter, value in zip(parameters, arguments, strict=False)]
        return fitted + [None] * (len(parameters) - len(fitted))


KINDS[Builtin] = "function"
BUILTINS: dict[str, Builtin] = {}
_ACCEPTED: dict[str, frozenset[type] | None] = {
    "any": None,
    "number": frozenset({Decimal}),
    "string": frozenset({str}),
    "boolean": frozenset({bool}),
    "list": frozenset({list}),
    "context": frozenset({dict}),
    "date": frozenset({Date}),
    "time": frozenset({Time}),
    "date or date and time": frozenset({Date, DateTime}),
    "duration": frozenset({MonthsDuration, TimeDuration}),
    "days and time duration": frozenset({TimeDuration}),
    "function": frozenset({Function, Builtin}),
    "range": frozenset({Range}),
}
_PARAMETER = re.compile(r"([^:?]+)(\??): ([a-z ]+)(\??)")


def builtin(
    name: str,
    signature: str = "",
    *,
    by_position: str = EACH,
    pure: bool = True,
    least: int | None = None,
) -> Callable[[Callable[..., Value]], Callable[..., Value]]:
    """
    Register a body under a name. A second body under the same name is a second signature, tried after the first.

    `signature` reads like `string: string, length?: number?`: an optional parameter, and one that takes null.
    `least` arguments are needed by position, where that is not told by the parameters.
    """
    parameters = tuple(_parameter(part) for part in signature.split(", ") if part)

    def register(body: Callable[..., Value]) -> Callable[..., Value]:
        required = sum(not parameter.optional for parameter in parameters) if least is None else least
        added = Signature(parameters, required, body, by_position)
        known = BUILTINS.setdefault(name, Builtin(name, (), pure))
        known.signatures = (*known.signatures, added)
        return body

    return register


def _parameter(text: str) -> Parameter:
    found = _PARAMETER.fullmatch(text)
    if found is None:
        raise ValueError(text)
    name, optional, kind, nullable = found.groups()
    return Parameter(name, kind, bool(optional), bool(nullable))


def _kept(run: Run, value: Value) -> Value:
    if type(value) is str:
        return run.kept_text(value)
    return run.kept_list(value) if type(value) is list else value
