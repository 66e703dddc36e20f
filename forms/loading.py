"""A form's JSON text, read strictly."""

import json
from typing import Any, cast

from forms.definition import FormDefinitionInvalid, parse_form


def read_definition(text: str, key: str) -> dict[str, Any]:
    """Return the JSON object of the form with that key; raises FormDefinitionInvalid where it is no such form."""
    try:
        definition = json.loads(text, object_pairs_hook=_without_doubles)
    except ValueError as error:
        raise FormDefinitionInvalid(f"{key}: {error}") from error
    form = parse_form(definition, key)
    if form.key != key:
        raise FormDefinitionInvalid(f"{key}: its key is {form.key!r}")
    return cast("dict[str, Any]", definition)


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a JSON object; the same key twice would silently lose the first."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise FormDefinitionInvalid(f"a key stands there twice among {[key for key, _ in pairs]}")
    return found
