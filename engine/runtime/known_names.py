"""Which names the data of a process can have at all."""

from collections.abc import Collection, Iterator
from typing import Any

from engine.runtime.expressions import ExpressionInvalid, entries_of
from engine.runtime.intake import bpmn, gov

FROM_OUTSIDE = ("messageEventDefinition", "signalEventDefinition", "receiveTask")  # may bring names nobody knows
COUNTERS = frozenset({"loopCounter"})


def names_known(root: Any, forms: Collection[str] | None) -> frozenset[str] | None:
    """Return the names, by the forms of the bundle and all of the file; None where others may come from outside."""
    if forms is None or any(True for kind in FROM_OUTSIDE for _ in root.iter(bpmn(kind))):
        return None
    return frozenset(forms) | COUNTERS | frozenset(_set_by(root))


def _set_by(root: Any) -> Iterator[str]:
    """Yield what decisions, scripts and activities of several instances set."""
    for asked in root.iter(gov("decision")):
        yield asked.get("result") or ""
    for script in root.iter(bpmn("script")):
        try:
            yield from entries_of(script.text or "")
        except ExpressionInvalid:
            continue  # told of by the rules about scripts
    for kind in ("inputDataItem", "outputDataItem"):
        for item in root.iter(bpmn(kind)):
            yield item.get("name") or item.get("id") or ""
    for results in root.iter(bpmn("loopDataOutputRef")):
        yield (results.text or "").strip()
