"""Decision models (DMN 1.1 to 1.5) on top of FEEL."""

from engine.dmn.model import Model, Result, check, read_model

__all__ = ["Model", "Result", "check", "read_model"]
