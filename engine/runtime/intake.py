"""Reading a diagram: bytes in, a safe BPMN tree out, or a refusal with its reason."""

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]  # lxml brings no types

from engine.domain.errors import DiagramRefused
from engine.domain.problems import Problem
from engine.xml_intake import LARGEST, XmlRefused, read_tree

__all__ = ["BPMN", "GOV", "LARGEST", "bpmn", "gov", "read_model"]

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
GOV = "urn:banjie:bpmn:1"


def read_model(content: bytes) -> etree._Element:  # lxml's own name for an element
    """Return the root of a BPMN file; raises DiagramRefused."""
    try:
        root = read_tree(content)
    except XmlRefused as error:
        raise DiagramRefused(problems=[error.problem]) from error
    if root.tag != f"{{{BPMN}}}definitions":
        raise DiagramRefused(problems=[Problem("xml.root", None, root.sourceline, "The file is not a BPMN 2.0 model.")])
    return root


def bpmn(name: str) -> str:
    """Return the qualified name of a BPMN element."""
    return f"{{{BPMN}}}{name}"


def gov(name: str) -> str:
    """Return the qualified name of one of our extension elements."""
    return f"{{{GOV}}}{name}"
