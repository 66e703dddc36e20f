"""The bench: what every command finds at hand. Not a command itself."""

from engine.commands.work.bench import FollowUp, Rest, Walks, Work
from engine.commands.work.equipment import Equipment

__all__ = ["Equipment", "FollowUp", "Rest", "Walks", "Work"]
