"""
Counts where the browser's FEEL and the server's differ: `python -m tests.conformance.browser_report KIT`.

Every literal expression of the kit's cases, and our own everyday expressions, are evaluated by feelin (the language
of bpmn.io's editors, in Node, web/assets/compare.mjs) and by engine.feel. Our attacks are only read, by both.
Prints Markdown: figures, then each difference.
"""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from engine.feel import (
    FeelError,
    Function,
    Surroundings,
    Vocabulary,
    check_expression,
    compile_expression,
    names_in_data,
    text_of,
)
from engine.feel.rendering import quoted
from engine.feel.signatures import BUILTINS
from tests.conformance.tck_files import Case, cases_in, children, requirements, text_of_child
from tests.feel.office import DATA, NAMES, SURROUNDINGS

ROOT = Path(__file__).parents[2]
CLOSE = 8  # decimal places in which numbers must agree, as in the kit


@dataclass(frozen=True)
class Asked:
    """An expression over data; `context` is the data as a FEEL text."""

    source: str
    text: str
    data: dict[str, Any]
    names: tuple[str, ...]
    surroundings: Surroundings
    evaluated: bool = True


def of_kit(folder: Path) -> Iterator[Asked]:
    """Yield the expressions of the kit's cases, each with the values of the decisions that it needs."""
    seen: set[tuple[str, str]] = set()
    for case in cases_in(folder):
        text = text_of_child(children(case.model.decisions[case.decision], "literalExpression")[0], "text")
        data = _data(case)
        if (text, repr(data)) not in seen:
            seen.add((text, repr(data)))
            yield Asked(case.id.split("/")[0], text, data, tuple(case.model.names), case.model.surroundings())


def _data(case: Case) -> dict[str, Any]:
    needed = requirements(case.model, case.decision)
    return case.inputs | {name: _value(case, name) for name in needed}


def _value(case: Case, name: str) -> Any:
    text = text_of_child(children(case.model.decisions[name], "literalExpression")[0], "text")
    other = Case(case.id, case.model, name, case.inputs, None)
    return compile_expression(text, names=case.model.names).evaluate_with_warnings(_data(other))[0]


def of_ours() -> Iterator[Asked]:
    """Yield our everyday expressions."""
    for example in json.loads((ROOT / "tests/feel/everyday.json").read_text("utf-8")):
        yield Asked("everyday", example["text"], DATA, NAMES, SURROUNDINGS)


def attacks() -> Iterator[Asked]:
    """Yield our attacks on expressions, which nobody evaluates here."""
    for file in sorted((ROOT / "tests/feel/attacks").glob("*.json")):
        for attack in json.loads(file.read_text("utf-8")):
            if attack["kind"] == "expression":
                yield Asked(file.stem, attack["text"], {}, (), Surroundings(), evaluated=False)


def literal(value: Any) -> str:
    """Return FEEL that means the value."""
    match value:
        case str():
            return quoted(value)
        case dict():
            return "{" + ", ".join(f"{quoted(key)}: {literal(item)}" for key, item in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(literal, value)) + "]"
        case bool():
            return "true" if value else "false"
        case None | int() | Decimal():
            return text_of(Decimal(value) if isinstance(value, int) else value)
        case _:
            return f'@"{text_of(value)}"'


def browser(asked: list[Asked]) -> list[dict[str, Any]]:
    """Return what feel-lint and feelin answer."""
    lines = [
        json.dumps(
            {"text": one.text, "context": literal(one.data), "names": [*BUILTINS, *one.names], "run": one.evaluated}
        )
        for one in asked
    ]
    command = ["node", "compare.mjs"]
    done = subprocess.run(  # noqa: S603  # our own script
        command, cwd=ROOT / "web/assets", input="\n".join(lines), capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def server(one: Asked) -> dict[str, Any]:
    """Return what engine.feel answers in the shape of `browser`."""
    try:
        names = names_in_data(one.data) | set(one.names)
        check_expression(one.text, Vocabulary(inner=tuple(names)))
        compiled = compile_expression(one.text, names=names)
        if not one.evaluated:
            return {"grammar": True}
        value, _ = compiled.evaluate_with_warnings(one.data, surroundings=one.surroundings)
        return {"grammar": True, "value": plain(value)}
    except FeelError as error:
        return {"grammar": False, "error": str(error)}


def plain(value: Any) -> Any:
    """Return a value as compare.mjs writes it, numbers in the places that must agree."""
    match value:
        case None | bool() | str():
            return value
        case Decimal() | int() | float():
            return float(round(value, CLOSE)) if abs(value) < 1e15 else float(value)
        case list():
            return [plain(item) for item in value]
        case dict():
            return {key: plain(item) for key, item in value.items()}
        case _:
            return {"@": "function" if isinstance(value, Function) else text_of(value)}


def kind_of_difference(theirs: dict[str, Any], ours: dict[str, Any], *, evaluated: bool) -> str:
    """Return in what the two differ, "" where they do not."""
    if theirs["grammar"] != ours["grammar"]:
        return "only the editor accepts it" if theirs["grammar"] else "only the server accepts it"
    if not ours["grammar"] or not evaluated:
        return ""
    if "error" in theirs:
        return "feelin stops with an error"
    if plain(theirs["value"]) == ours["value"]:
        return ""
    if theirs["value"] is None:
        return "feelin says null"
    return "feelin has a value, the server null" if ours["value"] is None else "another value"


def main(folder: Path) -> None:
    """Print the report."""
    asked = [*of_kit(folder), *of_ours(), *attacks()]
    rows: list[tuple[Asked, str, dict[str, Any], dict[str, Any]]] = []
    for one, theirs in zip(asked, browser(asked), strict=True):
        ours = server(one)
        rows.append((one, kind_of_difference(theirs, ours, evaluated=one.evaluated), theirs, ours))
    _figures(rows)
    print("\n| source | expression | difference | browser | server |\n|---|---|---|---|---|")
    for one, kind, theirs, ours in rows:
        if kind:
            print(f"| {one.source} | {_cell(one.text)} | {kind} | {_shown(theirs)} | {_shown(ours)} |")


def _figures(rows: list[Any]) -> None:
    groups = {"kit": Counter[str](), "everyday": Counter[str](), "attacks (read only)": Counter[str]()}
    for one, kind, _, _ in rows:
        group = "attacks (read only)" if not one.evaluated else "everyday" if one.source == "everyday" else "kit"
        groups[group][kind or "the same"] += 1
    print("| expressions | the same | differences |\n|---|---|---|")
    for name, counted in groups.items():
        others = ", ".join(f"{kind} {n}" for kind, n in sorted(counted.items()) if kind != "the same")
        print(f"| {name} | {counted['the same']} / {sum(counted.values())} | {others or 'none'} |")


def _shown(answer: dict[str, Any]) -> str:
    return _cell(answer["error"] if "error" in answer else json.dumps(answer.get("value"), ensure_ascii=False))


def _cell(text: str) -> str:
    short = " ".join(text.split()).replace("|", "\\|")
    return f"`{short[:90]}{'…' if len(short) > 90 else ''}`".replace("``", "")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
