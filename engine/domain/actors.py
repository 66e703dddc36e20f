"""Who acts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """A person (or the timers) carrying out a command."""

    id: str
    name: str
    roles: frozenset[str]
    unit_id: str | None = None

    def has_any(self, *roles: str) -> bool:
        """Return whether the actor holds one of the roles."""
        return not self.roles.isdisjoint(roles)


TIMER = Actor(id="timer", name="系统计时", roles=frozenset({"system"}))
SYSTEM = Actor(id="system", name="系统", roles=frozenset({"system"}))
CITIZEN = Actor(id="citizen", name="群众", roles=frozenset({"citizen"}))
