"""
Checking what was filled in: marshmallow schemas built from the same JSON that draws the form.

Hidden fields are neither required nor kept, unknown keys are refused, and every message is a sentence for the reader.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from forms.checks import check_idcard, check_mobile, check_phone, check_uscc, narrow, read_date
from forms.definition import Field, Form

CHECKS = {"mobile": check_mobile, "phone": check_phone, "uscc": check_uscc, "idcard": check_idcard}
NARROWED = frozenset({"int", "date", "mobile", "phone", "uscc", "idcard"})
UPPER = frozenset({"uscc", "idcard"})
LISTS = frozenset({"checklist", "units"})
LONGEST_TEXT = 5000

Choices = Mapping[str, Collection[str]]


class FormInvalid(Exception):  # named after the fact, like the engine's own errors
    """What was filled in is not right: {field key: messages, or for a table {row: {column: messages}}}."""

    code = "form_invalid"

    def __init__(self, faults: Mapping[str, Any]) -> None:
        """Keep the faults by field."""
        super().__init__(self.code, faults)
        self.fields = dict(faults)


def load(form: Form, raw: Mapping[str, Any], *, today: date, choices: Choices) -> dict[str, Any]:
    """Return the typed values (JSON types; dates as ISO text); raises FormInvalid with every fault at once."""
    prepared = {field.key: _prepared(field, raw.get(field.key)) for field in form.fields if field.type != "static"}
    shown = [f for f in form.fields if f.type != "static" and _shown(f, form, prepared)]
    unknown = set(raw) - {field.key for field in form.fields}
    given = {f.key: prepared[f.key] for f in shown if prepared[f.key] is not None} | {k: raw[k] for k in unknown}
    schema = Schema.from_dict({field.key: _schema_field(field, today, choices) for field in shown})
    try:
        loaded: Any = schema(unknown=RAISE).load(given)
    except ValidationError as error:
        faults: Any = error.normalized_messages()
        raise FormInvalid(faults) from error
    values: dict[str, Any] = dict(loaded)
    broken = {rule.field: [rule.message] for rule in form.rules if all(c.holds(values) for c in rule.when)}
    if broken:
        raise FormInvalid(broken)
    return values


def routing_values(form: Form, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the workflow may decide by: only the fields marked for it, None where one was not given."""
    return {field.key: values.get(field.key) for field in form.fields if field.routing}


def _shown(field: Field, form: Form, prepared: Mapping[str, Any]) -> bool:
    """Return whether a field is shown; a field that hangs on a hidden one is hidden with it."""
    condition = field.visible_when
    if condition is None:
        return True
    parent = next(other for other in form.fields if other.key == condition.field)
    return _shown(parent, form, prepared) and condition.holds(prepared)


def _prepared(field: Field, value: Any) -> Any:
    """Return a value as typed, trimmed; None where nothing was given."""
    if field.type == "table":
        rows = value if isinstance(value, list) else []
        filled = [row for row in rows if isinstance(row, Mapping) and any(str(v).strip() for v in row.values())]
        return [{c.key: _prepared(c, row.get(c.key)) for c in field.columns} for row in filled] or None
    if field.type in LISTS:
        several = value if isinstance(value, list) else [value] if value else []
        return [str(item) for item in several] or None
    if field.type == "bool":
        return value in (True, "true", "on", "1", "yes")
    if isinstance(value, list):
        value = value[0] if value else None
    if value is None or isinstance(value, Mapping):
        return None
    text = str(value).replace("\r\n", "\n").strip()
    text = narrow(text) if field.type in NARROWED else text
    return (text.upper() if field.type in UPPER else text) or None


def _schema_field(field: Field, today: date, choices: Choices) -> fields.Field[Any]:
    messages = {"required": _missing(field), "null": _missing(field), "invalid": f"{field.label}的内容不对，请重新填写"}
    common: dict[str, Any] = {"required": field.required, "error_messages": messages, "allow_none": not field.required}
    if field.type == "table":
        columns = Schema.from_dict({c.key: _schema_field(c, today, choices) for c in field.columns})
        size = validate.Length(field.min_rows, field.max_rows, error=f"{field.label}应为{{min}}至{{max}}行")
        return fields.List(fields.Nested(columns(unknown=RAISE)), validate=size, **common)
    if field.type in LISTS:
        known = choices.get("units", ()) if field.type == "units" else [value for value, _ in field.options]
        one = validate.OneOf(list(known), error=f"{field.label}中有不认识的选项，请重新选择")
        return fields.List(fields.String(validate=one), **common)
    if field.type == "bool":
        return fields.Boolean(load_default=False)
    if field.type == "int":
        messages["invalid"] = f"{field.label}应为整数"
        limits = validate.Range(field.min, field.max, error=f"{field.label}应在{field.min}至{field.max}之间")
        return fields.Integer(strict=False, validate=limits, **common)
    if field.type == "date":
        return _Date(field=field, today=today, **common)
    return fields.String(validate=_text_checks(field), **common)


class _Date(fields.Field[str]):
    """A date as ISO text, within what the field allows of yesterday and tomorrow."""

    def __init__(self, *, field: Field, today: date, **more: Any) -> None:
        super().__init__(**more)
        self._field = field
        self._today = today

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        day = read_date(str(value))
        if self._field.not_after_today and day > self._today:
            raise ValidationError(f"{self._field.label}不能晚于今天")
        if self._field.not_before_today and day < self._today:
            raise ValidationError(f"{self._field.label}不能早于今天")
        return day.isoformat()


def _text_checks(field: Field) -> list[Any]:
    least, most = field.minlength, field.maxlength or LONGEST_TEXT
    words = f"{field.label}应为{least}至{most}个字" if least else f"{field.label}不能超过{most}个字"
    checks: list[Any] = [validate.Length(least, most, error=words)]
    if field.options:
        checks = [validate.OneOf([value for value, _ in field.options], error=f"请选择{field.label}")]
    if field.pattern:
        checks.append(validate.Regexp(field.pattern, error=field.pattern_message or f"{field.label}的格式不对"))
    if field.type in CHECKS:
        checks.append(CHECKS[field.type])
    return checks


def _missing(field: Field) -> str:
    verb = "选择" if field.options or field.type == "units" else "填写"
    return f"请{verb}{field.label}"
