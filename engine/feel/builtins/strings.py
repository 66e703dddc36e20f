"""Functions of strings without patterns. Characters are code points."""

from decimal import Decimal

from engine.feel.decimals import truncated
from engine.feel.errors import FeelLimitExceeded, Undefined
from engine.feel.run import Run
from engine.feel.signatures import builtin
from engine.feel.values import Value


@builtin("substring", "string: string, start position: number, length?: number?")
def _substring(run: Run, text: str, start: Decimal, length: Decimal | None) -> Value:
    place = truncated(start, "substring")
    if place == 0 or abs(place) > len(text):
        raise Undefined("bad_argument", function="substring", reason="the start position lies outside the string")
    first = place - 1 if place > 0 else len(text) + place
    if length is None:
        return text[first:]
    count = truncated(length, "substring")
    if count < 1:
        raise Undefined("bad_argument", function="substring", reason="the length is less than 1")
    return text[first : first + count]


@builtin("string length", "string: string")
def _string_length(run: Run, text: str) -> Value:
    return Decimal(len(text))


@builtin("upper case", "string: string")
def _upper_case(run: Run, text: str) -> Value:
    return text.upper()


@builtin("lower case", "string: string")
def _lower_case(run: Run, text: str) -> Value:
    return text.lower()


@builtin("trim", "string: string")
def _trim(run: Run, text: str) -> Value:
    return text.strip()


@builtin("substring before", "string: string, match: string")
def _substring_before(run: Run, text: str, match: str) -> Value:
    before, found, _ = text.partition(match) if match else ("", "", "")
    return before if found else ""


@builtin("substring after", "string: string, match: string")
def _substring_after(run: Run, text: str, match: str) -> Value:
    return text.partition(match)[2] if match else text


@builtin("contains", "string: string, match: string")
def _contains(run: Run, text: str, match: str) -> Value:
    return match in text


@builtin("starts with", "string: string, match: string")
def _starts_with(run: Run, text: str, match: str) -> Value:
    return text.startswith(match)


@builtin("ends with", "string: string, match: string")
def _ends_with(run: Run, text: str, match: str) -> Value:
    return text.endswith(match)


@builtin("string join", "list: list, delimiter?: string?")
def _string_join(run: Run, items: list[Value], delimiter: str | None) -> Value:
    texts = [item for item in items if item is not None]
    if any(type(text) is not str for text in texts):
        raise Undefined("bad_argument", function="string join", reason="only strings can be joined")
    between = delimiter or ""
    most = run.surroundings.limits.characters
    if sum(map(len, texts)) + len(between) * len(texts) > most:
        raise FeelLimitExceeded("characters", most)
    return between.join(texts)
