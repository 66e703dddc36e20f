"""The fields of a JSON file that an office writes, each read as what it must be, or refused by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

from engine.domain.errors import Invalid

T = TypeVar("T")
MISSING = object()
DAY_END = 24 * 60  # minutes


@dataclass(frozen=True)
class Fields:
    """
    An object of the file. `case` is the id of the case it belongs to ("" outside cases), `path` where it stands in it.

    Every reading raises Invalid(reason, case, field) if the field is missing or not of its kind.
    """

    values: Any
    case: str
    path: str = ""
    reason: str = "example_field"

    def __post_init__(self) -> None:
        """Refuse what is not an object."""
        if not isinstance(self.values, dict):
            raise Invalid(reason=self.reason, case=self.case, field=self.path.rstrip("."))

    def wrong(self, name: str) -> Invalid:
        """Return the error that names a field."""
        return Invalid(reason=self.reason, case=self.case, field=self.path + name)

    def for_case(self, case: str) -> "Fields":
        """Return the same object as the top of a case."""
        return replace(self, case=case, path="")

    def names(self) -> list[str]:
        """Return the names of the fields there are."""
        return [str(name) for name in self.values]

    def part(self, name: str, default: Any = MISSING) -> "Fields":
        """Return a field that is an object."""
        return replace(self, values=self._get(name, default), path=f"{self.path}{name}.")

    def optional(self, name: str) -> "Fields | None":
        """Return a field that is an object, or None if it is not there."""
        return self.part(name) if self.values.get(name) is not None else None

    def listed(self, name: str, default: Any = MISSING) -> list["Fields"]:
        """Return a field that is a list of objects."""
        values = self._get(name, default)
        if not isinstance(values, list):
            raise self.wrong(name)
        return [replace(self, values=value, path=f"{self.path}{name}[{n}].") for n, value in enumerate(values)]

    def texts(self, name: str, default: Any = MISSING) -> list[str]:
        """Return a field that is a list of texts."""
        values = self._get(name, default)
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise self.wrong(name)
        return values

    def text(self, name: str) -> str:
        """Return a field that is a text."""
        value = self._get(name)
        if not isinstance(value, str):
            raise self.wrong(name)
        return value

    def number(self, name: str) -> int:
        """Return a field that is a whole number, not negative."""
        value = self._get(name)
        if type(value) is not int or value < 0:
            raise self.wrong(name)
        return value

    def instant(self, name: str) -> datetime:
        """Return a field that is an instant with its offset."""
        value = self.read(name, datetime.fromisoformat, self.text(name))
        if value.tzinfo is None:
            raise self.wrong(name)
        return value

    def days(self, name: str) -> frozenset[date]:
        """Return a field that is a list of dates; none if it is not there."""
        return frozenset(self.read(name, date.fromisoformat, text) for text in self.texts(name, []))

    def one_of(self, name: str, choices: Mapping[str, str], default: Any = MISSING) -> str:
        """Return what a field's word stands for."""
        word = self._get(name, default)
        if not isinstance(word, str) or word not in choices:
            raise self.wrong(name)
        return choices[word]

    def read(self, name: str, reading: Callable[[str], T], text: str) -> T:
        """Return a text of a field as `reading` takes it."""
        try:
            return reading(text)
        except ValueError as error:
            raise self.wrong(name) from error

    def _get(self, name: str, default: Any = MISSING) -> Any:
        value = self.values.get(name, default)
        if value is MISSING:
            raise self.wrong(name)
        return value


def read_segment(text: str) -> tuple[int, int]:
    """Return "08:30-12:00" as seconds of the day. Raises ValueError."""
    opens, closes = (_minutes(part) for part in text.split("-"))
    if not opens < closes <= DAY_END:
        raise ValueError(text)
    return opens * 60, closes * 60


def _minutes(text: str) -> int:
    hours, minutes = (int(part) for part in text.split(":"))
    if hours < 0 or minutes not in range(60):
        raise ValueError(text)
    return hours * 60 + minutes
