"""What a designer has typed beside an expression or a table: data as JSON, and an instant."""

import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, cast

from flask_babel import gettext

from engine.domain.local_time import SHANGHAI
from engine.domain.working_time import CalendarOnDemand
from engine.feel import Surroundings
from web import current

MOST_DATA = 100_000  # characters of JSON


@dataclass(frozen=True)
class Unreadable(Exception):
    """What was typed cannot be read; `sentence` says why, in the reader's language."""

    sentence: str


def data_of(text: str) -> dict[str, Any]:
    """Return the JSON object that was typed, numbers with all their digits; nothing typed is {}. Raises Unreadable."""
    if len(text) > MOST_DATA:
        raise Unreadable(gettext("The data are longer than %(most)s characters.", most=MOST_DATA))
    try:
        value = json.loads(text.strip() or "{}", parse_float=Decimal, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        raise Unreadable(gettext("The data are not JSON: line %(line)s, column %(column)s.", **place)) from error
    except (ValueError, RecursionError) as error:
        raise Unreadable(gettext("The data are no JSON that can be used.")) from error
    if not isinstance(value, dict):
        raise Unreadable(gettext('The data must be one JSON object, for example {"amount": 250}.'))
    return cast("dict[str, Any]", value)


def surroundings_at(typed: str) -> Surroundings:
    """Return the surroundings at a chosen local instant, at the house's own when none is chosen. Raises Unreadable."""
    try:
        chosen = datetime.fromisoformat(typed).replace(tzinfo=SHANGHAI) if typed else current.now()
    except ValueError as error:
        raise Unreadable(gettext("The instant cannot be read; write it like 2026-03-31T09:30.")) from error
    return Surroundings(now=chosen.astimezone(SHANGHAI), calendar=CalendarOnDemand(current.calendar))


def _refuse(text: str) -> Any:
    raise ValueError(text)
