"""Which web hooks this house may call: origins by name, and the key that calls are signed with."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class HookSettings:
    """
    Allowed origins as (scheme, host, port), and the key of the signature.

    A host of `inside` may lie in the office's own network; one of `outside` must have public addresses only.
    """

    outside: frozenset[tuple[str, str, int]] = frozenset()
    inside: frozenset[tuple[str, str, int]] = frozenset()
    key: str = ""


NO_HOOKS = HookSettings()


def origin_of(url: str) -> tuple[str, str, int] | None:
    """Return scheme, host and port of an http or https address without user and password, else None."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        return None
    if parts.scheme not in PORTS or not parts.hostname or parts.username is not None or parts.password is not None:
        return None
    return parts.scheme, parts.hostname.lower(), port


def hook_settings(environment: Mapping[str, str]) -> HookSettings:
    """Return the settings of BANJIE_HOOKS, BANJIE_HOOKS_INSIDE (addresses with commas) and BANJIE_HOOK_KEY."""
    return HookSettings(
        outside=_origins(environment.get("BANJIE_HOOKS", "")),
        inside=_origins(environment.get("BANJIE_HOOKS_INSIDE", "")),
        key=environment.get("BANJIE_HOOK_KEY", ""),
    )


def _origins(text: str) -> frozenset[tuple[str, str, int]]:
    given = [part.strip() for part in text.split(",") if part.strip()]
    found = {part: origin_of(part) for part in given}
    wrong = [part for part, origin in found.items() if origin is None]
    if wrong:
        message = f"no address of a web hook: {wrong[0]}"
        raise ValueError(message)
    return frozenset(origin for origin in found.values() if origin is not None)
