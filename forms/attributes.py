"""Which keys a form's JSON may have, and of which JSON type each value is."""

from collections.abc import Mapping
from typing import Any, cast


class FormDefinitionInvalid(ValueError):
    """A definition that cannot be drawn or checked; the text names the form, the field and why, for its author."""


class Attributes(dict[str, type]):
    """The keys of one kind of object with their types; those in `needed` must be there."""

    def __init__(self, needed: Mapping[str, type], **more: type) -> None:
        """Keep both kinds of keys."""
        super().__init__({**needed, **more})
        self.needed = frozenset(needed)


FORM_ATTRIBUTES = Attributes(
    {"key": str, "version": int, "title": str, "sections": list}, rules=list, submit=str, source=str
)
SECTION_ATTRIBUTES = Attributes({"title": str, "fields": list})
RULE_ATTRIBUTES = Attributes({"code": str, "field": str, "message": str}, when=list, limit=str, feel=str)
TICK_ATTRIBUTES = Attributes({"option": str, "when": dict})
CONDITION_ATTRIBUTES = Attributes({"field": str, "op": str}, value=object)
FIELD_ATTRIBUTES = Attributes(
    {"key": str, "type": str, "label": str},
    **dict.fromkeys(["hint", "placeholder", "pattern", "pattern_message", "unit"], str),
    **dict.fromkeys(["width", "minlength", "maxlength", "min", "max", "min_rows", "max_rows"], int),
    **dict.fromkeys(["required", "routing", "personal"], bool),
    **dict.fromkeys(["options", "columns", "ticks"], list),
    visible_when=dict,
)


def require_attributes(given: Any, known: Attributes, place: str) -> None:
    """Refuse an object with unknown or missing keys, or values of another type; raises FormDefinitionInvalid."""
    if not isinstance(given, Mapping):
        raise FormDefinitionInvalid(f"{place}: {given!r} is no object")
    found = cast("Mapping[str, Any]", given)
    faults = {
        "unknown": sorted(set(found) - set(known)),
        "missing": sorted(known.needed - set(found)),
        "of the wrong type": sorted(key for key in set(found) & set(known) if not _is_a(found[key], known[key])),
    }
    for fault, keys in faults.items():
        if keys:
            raise FormDefinitionInvalid(f"{place}: {', '.join(keys)} {fault}")


def _is_a(value: Any, wanted: type) -> bool:
    """Return whether a JSON value is of the type; true and false are no numbers here."""
    return isinstance(value, wanted) and not (wanted is int and isinstance(value, bool))
