"""A form as its JSON defines it, read strictly: an unknown key is a typing mistake, not a wish."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from forms.attributes import (
    CONDITION_ATTRIBUTES,
    FIELD_ATTRIBUTES,
    FORM_ATTRIBUTES,
    RULE_ATTRIBUTES,
    SECTION_ATTRIBUTES,
    TICK_ATTRIBUTES,
    FormDefinitionInvalid,
    require_attributes,
)
from forms.expressions import is_readable, mistakes

__all__ = ["Condition", "Field", "Form", "FormDefinitionInvalid", "Rule", "Section", "parse_form"]

TYPED = frozenset({"text", "textarea", "int", "money", "date", "datetime", "mobile", "phone", "uscc", "idcard"})
CHOICES = frozenset({"select", "radio", "rating", "checklist"})
TYPES = TYPED | CHOICES | {"bool", "unit", "units", "table", "static"}
DATES = frozenset({"date", "datetime"})
OPERATORS = frozenset({"eq", "ne", "in", "contains", "filled", "min"})
RULES = frozenset({"refused", "required", "date_not_after", "date_not_before", "holds"})
TODAY = "today"  # a rule's limit that is no field
LONGEST_NUMBER = 16  # digits; what is longer is no number anybody means
COLUMNS = 12  # of the grid a field's width is counted in


@dataclass(frozen=True)
class Condition:
    """A comparison of one field: eq, ne (a value), in (a list), contains (a checklist has it), filled, min (number)."""

    field: str
    op: str
    value: Any = None

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Return whether it is so in these values."""
        given = values.get(self.field)
        if self.op == "eq":
            return bool(given == self.value)
        if self.op == "ne":
            return bool(given != self.value)
        if self.op == "in":
            return given in self.value
        if self.op == "contains":
            return isinstance(given, list) and self.value in given
        if self.op == "min":
            digits = str(given)
            return digits.isdecimal() and len(digits) < LONGEST_NUMBER and int(digits) >= self.value
        return given not in (None, "", [], False)


@dataclass(frozen=True)
class Tick:
    """An option of a checklist that is chosen by itself when something else was answered."""

    option: str
    when: Condition


@dataclass(frozen=True)
class Field:
    """
    One field, or one column of a table.

    `min` and `max` bound a number, or how many options may be chosen. `routing`: the value goes into the workflow.
    `personal`: the value is masked in lists and logs.
    """

    key: str
    type: str
    label: str
    required: bool = False
    width: int = COLUMNS
    hint: str = ""
    placeholder: str = ""
    minlength: int | None = None
    maxlength: int | None = None
    pattern: str = ""
    pattern_message: str = ""
    min: int | None = None
    max: int | None = None
    unit: str = ""
    options: tuple[tuple[str, str], ...] = ()
    columns: tuple["Field", ...] = ()
    ticks: tuple[Tick, ...] = ()
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
    """
    What must hold between fields: where all of `when` hold and the code applies, `message` is told at `field`.

    refused: always · required: when it is empty · date_not_after, date_not_before: when the date lies beyond `limit`,
    which is "today" or another date field · holds: when the expression `feel` is not true. A date in a table is named
    `table.column` and is told at each row.
    """

    code: str
    field: str
    message: str
    when: tuple[Condition, ...] = ()
    limit: str = ""
    feel: str = ""


@dataclass(frozen=True)
class Form:
    """A whole form; `submit` is the wording of its button, `source` says where its fields come from."""

    key: str
    version: int
    title: str
    sections: tuple[Section, ...]
    rules: tuple[Rule, ...] = ()
    submit: str = "提交"
    source: str = ""

    @property
    def fields(self) -> tuple[Field, ...]:
        """Return all fields in order."""
        return tuple(field for section in self.sections for field in section.fields)


def parse_form(definition: Mapping[str, Any], name: str) -> Form:
    """Return the form of a JSON object; raises FormDefinitionInvalid with `name`, the field and what is wrong."""
    require_attributes(definition, FORM_ATTRIBUTES, name)
    attributes: dict[str, Any] = {
        **definition,
        "sections": tuple(_section(section, name) for section in definition["sections"]),
        "rules": tuple(_rule(rule, name) for rule in definition.get("rules", [])),
    }
    form = Form(**attributes)
    _require_coherent(form, name)
    return form


def _section(section: Any, name: str) -> Section:
    require_attributes(section, SECTION_ATTRIBUTES, f"{name}: section")
    return Section(section["title"], tuple(_field(field, name) for field in section["fields"]))


def _rule(rule: Any, name: str) -> Rule:
    require_attributes(rule, RULE_ATTRIBUTES, f"{name}: rule")
    when = tuple(_condition(condition, name) for condition in rule.get("when", []))
    attributes: dict[str, Any] = {**rule, "when": when}
    return Rule(**attributes)


def _condition(condition: Any, name: str) -> Condition:
    require_attributes(condition, CONDITION_ATTRIBUTES, f"{name}: condition")
    return Condition(**condition)


def _tick(tick: Any, place: str) -> Tick:
    require_attributes(tick, TICK_ATTRIBUTES, f"{place}: tick")
    return Tick(tick["option"], _condition(tick["when"], place))


def _field(field: Any, name: str) -> Field:
    place = f"{name}: {cast('Any', field).get('key') if isinstance(field, Mapping) else field!r}"
    require_attributes(field, FIELD_ATTRIBUTES, place)
    condition = field.get("visible_when")
    attributes: dict[str, Any] = {
        **field,
        "options": tuple(_option(option, place) for option in field.get("options", [])),
        "ticks": tuple(_tick(tick, place) for tick in field.get("ticks", [])),
        "columns": tuple(_field(column, place) for column in field.get("columns", [])),
        "visible_when": _condition(condition, place) if condition else None,
    }
    read = Field(**attributes)
    _require_drawable(read, place)
    return read


def _option(option: Any, place: str) -> tuple[str, str]:
    pair = cast("list[Any]", option) if isinstance(option, list) else []
    if len(pair) != 2 or not all(isinstance(text, str) and text for text in pair):  # noqa: PLR2004  # value and label
        raise FormDefinitionInvalid(f"{place}: option {option!r} is not [value, label]")
    return pair[0], pair[1]


def _require_drawable(field: Field, place: str) -> None:
    """Refuse a field that cannot be drawn or checked as it stands."""
    values = [value for value, _label in field.options]
    faults = {
        f"unknown type {field.type!r}": field.type not in TYPES,
        "the key is no name": not (field.key.isascii() and field.key.isalnum() and field.key[0].isalpha()),
        "no label": not field.label,
        "width is not 1 to 12": not 1 <= field.width <= COLUMNS,
        "options belong to choices, and choices have options": bool(values) != (field.type in CHOICES),
        "an option stands there twice": len(set(values)) != len(values),
        "columns belong to tables, and tables have columns": bool(field.columns) != (field.type == "table"),
        "a column is no table and hangs on nothing": any(c.columns or c.visible_when for c in field.columns),
        "a column stands there twice": len({c.key for c in field.columns}) != len(field.columns),
        "a tick is of no option": any(t.option not in values or field.type != "checklist" for t in field.ticks),
        "min is above max": _crossed(field.min, field.max),
        "minlength is above maxlength": _crossed(field.minlength, field.maxlength),
        "min_rows is above max_rows": _crossed(field.min_rows, field.max_rows),
        "a pattern needs its message": bool(field.pattern) != bool(field.pattern_message),
        "the pattern cannot be read": not is_readable(field.pattern),
    }
    _refuse(faults, place)


def _crossed(least: int | None, most: int | None) -> bool:
    return least is not None and most is not None and least > most


def _require_coherent(form: Form, name: str) -> None:
    """Refuse doubled keys, and conditions and rules about what is not there."""
    before: dict[str, Field] = {}
    for field in form.fields:
        _refuse({"the key stands there twice": field.key in before}, f"{name}: {field.key}")
        for condition in [field.visible_when, *(tick.when for tick in field.ticks)]:
            if condition:
                _require_answerable(condition, before, f"{name}: {field.key}")
        before[field.key] = field
    columns = {f"{table.key}.{column.key}": column for table in form.fields for column in table.columns}
    for rule in form.rules:
        _require_sound(rule, before | columns, f"{name}: rule on {rule.field}")


def _require_sound(rule: Rule, fields: Mapping[str, Field], place: str) -> None:
    dated = rule.code.startswith("date_")
    limited = rule.limit == TODAY or (rule.limit in fields and fields[rule.limit].type in DATES)
    faults = {
        f"unknown code {rule.code!r}": rule.code not in RULES,
        "no such field": rule.field not in fields,
        "no condition": not rule.when and not dated and not rule.feel,
        "an expression belongs to `holds`, and `holds` has one": bool(rule.feel) != (rule.code == "holds"),
        "of a column only dates are compared": "." in rule.field and not dated,
        f"no limit {rule.limit!r}": dated != limited,
        "not a date": dated and rule.field in fields and fields[rule.field].type not in DATES,
        "no message": not rule.message,
    }
    _refuse(faults, place)
    if rule.feel:
        keys = [key for key in fields if "." not in key]
        _refuse({f"the expression: {mistake}": True for mistake in mistakes(rule.feel, keys)}, place)
    for condition in rule.when:
        _require_answerable(condition, fields, place)


def _require_answerable(condition: Condition, fields: Mapping[str, Field], place: str) -> None:
    """Refuse a condition that can never hold; what hangs on a field stands after it, so nothing hangs in a circle."""
    field = fields.get(condition.field)
    if field is None:
        raise FormDefinitionInvalid(f"{place}: condition on {condition.field!r}, which does not stand before it")
    wanted: Sequence[Any] = condition.value if condition.op == "in" else [condition.value]
    options = [value for value, _label in field.options]
    faults = {
        f"unknown operator {condition.op!r}": condition.op not in OPERATORS,
        "`in` wants a list": condition.op == "in" and not isinstance(condition.value, list),
        "`contains` wants a checklist": condition.op == "contains" and field.type not in ("checklist", "units"),
        "no such option": bool(options) and condition.op != "filled" and any(value not in options for value in wanted),
        "a yes or no is true or false": field.type == "bool" and condition.op == "eq" and condition.value is None,
        "`min` wants a number": condition.op == "min" and (field.type != "int" or not isinstance(condition.value, int)),
        "numbers, dates and tables can only be filled": condition.op not in ("filled", "min")
        and field.type in DATES | {"int", "money", "table", "static"},
    }
    _refuse(faults, f"{place}: condition on {condition.field}")


def _refuse(faults: Mapping[str, bool], place: str) -> None:
    found = [fault for fault, is_so in faults.items() if is_so]
    if found:
        raise FormDefinitionInvalid(f"{place}: {'; '.join(found)}")
