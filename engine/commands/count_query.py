"""Count a wrong query code against the address it came from."""

from dataclasses import dataclass
from datetime import timedelta

from engine.commands.work import Work

WINDOW = timedelta(minutes=1)
MOST_WRONG = 10  # a minute and address


@dataclass(frozen=True, kw_only=True)
class CountQuery:
    """Ask whether another look-up is allowed; a wrong one is counted."""

    address: str
    wrong: bool


def count_query(command: CountQuery, work: Work) -> bool:
    """Return whether the address may go on looking."""
    subject = command.address[:80]
    if command.wrong:
        work.unit.desk.count_attempt("query", subject, work.machine_now)
    return work.unit.desk.attempts("query", subject, work.machine_now - WINDOW) < MOST_WRONG
