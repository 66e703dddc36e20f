"""Activities that are carried out several times: for each item, so many times, or while a condition holds."""

from dataclasses import dataclass
from typing import Any

from engine.domain.errors import Invalid
from engine.runtime.triggers import Trigger

MOST_INSTANCES = 200


@dataclass(frozen=True)
class Standard:
    """Again and again while a condition holds, at most so many times."""

    condition: str | None
    most: int | None
    asks_first: bool

    def open(self, body: Any) -> bool:
        """Begin the first round, or be done at once."""
        body.internal_data["rounds"] = 0
        if self.asks_first and not self._goes_on(body, body):
            body.task_spec.finish(body)
        else:
            self._again(body)
        return False

    def ended(self, body: Any, token: Any) -> None:
        """Begin the next round, or be done."""
        body.internal_data["rounds"] += 1
        goes_on = self._goes_on(body, token)
        body.workflow.consume(token)
        if goes_on:
            self._again(body)
        else:
            body.task_spec.finish(body)

    def _goes_on(self, body: Any, token: Any) -> bool:
        if self.most is not None and body.internal_data["rounds"] >= self.most:
            return False
        return self.condition is None or body.workflow.holds(self.condition, token)

    def _again(self, body: Any) -> None:
        local = {"loopCounter": body.internal_data["rounds"] + 1}
        body.workflow.enter(body.task_spec.name, body=str(body.id), local=local)


@dataclass(frozen=True)
class Multiple:
    """
    Once for each item or so many times, one after the other or all at once.

    Conditions know nrOfInstances, nrOfActiveInstances, nrOfCompletedInstances and nrOfTerminatedInstances, and each
    instance its loopCounter (from 1) and its item.
    """

    in_turn: bool
    cardinality: str | None = None
    collection: str | None = None
    item: str | None = None
    results: str | None = None  # variable that collects
    result: str | None = None  # variable of an instance that is collected
    completion: str | None = None
    throws: str = "All"  # All: nothing; One: at the first; None: at each
    thrown: Trigger | None = None

    def open(self, body: Any) -> bool:
        """Begin the instances, or be done at once when there are none."""
        items = self._items(body)
        if len(items) > MOST_INSTANCES:
            raise Invalid(reason="too_many_instances", element=body.task_spec.bpmn_id)
        body.internal_data |= {"items": items, "begun": 0, "completed": 0}
        if self.results is not None:
            body.workflow.write(body, {self.results: [None] * len(items)})
        for _ in range(min(1, len(items)) if self.in_turn else len(items)):
            self._begin(body)
        if not items:
            body.task_spec.finish(body)
        return False

    def ended(self, body: Any, token: Any) -> None:
        """Collect the instance's result; begin the next one, or be done."""
        facts = body.internal_data
        facts["completed"] += 1
        self._collect(body, token)
        body.workflow.consume(token)
        self._tell(body)
        if body.id not in body.workflow.tasks:
            return
        if self._all_done(body) or self._is_enough(body, token):
            self._finish(body)
        elif self.in_turn:
            self._begin(body)

    def add(self, body: Any, item: Any) -> None:
        """Add an instance at the end; it begins at once, or when its turn has come."""
        facts = body.internal_data
        if len(facts["items"]) - facts.get("dropped", 0) >= MOST_INSTANCES:
            raise Invalid(reason="too_many_instances", element=body.task_spec.bpmn_id)
        facts["items"].append(item)
        self._results(body).append(None)
        if not self.in_turn:
            self._begin(body)

    def drop(self, body: Any, token: Any) -> None:
        """Take an instance away as if it had never been; the others decide alone."""
        facts = body.internal_data
        facts["dropped"] = facts.get("dropped", 0) + 1
        token.workflow.cancel_token(token)
        if self._all_done(body):
            self._finish(body)
        elif self.in_turn:
            self._begin(body)

    def _items(self, body: Any) -> list[Any]:
        found = body.workflow.evaluate(self.collection or self.cardinality or "", body)
        if self.collection is not None:
            if not isinstance(found, list):
                raise Invalid(reason="not_a_list", element=body.task_spec.bpmn_id)
            return list(found)
        if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found <= MOST_INSTANCES:
            raise Invalid(reason="not_a_number", element=body.task_spec.bpmn_id)
        return list(range(1, found + 1))

    def _begin(self, body: Any) -> None:
        facts = body.internal_data
        item = facts["items"][facts["begun"]]
        facts["begun"] += 1
        local = {"loopCounter": facts["begun"]}
        if self.item is not None:
            local[self.item] = item
        if self.result is not None:
            local[self.result] = None
        body.workflow.enter(body.task_spec.name, body=str(body.id), local=local)

    def _collect(self, body: Any, token: Any) -> None:
        if self.result is not None:
            local = token.internal_data["local"]
            self._results(body)[local["loopCounter"] - 1] = local[self.result]

    def _results(self, body: Any) -> list[Any]:
        """Return the list that collects, or one that nobody keeps."""
        return body.workflow.values(body)[self.results] if self.results is not None else [None] * MOST_INSTANCES

    def _all_done(self, body: Any) -> bool:
        facts = body.internal_data
        return facts["completed"] + facts.get("dropped", 0) == len(facts["items"])

    def _is_enough(self, body: Any, token: Any) -> bool:
        if self.completion is None:
            return False
        facts = body.internal_data
        dropped = facts.get("dropped", 0)
        counters = {
            "nrOfInstances": len(facts["items"]) - dropped,
            "nrOfCompletedInstances": facts["completed"],
            "nrOfActiveInstances": facts["begun"] - facts["completed"] - dropped,
            "nrOfTerminatedInstances": 0,
        }
        return body.workflow.holds(self.completion, token, **counters)

    def _finish(self, body: Any) -> None:
        for other in body.workflow.tokens():
            if other.internal_data.get("body") == str(body.id):
                body.workflow.cancel_token(other)
        body.task_spec.finish(body)

    def _tell(self, body: Any) -> None:
        is_told = self.throws == "None" or (self.throws == "One" and body.internal_data["completed"] == 1)
        if not is_told or self.thrown is None:
            return
        for other in body.workflow.tokens():
            if other.internal_data.get("host") == str(body.id):
                place = other.task_spec.offered(other, self.thrown)
                if place is not None:
                    other.task_spec.caught(other, place)
