"""What for, some and every go through."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from engine.feel.decimals import is_whole
from engine.feel.errors import FeelLimitExceeded, Undefined
from engine.feel.run import Code, Frame, Run
from engine.feel.temporal import Date, date_of_number
from engine.feel.values import Range, Value, kind_of


@dataclass(frozen=True, slots=True)
class Source:
    """A variable and the closure of what it goes through; with `end`, from the one value to the other, either way."""

    name: str
    start: Code
    end: Code | None

    def items(self, run: Run, scope: Frame | None) -> Sequence[Value]:
        """Return what the variable will be, one after the other. Raises Undefined, FeelLimitExceeded."""
        start = self.start(run, scope)
        if self.end is not None:
            return _spanned(Range(start, self.end(run, scope), True, True), run)
        if type(start) is list:
            return start
        if type(start) is Range:
            return _spanned(start, run)
        if start is None:
            raise Undefined("nothing_to_iterate", kind="null")
        return [start]


def frames(sources: Sequence[Source], run: Run, scope: Frame | None, cost: int) -> Iterator[Frame]:
    """
    Yield a frame for each combination; later sources see the variables of earlier ones.

    `cost` is how many steps what is done with a frame takes.
    """
    source, *rest = sources
    for item in source.items(run, scope):
        run.spend(cost)
        frame = Frame({source.name: item}, scope)
        if rest:
            yield from frames(rest, run, frame, cost)
        else:
            yield frame


def _spanned(span: Range, run: Run) -> list[Value]:
    low, high = span.low, span.high
    if type(low) is Decimal and type(high) is Decimal and is_whole(low) and is_whole(high):
        return [Decimal(number) for number in _numbers(int(low), int(high), span, run)]
    if type(low) is Date and type(high) is Date:
        return [date_of_number(number) for number in _numbers(low.number, high.number, span, run)]
    if type(low) is type(high):
        raise Undefined("range_not_iterable")
    raise Undefined("nothing_to_iterate", kind=f"range from {kind_of(low)} to {kind_of(high)}")


def _numbers(start: int, end: int, span: Range, run: Run) -> range:
    step = 1 if start <= end else -1
    first = start if span.low_closed else start + step
    last = end if span.high_closed else end - step
    if abs(last - first) >= run.surroundings.limits.items:
        raise FeelLimitExceeded("items", run.surroundings.limits.items)
    numbers = range(first, last + step, step)
    run.spend(len(numbers) >> 1)
    return numbers
