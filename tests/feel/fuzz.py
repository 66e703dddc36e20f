"""
Throw broken and hostile text at FEEL: whatever is not a FeelError is a finding.

Run: python -m tests.feel.fuzz --inputs 1000000 --seed 1. Prints the findings with their text; exit 1 when there is one.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from engine.feel import FeelError, compile_unary_tests, from_json, to_json
from engine.feel.compiled import Compiled
from engine.feel.parser import parse_expression, parse_tests
from engine.feel.printer import print_node
from engine.feel.signatures import BUILTINS
from tests.feel.office import DATA, NAMES, SURROUNDINGS

HERE = Path(__file__).parent
PIECES = (
    *"+-*/<>=()[]{},.:@?'\"\\|!#$&^~`\n\t ",
    *("**", "..", "<=", ">=", "!=", "->", "==", "//", "/*", "*/", '"a"', '@"2026-02-30"', '@"PT5S"', '"["', '"(?<a>"'),
    *("if ", " then ", " else ", "for ", " in ", " return ", "some ", "every ", " satisfies ", " and ", " or "),
    *(
        " between ",
        " instance of ",
        "true",
        "false",
        "null",
        "function(x) ",
        " external ",
        "not(",
        "-",
        "item",
        "partial",
    ),
    *("0", "1", "-1", "3.5", "1e6144", "1e-6143", "99999999999999999999999999999999999", "1000000", "0.0000001"),
    *(
        "金额",
        "材料",
        "申请人",
        "申请 金额",
        "x",
        "first name",
        "，",
        "（",
        "“",
        "\u200b",
        "\ud800",
        "\U0001f600",
        "\x00",
    ),
    *('"' + "x" * 50 + '"', "[1,2,3]", "{a: 1}", "[1..5]", "(1..", "date(", "list<", "context<a: ", "function<>-> "),
)


HOSTILE = {
    **DATA,
    "?": 5,
    "x": "a\ud800",
    "a": 10**40,
    "b": float("inf"),
    "s": "x" * 1000,
    "l": list(range(100)),
    "m": {"key": None, "value": [1, "a", {}]},
}


@dataclass
class Findings:
    """What was tried, and what should not have happened."""

    tried: int = 0
    refused: int = 0
    wrong: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])


def seeds() -> list[str]:
    """Return expressions to begin with: the everyday ones, the attacks, a call of each built-in function."""
    everyday = [example["text"] for example in json.loads((HERE / "everyday.json").read_text("utf-8"))]
    attacks = [
        attack["text"]
        for file in sorted((HERE / "attacks").glob("*.json"))
        for attack in json.loads(file.read_text("utf-8"))
        if len(attack["text"]) < 300
    ]
    calls = [
        f"{name}({', '.join(each.name + ': ' + each.name[:1] for each in signature.parameters)})"
        for name, function in BUILTINS.items()
        for signature in function.signatures
    ]
    return [*everyday, *attacks, *calls]


def inputs(count: int, seed: int) -> Iterator[str]:
    """Yield so many texts: pieces put together, and seeds cut, joined and damaged."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    known = seeds()
    for _ in range(count):
        if chance.random() < 0.3:
            yield "".join(chance.choices(PIECES, k=chance.randint(1, 14)))
        else:
            yield damaged(chance.choice(known), known, chance)


def damaged(text: str, known: list[str], chance: random.Random) -> str:
    """Return the text with one to four damages."""
    for _ in range(chance.randint(1, 4)):
        start, end = sorted(chance.randint(0, len(text)) for _ in range(2))
        match chance.randint(0, 6):
            case 0:
                text = text[:start] + text[end:]
            case 1:
                text = text[:start] + chance.choice(PIECES) + text[start:]
            case 2:
                text = text[:end] + text[start:]
            case 3:
                text = text[:start] + chance.choice(known) + text[end:]
            case 4:
                text = (
                    text[:start]
                    + chr(chance.choice((chance.randint(32, 126), chance.randint(128, 0x2FFFF))))
                    + text[end:]
                )
            case 5:
                text = f"{chance.choice(PIECES)}{text}{chance.choice(PIECES)}"
            case _:
                name = chance.choice(tuple(BUILTINS))
                text = f"{name}({text}, {chance.choice(known)})"
    return text[:600]


def try_text(text: str, findings: Findings) -> None:
    """Parse, print, compile and evaluate a text both ways; keep whatever is not a FeelError."""
    findings.tried += 1
    for parse in (parse_expression, parse_tests):
        try:
            tree = parse(text, NAMES)
            if parse(print_node(tree), NAMES) != tree:
                findings.wrong.append((text, "printing is not the inverse of parsing"))
            compiled = Compiled(text, tree)
            value, _ = compiled.evaluate_with_warnings(HOSTILE, surroundings=SURROUNDINGS)
            from_json(to_json(value))
        except FeelError:
            findings.refused += 1
        except Exception as error:  # any other error is what is looked for
            findings.wrong.append((text, repr(error)))


def fuzz(count: int, seed: int) -> Findings:
    """Try so many inputs."""
    findings = Findings()
    for text in inputs(count, seed):
        try_text(text, findings)
    return findings


def main() -> None:
    """Read the arguments, try, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    compile_unary_tests("-")
    findings = fuzz(arguments.inputs, arguments.seed)
    for text, error in findings.wrong[:50]:
        print(f"{error}\n    {text!r}")
    print(f"{findings.tried} inputs, {findings.refused} refusals, {len(findings.wrong)} findings")
    sys.exit(1 if findings.wrong else 0)


if __name__ == "__main__":
    main()
