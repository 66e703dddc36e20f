"""A process or sub-process as a graph: what the rules about flows ask of it."""

from collections.abc import Iterator
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]  # lxml brings no types

from engine.runtime.intake import bpmn
from engine.runtime.model import SCOPES
from engine.runtime.parsing import KINDS, is_event_sub_process, is_link
from engine.runtime.triggers import Trigger, triggers_of

CHOOSING = ("exclusiveGateway", "inclusiveGateway", "complexGateway")
ACTIVITIES = (*(kind for kind in KINDS if kind.endswith("Task")), "task", "callActivity", *SCOPES)
WAITING = ("userTask", "receiveTask", "intermediateCatchEvent", "callActivity", "scriptTask")  # or may change its mind


class Scope:
    """One process or sub-process: its nodes, and the flows between them."""

    def __init__(self, element: Any) -> None:
        """Read the scope; not what is in its sub-processes."""
        self.element = element
        self.nodes = {e.get("id"): e for e in element if isinstance(e.tag, str) and kind_of(e) in KINDS}
        self.flows = element.findall(bpmn("sequenceFlow"))
        self.is_process = element.tag == bpmn("process")
        self.is_ad_hoc = element.tag == bpmn("adHocSubProcess")

    def of_kind(self, kind: str) -> list[Any]:
        """Return the nodes of a kind."""
        return [node for node in self.nodes.values() if kind_of(node) == kind]

    def triggers(self, node: Any) -> tuple[Trigger, ...]:
        """Return what an event waits for or throws."""
        return triggers_of(node)

    def is_event_sub_process(self, node: Any) -> bool:
        """Return whether a node is a sub-process that an event starts."""
        return is_event_sub_process(node)

    def may_end_at(self, node: Any) -> bool:
        """Return whether a token may end at a node that no flow leaves."""
        if kind_of(node) == "endEvent" or self.is_ad_hoc or is_event_sub_process(node):
            return True
        if node.get("isForCompensation") == "true" or "compensation" in {t.kind for t in triggers_of(node)}:
            return True
        return kind_of(node) == "intermediateThrowEvent" and is_link(node)

    def is_more_than_waiting(self, node: Any) -> bool:
        """Return whether a task has a loop or boundary events besides what it does."""
        if any(event.get("attachedToRef") == node.get("id") for event in self.of_kind("boundaryEvent")):
            return True
        return any(isinstance(e.tag, str) and kind_of(e).endswith("LoopCharacteristics") for e in node)

    def starts_by_message(self, node: Any) -> bool:
        """Return whether a node is a receive task whose message starts the process."""
        return kind_of(node) == "receiveTask" and node.get("instantiate") == "true"

    def leaving(self, node: Any) -> list[Any]:
        """Return the flows that leave a node."""
        return [flow for flow in self.flows if flow.get("sourceRef") == node.get("id")]

    def arriving(self, node: Any) -> list[Any]:
        """Return the flows that lead to a node."""
        return [flow for flow in self.flows if flow.get("targetRef") == node.get("id")]

    def waits_inside(self, node: Any) -> bool:
        """Return whether something in a sub-process waits."""
        return any(isinstance(e.tag, str) and kind_of(e) in WAITING for e in node.iterdescendants())

    def reached(self) -> set[str]:
        """Return the ids of the nodes that a token can reach from where the scope starts."""
        seen: set[str] = set()
        work = [key for key, node in self.nodes.items() if self._begins(node)]
        while work:
            key = work.pop()
            if key not in seen and key in self.nodes:
                seen.add(key)
                work += self._next(key)
        return seen

    def reaches(self, begin: str, goal: str, closed: set[str]) -> bool:
        """Return whether a way along flows leads from `begin` to `goal` without passing a closed node."""
        seen, work = set(closed), list(self._along(begin))
        while work:
            key = work.pop()
            if key == goal:
                return True
            if key not in seen and key in self.nodes:
                seen.add(key)
                work += self._along(key)
        return False

    def _along(self, key: str) -> Iterator[str]:
        node = self.nodes[key]
        yield from (flow.get("targetRef") for flow in self.leaving(node))
        if kind_of(node) == "intermediateThrowEvent" and is_link(node):
            name = node.find(bpmn("linkEventDefinition")).get("name")
            yield from (k for k, n in self.nodes.items() if self._catches_link(n, name))

    def _catches_link(self, node: Any, name: str | None) -> bool:
        if kind_of(node) != "intermediateCatchEvent" or not is_link(node):
            return False
        return node.find(bpmn("linkEventDefinition")).get("name") == name

    def _next(self, key: str) -> Iterator[str]:
        yield from self._along(key)
        yield from (k for k, n in self.nodes.items() if n.get("attachedToRef") == key)
        links = (e for e in self.element.findall(bpmn("association")) if e.get("sourceRef") == key)
        yield from (link.get("targetRef") for link in links)

    def _begins(self, node: Any) -> bool:
        if kind_of(node) == "startEvent" or is_event_sub_process(node) or self.starts_by_message(node):
            return True
        return self.is_ad_hoc and not self.arriving(node) and kind_of(node) != "boundaryEvent"


def scopes_of(process: Any) -> list[Scope]:
    """Return a process and all sub-processes in it."""
    inner = [e for kind in SCOPES for e in process.iter(bpmn(kind))]
    return [Scope(process), *(Scope(element) for element in inner)]


def kind_of(element: Any) -> str:
    """Return an element's kind without its namespace; "" for None."""
    return str(etree.QName(element).localname) if element is not None else ""
