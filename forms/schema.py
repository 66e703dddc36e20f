"""The marshmallow field of each field of a form. Every field says in a sentence what is wrong with a value."""

import unicodedata
from collections.abc import Collection, Mapping
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from forms.checks import CHECKS, read_day, read_minute, read_money, read_whole
from forms.cleaning import LISTS
from forms.definition import CHOICES, Field
from forms.expressions import matches

LONGEST_TEXT = 200  # where a form does not say
LONGEST_TEXTAREA = 5000
BIDI_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # they turn text round for the reader

Choices = Mapping[str, Collection[str]]


class PlainSchema(Schema):
    """A schema whose own messages are in the reader's language."""

    error_messages = {"unknown": "本表没有这一项。", "type": "这一行的内容无法识别，请重新填写。"}


def schema_field(field: Field, choices: Choices) -> fields.Field[Any]:
    """Return the marshmallow field that checks one field of a form."""
    common = _common(field)
    if field.type == "table":
        return _table(field, choices, common)
    if field.type in LISTS:
        return _several(field, choices, common)
    if field.type == "bool":
        return _Truth(**common)
    if field.type in CHOICES or field.type == "unit":
        return _OneOf(_known(field, choices), **common)
    return _Reading(field, **common)


def _common(field: Field) -> dict[str, Any]:
    asks = f"请{'选择' if field.options or field.type in ('bool', 'unit', 'units') else '填写'}{field.label}。"
    messages = {"required": asks, "null": asks, "invalid": f"{field.label}的内容无法识别，请重新填写。"}
    return {"required": field.required, "error_messages": messages}


def _known(field: Field, choices: Choices) -> Collection[str]:
    return choices.get("units", ()) if field.type in ("unit", "units") else [value for value, _label in field.options]


def _table(field: Field, choices: Choices, common: dict[str, Any]) -> fields.Field[Any]:
    columns: Any = PlainSchema.from_dict({column.key: schema_field(column, choices) for column in field.columns})
    least = max(field.min_rows, 1 if field.required else 0)
    size = [
        validate.Length(min=least, error=f"{field.label}至少填写{least}行。"),
        validate.Length(max=field.max_rows, error=f"{field.label}最多填写{field.max_rows}行。"),
    ]
    return fields.List(fields.Nested(columns(unknown=RAISE)), validate=size, **common)


def _several(field: Field, choices: Choices, common: dict[str, Any]) -> fields.Field[Any]:
    size = [validate.Length(min=field.min, error=f"{field.label}至少选择{field.min}项。")] if field.min else []
    size += [validate.Length(max=field.max, error=f"{field.label}最多选择{field.max}项。")] if field.max else []
    one = _OneOf(_known(field, choices), error_messages={"invalid": f"{field.label}中有不认识的选项，请重新选择。"})
    return fields.List(one, validate=size, **common)


class _OneOf(fields.Field[str]):
    """One of the known values."""

    def __init__(self, known: Collection[str], **more: Any) -> None:
        super().__init__(**more)
        self._known = known

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        if not isinstance(value, str) or value not in self._known:
            raise self.make_error("invalid")
        return value


class _Truth(fields.Field[bool]):
    """Yes or no; the words for it were read before."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid")
        return value


class _Reading(fields.Field[Any]):
    """A typed value, read and checked by its field's type."""

    def __init__(self, field: Field, **more: Any) -> None:
        super().__init__(**more)
        self._field = field

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Any:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        field = self._field
        if field.type == "int":
            number = read_whole(value)
            _require_between(field, number)
            return number
        if field.type == "money":
            amount = read_money(value)
            _require_between(field, amount)
            return str(amount)
        if field.type == "date":
            return read_day(value).isoformat()
        if field.type == "datetime":
            return read_minute(value).isoformat(timespec="minutes")
        return _text(field, value)


def _require_between(field: Field, number: Any) -> None:
    if field.min is not None and number < field.min:
        raise ValidationError(f"{field.label}不能小于{field.min}{field.unit}。")
    if field.max is not None and number > field.max:
        raise ValidationError(f"{field.label}不能大于{field.max}{field.unit}。")


def _text(field: Field, value: str) -> str:
    """Return the text as it may be stored; its length is counted in characters, not in bytes."""
    most = field.maxlength or (LONGEST_TEXTAREA if field.type == "textarea" else LONGEST_TEXT)
    if len(value) > most:
        raise ValidationError(f"{field.label}最多{most}个字，现在有{len(value)}个字。")
    if field.minlength and len(value) < field.minlength:
        raise ValidationError(f"{field.label}至少{field.minlength}个字，现在只有{len(value)}个字。")
    if any(_is_strange(character) for character in value):
        raise ValidationError(f"{field.label}中有无法识别的字符，请删除后重新填写。")
    if field.pattern and not matches(field.pattern, value):
        raise ValidationError(field.pattern_message)
    if field.type in CHECKS:
        CHECKS[field.type](value)
    return value


def _is_strange(character: str) -> bool:
    """Return whether a character cannot be stored or misleads; private-use ones are rare characters in names."""
    return character in BIDI_MARKS or (unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t")
