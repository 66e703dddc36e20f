"""The seam for business rule tasks: a model and a case's data in, the answer and why it is so out."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from engine.dmn.language import Surroundings
from engine.dmn.model import Model, read_model

_KEPT = 64  # compiled models


def decide(
    model_xml: bytes, decision: str, data: Mapping[str, object], surroundings: Surroundings
) -> tuple[Any, list[dict[str, Any]]]:
    """
    Return (result, trace) of a decision or decision service, by name or id: a FEEL value, and JSON.

    `data` is the case's data; what the decision does not ask for is left alone. The trace belongs into the case's
    event (its shape: engine/dmn/record.py). Strict: raises DecisionFailed for whatever gives no answer to act on, and
    DmnRefused for a model that should not have been deployed.
    """
    result = _model(model_xml).evaluate(decision, data, surroundings=surroundings)
    return result.value, result.trace


def inputs_of(models: Mapping[str, bytes]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return {model key: {decision or service: what it is asked with}}; raises DmnRefused for a model that is wrong."""
    return {key: _inputs(_model(xml)) for key, xml in models.items()}


def _inputs(model: Model) -> dict[str, tuple[str, ...]]:
    return {name: model.inputs_of(name) for name in (*model.decisions, *model.services)}


@lru_cache(_KEPT)
def _model(model_xml: bytes) -> Model:
    return read_model(model_xml)
