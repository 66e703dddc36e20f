"""What a check of a model finds: one value for diagrams and decision models alike."""

from dataclasses import dataclass

from engine.feel import FeelError, Finding


@dataclass(frozen=True)
class Problem:
    """Why a model is refused, or what a designer should look at."""

    code: str
    element: str | None
    line: int | None
    message: str  # one English sentence; the web words the code in Chinese
    refused: bool = True
    cause: FeelError | Finding | None = None  # what is wrong with an expression, to be worded for the reader
