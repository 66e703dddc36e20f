"""The list of problems that reading a model fills."""

from engine.dmn.elements import Node
from engine.dmn.places import Place
from engine.domain.problems import Problem


class Findings:
    """Problems in the order in which they were found, each once."""

    def __init__(self) -> None:
        """Begin without any."""
        self.problems: list[Problem] = []

    def add(self, code: str, node: Node | None, message: str, place: Place | None = None) -> None:
        """Note a problem at an element, worded with the place where that is known."""
        where = place.words() if place is not None else ""
        element = place.element if place is not None else None
        line = place.line if place is not None else None
        if node is not None:
            element, line = node.get("id") or element, node.sourceline
        problem = Problem(code, element, line, f"{where}: {message}" if where else message)
        if problem not in self.problems:
            self.problems.append(problem)
