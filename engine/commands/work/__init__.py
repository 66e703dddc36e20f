"""The bench: what every command finds at hand. Not a command itself."""

from engine.commands.work.bench import Failure, FollowUp, Work
from engine.commands.work.equipment import Equipment

__all__ = ["Equipment", "Failure", "FollowUp", "Work"]
