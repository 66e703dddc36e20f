"""The event log's chain: each event carries the digest of the one before (R6)."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

GENESIS = "0" * 64


@dataclass(frozen=True)
class Event:
    """One thing that happened to a case. `at` is when it counts, `recorded_at` when it was written; both UTC."""

    case_id: str
    seq: int  # 1, 2, 3 … within the case, without a gap
    type: str  # subject.past_participle
    at: datetime
    recorded_at: datetime
    actor_id: str
    actor_name: str
    data: Mapping[str, object]
    previous: str

    @property
    def digest(self) -> str:
        """Return the SHA-256 over every field, hex, 64 characters."""
        fields = [
            self.case_id,
            self.seq,
            self.type,
            self.at.isoformat(),
            self.recorded_at.isoformat(),
            self.actor_id,
            self.actor_name,
            self.data,
            self.previous,
        ]
        text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def first_break(chain: Iterable[tuple[Event, str]]) -> int | None:
    """
    Return the `seq` of the first event whose stored digest, number or link does not match, or None.

    `chain` yields (event, stored digest) of one case in order of `seq`.
    """
    previous, expected = GENESIS, 1
    for event, stored in chain:
        if event.seq != expected or event.previous != previous or event.digest != stored:
            return expected
        previous, expected = stored, expected + 1
    return None
