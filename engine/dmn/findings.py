"""The list of problems that reading a model fills."""

from engine.dmn.codes import CODES
from engine.dmn.elements import Node
from engine.dmn.places import Place
from engine.domain.problems import Problem

MOST = 200  # nobody reads more


class Findings:
    """Problems in the order in which they were found, each once, the first two hundred."""

    def __init__(self) -> None:
        """Begin without any."""
        self.problems: list[Problem] = []
        self._seen: set[Problem] = set()

    def add(self, code: str, node: Node | None, message: str, place: Place | None = None) -> None:
        """Note a problem at an element, worded with the place where that is known. Raises KeyError for a new code."""
        if code not in CODES:
            raise KeyError(code)
        where = place.words() if place is not None else ""
        element = place.element if place is not None else None
        line = place.line if place is not None else None
        if node is not None:
            element, line = node.get("id") or element, node.sourceline
        problem = Problem(code, element, line, f"{where}: {message}" if where else message)
        if problem not in self._seen and len(self.problems) < MOST:
            self._seen.add(problem)
            self.problems.append(problem)
