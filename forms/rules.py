"""What must hold between the fields of a form, asked when each field is right by itself."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from engine.feel import WorkingTime
from forms.definition import TODAY, Field, Rule
from forms.expressions import names_in, verdict

Faults = dict[str, Any]  # {field key: [sentence, …], or for a table {row: {column: [sentence, …]}}}
NO_ANSWER = "这项校验无法得出结果，请告知系统管理员。"


@dataclass(frozen=True)
class Filled:
    """A form as it was filled in: the fields that are shown, their values, and what is wrong with single ones."""

    fields: Sequence[Field]
    shown: Collection[str]
    values: Mapping[str, Any]
    today: date
    calendar: WorkingTime | None = None
    faults: Faults = field(default_factory=Faults)

    @property
    def feel_values(self) -> dict[str, Any]:
        """Return every field's value as FEEL has it, null where none was given."""
        return {each.key: _typed(each, self.values.get(each.key)) for each in self.fields}


def broken(rule: Rule, filled: Filled) -> Faults:
    """Return the faults that a rule finds; of a field that is hidden or wrong already it says nothing."""
    field_key, _, column = rule.field.partition(".")
    if field_key not in filled.shown or field_key in filled.faults or not _is_asked(rule, filled):
        return {}
    limit = filled.today.isoformat() if rule.limit == TODAY else filled.values.get(rule.limit)
    given = filled.values.get(field_key)
    if column:
        rows = enumerate(given or [])
        wrong = {index: {column: [rule.message]} for index, row in rows if _is_beyond(rule, row.get(column), limit)}
        return {field_key: wrong} if wrong else {}
    if rule.code == "holds":
        return _unless_it_holds(rule, filled)
    is_wrong = {"required": given in (None, "", []), "refused": True}.get(rule.code, _is_beyond(rule, given, limit))
    return {field_key: [rule.message]} if is_wrong else {}


def _is_asked(rule: Rule, filled: Filled) -> bool:
    named = {condition.field for condition in rule.when}
    return not named & set(filled.faults) and all(condition.holds(filled.values) for condition in rule.when)


def _unless_it_holds(rule: Rule, filled: Filled) -> Faults:
    """Return the fault of a FEEL rule; one without an answer says nothing of fields that are empty, else it refuses."""
    values = filled.feel_values
    named = names_in(rule.feel) & set(values)
    if named & set(filled.faults):
        return {}
    answer = verdict(rule.feel, values, filled.today, filled.calendar)
    if answer is None and any(values[name] is None for name in named):
        return {}
    messages = {True: [], False: [rule.message], None: [NO_ANSWER]}[answer]
    return {rule.field: messages} if messages else {}


def _is_beyond(rule: Rule, given: str | None, limit: str | None) -> bool:
    """Compare by days, as ISO text; what is not given lies beyond nothing."""
    if given is None or limit is None:
        return False
    return given[:10] > limit[:10] if rule.code == "date_not_after" else given[:10] < limit[:10]


def _typed(field: Field, value: Any) -> Any:
    """Return a checked value as FEEL has it: dates as dates, money as a number, rows as contexts."""
    if value is None or value == "":
        return None
    if field.type == "table":
        return [{column.key: _typed(column, row.get(column.key)) for column in field.columns} for row in value]
    readers = {"date": date.fromisoformat, "datetime": datetime.fromisoformat, "money": Decimal}
    return readers[field.type](value) if field.type in readers else value
