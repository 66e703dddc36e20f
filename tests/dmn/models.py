"""Small decision models for the tests, written down as they are read: name, logic, arrows."""

from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape

from engine.dmn import Result, read_model
from engine.dmn.language import Surroundings

DMN_13 = "https://www.omg.org/spec/DMN/20191111/MODEL/"
DMN_15 = "https://www.omg.org/spec/DMN/20230324/MODEL/"
SURROUNDINGS = Surroundings(now=datetime(2026, 3, 2, 1, 0, tzinfo=UTC))


def model(*parts: str, namespace: str = DMN_15, own: str = "urn:test") -> bytes:
    """Return a DMN file of some parts."""
    head = f'<definitions xmlns="{namespace}" id="definitions" name="试验" namespace="{own}">'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n{"".join(parts)}</definitions>'.encode()


def literal(text: str, type_: str = "") -> str:
    """Return a literal expression."""
    return f"<literalExpression{_type(type_)}><text>{escape(text, quote=False)}</text></literalExpression>"


def text(words: str) -> str:
    """Return a literal expression that is a text."""
    return literal(f'"{words}"')


def input_data(name: str, type_: str = "") -> str:
    """Return input data."""
    return f'<inputData id="i_{name}" name="{name}"><variable name="{name}"{_type(type_)}/></inputData>'


def decision(name: str, logic: str, *, type_: str = "", needs: str = "", knows: str = "") -> str:
    """Return a decision; `needs` and `knows` are ids of other nodes, with spaces between (i_ for inputs)."""
    arrows = "".join(_need(each) for each in needs.split()) + "".join(_knowledge(each) for each in knows.split())
    variable = f'<variable name="{name}"{_type(type_)}/>'
    return f'<decision id="d_{name}" name="{name}">{variable}{arrows}{logic}</decision>'


def knowledge(name: str, parameters: str, body: str, *, type_: str = "", knows: str = "") -> str:
    """Return a knowledge model; parameters are `name:type`, with spaces between."""
    arrows = "".join(_knowledge(each) for each in knows.split())
    logic = f"<encapsulatedLogic>{_parameters(parameters)}{body}</encapsulatedLogic>"
    head = f'<businessKnowledgeModel id="k_{name}" name="{name}"><variable name="{name}"{_type(type_)}/>'
    return f"{head}{logic}{arrows}</businessKnowledgeModel>"


def service(name: str, *, outputs: str, inputs: str = "", decisions: str = "") -> str:
    """Return a decision service; all are ids, with spaces between."""
    ends = [("outputDecision", outputs), ("inputDecision", decisions), ("inputData", inputs)]
    inner = "".join(f'<{tag} href="#{each}"/>' for tag, ids in ends for each in ids.split())
    return f'<decisionService id="s_{name}" name="{name}"><variable name="{name}"/>{inner}</decisionService>'


def function(parameters: str, body: str) -> str:
    """Return a function definition."""
    return f"<functionDefinition>{_parameters(parameters)}{body}</functionDefinition>"


def context(**entries: str) -> str:
    """Return a boxed context; the entry named `result` is the unnamed last one."""
    inner = [f'<contextEntry><variable name="{name}"/>{logic}</contextEntry>' for name, logic in entries.items()]
    return f"<context>{''.join(inner)}</context>".replace('<variable name="result"/>', "")


def table(
    rules: Sequence[Sequence[str]],
    *,
    policy: str = "UNIQUE",
    inputs: Sequence[str] = ("金额",),
    outputs: Sequence[str] = ('<output name="部门"/>',),
) -> str:
    """Return a decision table; the cells of each rule are those of the inputs, then those of the outputs."""
    asked = "".join(f"<input><inputExpression><text>{each}</text></inputExpression></input>" for each in inputs)
    name, _, aggregation = policy.partition("+")
    added = f' aggregation="{aggregation}"' if aggregation else ""
    rows = "".join(_rule(number, rule, len(inputs)) for number, rule in enumerate(rules, 1))
    return f'<decisionTable hitPolicy="{name}"{added}>{asked}{"".join(outputs)}{rows}</decisionTable>'


def output(name: str = "", *, type_: str = "", values: str = "", default: str = "") -> str:
    """Return an output column."""
    listed = f"<outputValues><text>{values}</text></outputValues>" if values else ""
    fallback = f"<defaultOutputEntry><text>{default}</text></defaultOutputEntry>" if default else ""
    named = f' name="{name}"' if name else ""
    return f"<output{named}{_type(type_)}>{listed}{fallback}</output>"


def item(name: str, inner: str, *, collection: bool = False) -> str:
    """Return an item definition."""
    many = ' isCollection="true"' if collection else ""
    return f'<itemDefinition name="{name}"{many}>{inner}</itemDefinition>'


def part(name: str, type_: str) -> str:
    """Return an item component."""
    return f'<itemComponent name="{name}"><typeRef>{type_}</typeRef></itemComponent>'


def ask(xml: bytes, name: str, *, strict: bool = True, **inputs: object) -> object:
    """Return what a decision or service of a model says."""
    return asked(xml, name, strict=strict, **inputs).as_json()["result"]


def asked(xml: bytes, name: str, *, strict: bool = True, **inputs: object) -> Result:
    """Return a decision with its warnings and its record."""
    return read_model(xml, lenient=not strict).evaluate(name, inputs, surroundings=SURROUNDINGS, strict=strict)


def _type(type_: str) -> str:
    return f' typeRef="{type_}"' if type_ else ""


def _need(identifier: str) -> str:
    tag = "requiredInput" if identifier.startswith("i_") else "requiredDecision"
    return f'<informationRequirement><{tag} href="#{identifier}"/></informationRequirement>'


def _knowledge(identifier: str) -> str:
    return f'<knowledgeRequirement><requiredKnowledge href="#{identifier}"/></knowledgeRequirement>'


def _parameters(parameters: str) -> str:
    pairs = [each.partition(":") for each in parameters.split()]
    return "".join(f'<formalParameter name="{name}"{_type(type_)}/>' for name, _, type_ in pairs)


def _rule(number: int, cells: Sequence[str], columns: int) -> str:
    tags = ["inputEntry"] * columns + ["outputEntry"] * (len(cells) - columns)
    inner = "".join(
        f"<{tag}><text>{escape(cell, quote=False)}</text></{tag}>" for tag, cell in zip(tags, cells, strict=True)
    )
    return f'<rule id="rule_{number}">{inner}</rule>'
