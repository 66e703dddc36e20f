"""
How long FEEL takes, beside SpiffWorkflow's own evaluation of the same condition. Run: python -m bench.feel [--attacks].

Figures are medians over batches, so that a busy machine moves them little; the ratio is the more reliable one.
"""

import json
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from types import SimpleNamespace

from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine

from engine.feel import FeelError, compile_expression, compile_unary_tests, evaluate_test
from engine.feel.compiled import Compiled
from engine.feel.parser import parse_expression, parse_tests
from engine.feel.regex import compiled_pattern

CONDITION = 'amount > 100 and category = "A"'
PYTHON_CONDITION = 'amount > 100 and category == "A"'
DATA = {"amount": 250, "category": "A"}
ATTACKS = Path(__file__).parent.parent / "tests" / "feel" / "attacks"
BATCHES = 200
CALLS = 500


def median_microseconds(call: Callable[[], object]) -> float:
    """Return the median time of a call in microseconds."""
    batches: list[float] = []
    for _ in range(BATCHES):
        start = perf_counter()
        for _ in range(CALLS):
            call()
        batches.append((perf_counter() - start) / CALLS * 1e6)
    return statistics.median(batches)


def compare_with_python() -> None:
    """Print both medians and their ratio."""
    compiled = compile_expression(CONDITION)
    engine, task = PythonScriptEngine(), SimpleNamespace(data=dict(DATA))
    cell = compile_unary_tests("> 100")
    ours = median_microseconds(lambda: compiled.evaluate(DATA))
    theirs = median_microseconds(lambda: engine.evaluate(task, PYTHON_CONDITION))
    print(f"FEEL compiled, evaluate():          {ours:6.2f} µs   {CONDITION}")
    print(f"SpiffWorkflow PythonScriptEngine:   {theirs:6.2f} µs   {PYTHON_CONDITION}")
    print(f"ratio:                              {theirs / ours:6.1f} x")
    print(f"one cell, evaluate_test():          {median_microseconds(lambda: evaluate_test(cell, 250, DATA)):6.2f} µs")
    parsed = median_microseconds(lambda: Compiled(CONDITION, parse_expression(CONDITION)))
    print(f"parse and compile, no cache:        {parsed:6.2f} µs")


def milliseconds_to_refuse(text: str, kind: str) -> float:
    """Return how long an attack takes from its text to its refusal or its harmless value: the best of three."""
    return min(_once(text, kind) for _ in range(3))


def _once(text: str, kind: str) -> float:
    compiled_pattern.cache_clear()
    start = perf_counter()
    try:
        tree = parse_tests(text) if kind == "tests" else parse_expression(text)
        Compiled(text, tree).evaluate({"a": 1, "s": "x" * 1000, "l": list(range(100))})
    except FeelError:
        pass
    return (perf_counter() - start) * 1e3


def measure_attacks() -> None:
    """Print the slowest attacks of the corpus."""
    times = [
        (milliseconds_to_refuse(attack["text"], attack["kind"]), attack["text"][:90])
        for file in sorted(ATTACKS.glob("*.json"))
        for attack in json.loads(file.read_text("utf-8"))
    ]
    times.sort(reverse=True)
    print(f"{len(times)} attacks, the slowest {times[0][0]:.1f} ms")
    for time, text in times[:15]:
        print(f"{time:8.1f} ms   {text!r}")


if __name__ == "__main__":
    measure_attacks() if "--attacks" in sys.argv else compare_with_python()
