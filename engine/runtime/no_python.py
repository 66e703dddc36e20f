"""What stands in the library's place for evaluating Python: a refusal. Nothing of ours asks it (see nodes.py)."""

from typing import Any, NoReturn

from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.script_engine.python_environment import BasePythonScriptEngineEnvironment

from engine.domain.errors import Refused


class NoEnvironment(BasePythonScriptEngineEnvironment):
    """Refuses to evaluate, execute and call; three places of the library come here past the engine."""

    def evaluate(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse."""
        raise Refused(what="script")

    def execute(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse."""
        raise Refused(what="script")

    def call_service(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse."""
        raise Refused(what="script")


class NoPython(PythonScriptEngine):
    """The library's script engine without a language."""

    def __init__(self) -> None:
        """Take the environment that refuses."""
        super().__init__(environment=NoEnvironment())

    def evaluate(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse."""
        raise Refused(what="script")

    def execute(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse."""
        raise Refused(what="script")

    def call_service(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse."""
        raise Refused(what="script")


NO_PYTHON = NoPython()
