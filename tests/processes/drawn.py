"""A shipped process read as what it is on paper: shapes, lines, labels, and the model they stand for."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]  # lxml brings no types

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "workflows").glob("*/*.bpmn"))
NS = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "gov": "urn:banjie:bpmn:1",
}
EVENTS = ("startEvent", "endEvent", "boundaryEvent", "intermediateCatchEvent")
GATEWAYS = ("exclusiveGateway", "parallelGateway", "inclusiveGateway")
TASKS = ("userTask", "serviceTask", "subProcess")
NAME_STRIP = 30  # a pool and each of its lanes keep this much at their left for their name
Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """A rectangle of the drawing; one that only touches another neither overlaps nor leaves it."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Return its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Return its lower edge."""
        return self.y + self.height

    def holds(self, other: "Box") -> bool:
        """Return whether `other` lies in it altogether."""
        across = self.x <= other.x and other.right <= self.right
        return across and self.y <= other.y and other.bottom <= self.bottom

    def meets(self, other: "Box") -> bool:
        """Return whether the two have any area in common."""
        across = self.x < other.right and other.x < self.right
        return across and self.y < other.bottom and other.y < self.bottom

    def has_on_edge(self, point: Point) -> bool:
        """Return whether a point lies on its outline."""
        x, y = point
        inside = self.x <= x <= self.right and self.y <= y <= self.bottom
        return inside and (x in (self.x, self.right) or y in (self.y, self.bottom))


@dataclass(frozen=True)
class Drawing:
    """One .bpmn file of `workflows/` and the process.json beside it."""

    path: Path

    @cached_property
    def tree(self) -> Any:
        """Return the parsed document."""
        return etree.parse(self.path, etree.XMLParser(resolve_entities=False, no_network=True))

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """Return what process.json says."""
        return json.loads(self.path.with_name("process.json").read_text("utf-8"))

    def find(self, path: str) -> list[Any]:
        """Return what an XPath finds in the document."""
        return self.tree.xpath(path, namespaces=NS)

    def each(self, *kinds: str) -> list[Any]:
        """Return all BPMN elements of these kinds."""
        return [element for kind in kinds for element in self.find(f"//bpmn:{kind}")]

    @cached_property
    def nodes(self) -> Mapping[str, Any]:
        """Return every event, gateway and activity by its id."""
        return {element.get("id"): element for element in self.each(*EVENTS, *GATEWAYS, *TASKS)}

    @cached_property
    def flows(self) -> Mapping[str, Any]:
        """Return every sequence flow by its id."""
        return {element.get("id"): element for element in self.each("sequenceFlow")}

    @cached_property
    def lanes(self) -> Mapping[str, Any]:
        """Return every lane by its id."""
        return {element.get("id"): element for element in self.each("lane")}

    @cached_property
    def boxes(self) -> Mapping[str, Box]:
        """Return the bounds of every shape by the id of what it stands for."""
        shapes = self.find("//bpmndi:BPMNShape")
        return {shape.get("bpmnElement"): _box(shape.find("dc:Bounds", NS)) for shape in shapes}

    @cached_property
    def lines(self) -> Mapping[str, list[Point]]:
        """Return the waypoints of every edge by the id of what it stands for."""
        edges = self.find("//bpmndi:BPMNEdge")
        return {edge.get("bpmnElement"): [_point(p) for p in edge.findall("di:waypoint", NS)] for edge in edges}

    @cached_property
    def labels(self) -> Mapping[str, Box]:
        """Return the bounds of every label that is placed outside its shape."""
        found = self.find("//bpmndi:BPMNLabel[dc:Bounds]")
        return {label.getparent().get("bpmnElement"): _box(label.find("dc:Bounds", NS)) for label in found}

    @cached_property
    def pool(self) -> Box:
        """Return the bounds of the only participant."""
        return self.boxes[self.each("participant")[0].get("id")]

    def inside(self, element_id: str) -> set[str]:
        """Return the ids of everything that a sub-process holds, none for anything else."""
        return {child.get("id") for child in self.nodes[element_id].iterdescendants() if child.get("id")}

    def solid(self) -> Iterator[tuple[str, Box]]:
        """Yield the shapes that nothing may be drawn across: all but sub-processes, lanes and the pool."""
        return ((key, self.boxes[key]) for key, node in self.nodes.items() if kind_of(node) != "subProcess")

    def strokes(self) -> Iterator[tuple[str, Box]]:
        """Yield every straight piece of every line, as a box without height or without width."""
        for flow, points in self.lines.items():
            for (x1, y1), (x2, y2) in pairwise(points):
                yield flow, Box(min(x1, x2), min(y1, y2), abs(x1 - x2), abs(y1 - y2))

    def ends_of(self, flow_id: str) -> tuple[str, str]:
        """Return the ids of what a flow leads from and to."""
        flow = self.flows[flow_id]
        return flow.get("sourceRef"), flow.get("targetRef")


def kind_of(element: Any) -> str:
    """Return an element's kind without its namespace: userTask, subProcess and so on."""
    return etree.QName(element).localname


def _box(bounds: Any) -> Box:
    x, y, width, height = (float(bounds.get(name)) for name in ("x", "y", "width", "height"))
    return Box(x, y, width, height)


def _point(waypoint: Any) -> Point:
    return float(waypoint.get("x")), float(waypoint.get("y"))
