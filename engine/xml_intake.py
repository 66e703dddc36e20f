"""
Reading a model's XML: bytes in, a safe tree out, or the reason why not.

Diagrams and decision models come in by the same door. A streaming pass stops at the first DOCTYPE, entity or processing
instruction, and counts size and depth, before any tree is built. Nothing is ever fetched; the size bounds the time.
"""

from collections.abc import Mapping
from xml.parsers import expat

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]  # lxml brings no types

from engine.domain.errors import Invalid
from engine.domain.problems import Problem

LARGEST = 2 * 1024 * 1024  # bytes
DEEPEST = 48
MOST_ELEMENTS = 20_000
MOST_ATTRIBUTES = 64
LONGEST_ATTRIBUTE = 8_192
LONGEST_TEXT = 65_536
BOM = b"\xef\xbb\xbf"
XINCLUDE = "http://www.w3.org/2001/XInclude"


class XmlRefused(Invalid):
    """A file that is no safe XML; `problem` says why and in which line."""

    code = "xml_refused"

    def __init__(self, problem: Problem) -> None:
        """Keep the problem."""
        super().__init__(problem=problem)
        self.problem = problem


class _Stop(Exception):  # it stops the parser; it is no error of its own
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class _Watch:
    """Expat handlers that stop at the first thing a model has no business with."""

    def __init__(self) -> None:
        self.depth = self.elements = self.text = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        self.text = 0
        if self.depth > DEEPEST or self.elements > MOST_ELEMENTS or len(attributes) > MOST_ATTRIBUTES:
            raise _Stop("xml.limits", "The file is nested too deeply, or has too many elements or attributes.")
        if any(len(value) > LONGEST_ATTRIBUTE for value in attributes.values()):
            raise _Stop("xml.limits", f"An attribute of <{name}> is longer than {LONGEST_ATTRIBUTE} characters.")
        if name.startswith(f"{XINCLUDE} "):
            raise _Stop("xml.include", "The file wants to include another one.")

    def declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() != "utf-8":
            raise _Stop("xml.encoding", f"The file says that it is {encoding}; save it as UTF-8.")

    def end(self, _name: str) -> None:
        self.depth -= 1

    def characters(self, text: str) -> None:
        self.text += len(text)
        if self.text > LONGEST_TEXT:
            raise _Stop("xml.limits", "A text is too long.")

    def doctype(self, *_: object) -> None:
        raise _Stop("xml.doctype", "The file has a DOCTYPE or entities.")

    def instruction(self, *_: object) -> None:
        raise _Stop("xml.instruction", "The file has a processing instruction.")


def read_tree(content: bytes) -> etree._Element:  # lxml's own name for an element
    """Return the root element of safe, well-formed UTF-8 XML without comments; raises XmlRefused."""
    problem = _refusal(content)
    if problem is not None:
        raise XmlRefused(problem)
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True
    )
    try:
        return etree.fromstring(content.removeprefix(BOM), parser)
    except etree.XMLSyntaxError as error:  # the two parsers do not agree on everything
        problem = Problem("xml.malformed", None, error.lineno, f"The file is not well-formed XML: {error}.")
        raise XmlRefused(problem) from error


def _refusal(content: bytes) -> Problem | None:
    if not content.removeprefix(BOM).strip():
        return Problem("xml.empty", None, None, "The file is empty.")
    if len(content) > LARGEST:
        return Problem("xml.size", None, None, f"The file is larger than {LARGEST} bytes.")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return Problem("xml.encoding", None, None, "The file is not UTF-8; save it as UTF-8.")
    if b"\0" in content:
        return Problem("xml.encoding", None, None, "The file contains a NUL character.")
    return _watched(content.removeprefix(BOM))


def _watched(content: bytes) -> Problem | None:
    watch = _Watch()
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.XmlDeclHandler = watch.declaration
    parser.StartElementHandler = watch.start
    parser.EndElementHandler = watch.end
    parser.CharacterDataHandler = watch.characters
    parser.StartDoctypeDeclHandler = watch.doctype
    parser.EntityDeclHandler = watch.doctype
    parser.ProcessingInstructionHandler = watch.instruction
    try:
        parser.Parse(content, True)  # expat takes it by place only
    except _Stop as stop:
        return Problem(stop.code, None, parser.CurrentLineNumber, stop.message)
    except expat.ExpatError as error:
        return Problem("xml.malformed", None, error.lineno, f"The file is not well-formed XML: {error}.")
    return None
