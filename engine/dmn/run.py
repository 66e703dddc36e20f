"""One evaluation of a model: its budget, its warnings and its record of what decided what."""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import InitVar, dataclass, field
from time import monotonic

from engine.dmn import language
from engine.dmn.errors import DecisionFailed
from engine.dmn.language import Expression, Surroundings, UnaryTests
from engine.dmn.places import Place
from engine.dmn.record import Record
from engine.dmn.types import DataType, Misfit, coerce, is_instance

MOST_EVALUATIONS = 100_000  # of single expressions and cells in one decision
LONGEST = 2.0  # seconds; far beyond any real decision
DEEPEST_CALLS = 24


@dataclass(frozen=True)
class Warned:
    """Something that an evaluation went on in spite of (never in strict mode)."""

    place: Place
    reason: str
    detail: str

    def as_json(self) -> dict[str, object]:
        """Return the warning as plain data."""
        return {"reason": self.reason, "detail": self.detail, **self.place.facts()}


@dataclass
class Run:
    """What all expressions of one evaluation share."""

    surroundings: Surroundings
    strict: bool
    types: InitVar[Mapping[str, DataType]]  # by the names that `instance of` uses
    record: Record = field(default_factory=Record)
    warnings: list[Warned] = field(default_factory=list[Warned])
    calls: int = 0  # functions of the model that are open now
    _left: int = MOST_EVALUATIONS
    _until: float = field(default_factory=lambda: monotonic() + LONGEST)

    def __post_init__(self, types: Mapping[str, DataType]) -> None:
        """Let `instance of` know the model's types."""
        named = {name: self._test_of(each) for name, each in types.items()}
        self.surroundings = language.with_types(self.surroundings, named)

    def _test_of(self, wanted: DataType) -> Callable[[object], bool]:
        return lambda value: is_instance(value, wanted)

    def evaluate(self, expression: Expression, values: Mapping[str, object], place: Place) -> object:
        """Return the value of a FEEL expression; raises DecisionFailed."""
        self.spend(place)
        try:
            value, warnings = language.evaluate(expression, values, self.surroundings, strict=self.strict)
        except language.FeelLimitExceeded as error:
            raise DecisionFailed("limit", language.sentence(error), place) from error
        except language.FeelError as error:
            raise DecisionFailed("expression", language.sentence(error), place) from error
        self._hear(warnings, place)
        return self.kept(value, place)

    def matches(self, tests: UnaryTests, value: object, values: Mapping[str, object], place: Place) -> bool:
        """Return whether the value of a column passes a cell; raises DecisionFailed."""
        self.spend(place)
        try:
            return language.test(tests, value, values, self.surroundings, strict=self.strict)
        except language.FeelLimitExceeded as error:
            raise DecisionFailed("limit", language.sentence(error), place) from error
        except language.FeelError as error:
            raise DecisionFailed("expression", language.sentence(error), place) from error

    def passes(self, tests: UnaryTests, value: object) -> bool:
        """Return whether a value is among the allowed ones of its type."""
        try:
            return language.test(tests, value, {}, self.surroundings, strict=False)
        except language.FeelError:
            return False

    def kept(self, value: object, place: Place) -> object:
        """Return a value; raises DecisionFailed for one too large to be walked through, recorded or stored."""
        try:
            language.measure(value)
        except language.FeelLimitExceeded as error:
            raise DecisionFailed("limit", language.sentence(error), place) from error
        return value

    def fit(self, value: object, wanted: DataType, place: Place) -> object:
        """Return the value as the type; one that does not fit fails in strict mode, else it becomes null."""
        try:
            return coerce(value, wanted, self)
        except Misfit as misfit:
            return self.doubt(misfit.reason, str(misfit), place)

    def arguments(
        self, parameters: Sequence[tuple[str, DataType]], values: Sequence[object], place: Place
    ) -> dict[str, object] | None:
        """Return the arguments of a call by name, made to fit; None where one does not: the call is null then."""
        given: dict[str, object] = {}
        for (name, wanted), value in zip(parameters, values, strict=True):
            try:
                given[name] = coerce(self.kept(value, place), wanted, self)
            except Misfit as misfit:
                return self.doubt(misfit.reason, str(misfit), place.at(column=name))
        return given

    def doubt(self, reason: str, detail: str, place: Place) -> None:
        """Fail in strict mode; else note a warning and return null."""
        if self.strict:
            raise DecisionFailed(reason, detail, place)
        self.warnings.append(Warned(place, reason, detail))

    @contextmanager
    def deeper(self, place: Place) -> Generator[None]:
        """Go into a function of the model; raises DecisionFailed where they call each other too deeply."""
        if self.calls >= DEEPEST_CALLS:
            raise DecisionFailed("limit", "functions call each other too deeply", place)
        self.calls += 1
        try:
            yield
        finally:
            self.calls -= 1

    def spend(self, place: Place) -> None:
        """Count one evaluation against the budget."""
        self._left -= 1
        if self._left < 0 or monotonic() > self._until:
            raise DecisionFailed("limit", "the decision takes too many evaluations or too long", place)

    def _hear(self, warnings: list[str], place: Place) -> None:
        self.warnings.extend(Warned(place, "expression", warning) for warning in warnings)


@dataclass(frozen=True)
class Scope:
    """The names that an expression sees, and the evaluation it belongs to."""

    values: Mapping[str, object]
    run: Run

    def extended(self, names: Mapping[str, object]) -> "Scope":
        """Return a scope with more names."""
        return Scope({**self.values, **names}, self.run)
