"""A form as its JSON defines it, read strictly: an unknown key is a typing mistake, not a wish."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

TYPES = frozenset(
    {
        "text", "textarea", "int", "date", "select", "radio", "checklist", "bool", "mobile", "phone", "uscc",
        "idcard", "units", "table", "static",
    }
)  # fmt: skip
CHOICES = frozenset({"select", "radio", "checklist"})
OPERATORS = frozenset({"eq", "ne", "in", "contains", "filled"})
FULL_WIDTH = 12  # columns of the grid


class FormDefinitionInvalid(ValueError):  # named after the fact, like the engine's own errors
    """A definition that cannot be drawn or checked; says which form, field and why."""


@dataclass(frozen=True)
class Condition:
    """When a field is shown: `field` compared with `value`."""

    field: str
    op: str
    value: Any = None

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Return whether the field is to be shown."""
        given = values.get(self.field)
        if self.op == "eq":
            return bool(given == self.value)
        if self.op == "ne":
            return bool(given != self.value)
        if self.op == "in":
            return given in self.value
        if self.op == "contains":
            return isinstance(given, list) and self.value in given
        return given not in (None, "", [], False)


@dataclass(frozen=True)
class Field:
    """One field. `routing`: its value goes into the workflow; `personal`: shown masked outside the case."""

    key: str
    type: str
    label: str
    required: bool = False
    width: int = FULL_WIDTH
    hint: str = ""
    placeholder: str = ""
    minlength: int | None = None
    maxlength: int | None = None
    pattern: str | None = None
    pattern_message: str = ""
    min: int | None = None
    max: int | None = None
    unit: str = ""
    not_after_today: bool = False
    not_before_today: bool = False
    options: tuple[tuple[str, str], ...] = ()
    columns: tuple["Field", ...] = ()
    min_rows: int = 0
    max_rows: int = 20
    visible_when: Condition | None = None
    routing: bool = False
    personal: bool = False


@dataclass(frozen=True)
class Section:
    """Fields under one heading."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Rule:
    """A rule over several fields: where all of `when` hold, `field` is wrong for the reason in `message`."""

    field: str
    when: tuple[Condition, ...]
    message: str


@dataclass(frozen=True)
class Form:
    """A whole form."""

    key: str
    version: int
    title: str
    submit: str  # the words on the button
    sections: tuple[Section, ...]
    rules: tuple[Rule, ...] = ()
    source: str = ""

    @property
    def fields(self) -> tuple[Field, ...]:
        """Return all fields in order."""
        return tuple(field for section in self.sections for field in section.fields)


def parse_form(definition: Mapping[str, Any], name: str) -> Form:
    """Return the form of a JSON object; raises FormDefinitionInvalid naming the form and field."""
    try:
        form = Form(
            key=definition["key"],
            version=definition["version"],
            title=definition["title"],
            submit=definition.get("submit", "提交"),
            sections=tuple(
                Section(section["title"], tuple(_field(field, name) for field in section["fields"]))
                for section in definition["sections"]
            ),
            rules=tuple(_rule(rule) for rule in definition.get("rules", [])),
            source=definition.get("source", ""),
        )
    except (KeyError, TypeError) as error:
        raise FormDefinitionInvalid(f"{name}: {error}") from error
    _require_coherent(form, name)
    return form


def _rule(rule: Mapping[str, Any]) -> Rule:
    return Rule(rule["field"], tuple(Condition(**condition) for condition in rule["when"]), rule["message"])


def _field(field: Mapping[str, Any], name: str) -> Field:
    unknown = set(field) - set(Field.__dataclass_fields__)
    if unknown or field.get("type") not in TYPES:
        raise FormDefinitionInvalid(f"{name}: {field.get('key')}: {sorted(unknown) or field.get('type')}")
    known = dict(field)
    known["options"] = tuple((str(value), str(label)) for value, label in field.get("options", []))
    known["columns"] = tuple(_field(column, name) for column in field.get("columns", []))
    condition = field.get("visible_when")
    known["visible_when"] = Condition(**condition) if condition else None
    return Field(**known)


def _require_coherent(form: Form, name: str) -> None:
    """Refuse doubled keys, choices without options, and conditions on fields that are not there."""
    keys = [field.key for field in form.fields]
    doubled = {key for key in keys if keys.count(key) > 1}
    if doubled:
        raise FormDefinitionInvalid(f"{name}: {sorted(doubled)} twice")
    for field in form.fields:
        if field.type in CHOICES and not field.options:
            raise FormDefinitionInvalid(f"{name}: {field.key}: no options")
        condition = field.visible_when
        if condition and (condition.field not in keys or condition.op not in OPERATORS):
            raise FormDefinitionInvalid(f"{name}: {field.key}: condition on {condition.field} {condition.op}")
