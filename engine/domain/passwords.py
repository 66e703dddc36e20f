"""What a password must be (GB/T 22239-2019, 8.1.4.1: complexity)."""

from engine.domain.errors import Invalid

SHORTEST = 8  # characters
CLASSES = 3  # of: lower case, upper case, digits, anything else


def require_strong(password: str) -> None:
    """Raise Invalid (weak_password) unless the password is long and mixed enough."""
    kinds = (
        any(c.islower() for c in password),
        any(c.isupper() for c in password),
        any(c.isdigit() for c in password),
        any(not c.isalnum() for c in password),
    )
    if len(password) < SHORTEST or sum(kinds) < CLASSES:
        raise Invalid(reason="weak_password")
