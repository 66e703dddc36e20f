"""What goes into the runtime and what comes out: plain values, no library object."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Data = Mapping[str, object]  # routing values only: JSON types, keyed by form or variable


@dataclass(frozen=True)
class StoredState:
    """
    A running workflow at rest.

    `text` is JSON whose key order matters (never jsonb); `version` is the serializer's; `mac` is the HMAC-SHA256 (hex)
    over instance id, version and text, checked before the text is read.
    """

    text: str
    version: str
    mac: str


@dataclass(frozen=True)
class Running:
    """An instance at rest: whose state it is belongs to what the MAC protects."""

    instance_id: str
    state: StoredState


@dataclass(frozen=True)
class OpenTask:
    """A user task that waits for a person."""

    id: str  # stable over reloads, unique over all instances
    element_id: str
    name: str
    lane: str  # the lane's name, "" outside lanes
    form: str | None  # gov:form key
    candidates: Mapping[str, str]  # gov:candidates attributes: role, unitFrom, sticky, subject …
    documentation: str = ""
    local: Data = field(default_factory=dict[str, object])  # of one instance among several: loopCounter and its item


@dataclass(frozen=True)
class ClockUse:
    """A clock that starts because a token entered an activity (startsOn="enter:ID" or a private gov:deadline limit)."""

    key: str  # the gov:clock's id, or "<timer element id>" for a private one
    element_id: str  # the activity entered


@dataclass(frozen=True)
class WaitingTimer:
    """
    A timer event that a token waits at.

    Working-time timers name their clock and moment, and the engine computes the instant; ISO timers carry `due_at`,
    computed already.
    """

    id: str  # the runtime's own id of the waiting event, given back to `fire`
    element_id: str
    name: str
    host_task_id: str | None  # id of the OpenTask or sub-process the boundary event sits on
    host_element_id: str | None
    interrupting: bool
    clock: str | None = None  # gov:deadline clock, or the element's own id for a private limit
    moment: str = "due"  # due | flag
    offset: int = 0  # working days before (−) or after (+) the moment
    due_at: datetime | None = None  # UTC; only for ISO timers


@dataclass(frozen=True)
class Action:
    """
    A service task that was reached: the operation a command must see to, in order (engine/domain/operations.py).

    One inside is carried out in the same transaction; one outside later, and its token waits until `answer`.
    """

    id: str  # unique over all instances: the key of "once"; of one outside the id of the token that waits
    element_id: str
    operation: str  # gov:operation name: raise_flag, issue_document, notify, extend_clock, close_case …
    parameters: Mapping[str, Any]  # expressions ("=…") evaluated
    data: Data  # what the token carried
    is_outside: bool = False
    step: int = 0  # number of the step in this walk: where to rest when it cannot be carried out


@dataclass(frozen=True)
class Decided:
    """A business rule task that was passed: what its decision gave, and why (the trace of engine/dmn/record.py)."""

    element_id: str
    decision: str
    result: object  # JSON
    trace: tuple[Mapping[str, object], ...]


@dataclass(frozen=True)
class Thrown:
    """A message or signal that left the instance; others may wait for it."""

    kind: str  # message | signal
    name: str
    data: Data  # what the thrower saw
    key: str = ""  # the correlation key (gov:message key), "" for none
    payload: Data = field(default_factory=dict[str, object])  # what is sent (gov:message payload)
    ttl: str = ""  # how long a message may wait for its receiver, PT…H; "" for the house's usual time


@dataclass(frozen=True)
class Wait:
    """A message or signal that a token waits for."""

    kind: str  # message | signal
    name: str
    element_id: str
    token_id: str = ""
    key: str = ""  # the correlation key that a message must have, "" for one without


@dataclass(frozen=True)
class Failed:
    """A token that rests because its step failed."""

    token_id: str
    element_id: str
    code: str  # of the error
    facts: Mapping[str, Any]  # of the error, as JSON


@dataclass(frozen=True)
class Standing:
    """What a stored instance waits for beside people and time."""

    waits: tuple[Wait, ...]  # messages and signals
    failed: tuple[Failed, ...]
    calls: tuple[str, ...]  # ids of the tokens that wait for an operation's answer


@dataclass(frozen=True)
class Advance:
    """What one step of the workflow changed."""

    state: StoredState
    opened: tuple[OpenTask, ...] = ()
    cancelled: tuple[str, ...] = ()  # ids of user tasks that are no longer open and were not completed
    timers: tuple[WaitingTimer, ...] = ()  # all that wait now, not only the new ones
    clocks: tuple[ClockUse, ...] = ()  # entered in this step
    actions: tuple[Action, ...] = ()
    decided: tuple[Decided, ...] = ()
    passed: tuple[str, ...] = ()  # ids of elements and flows walked in this step, for the drawing
    active: frozenset[str] = frozenset()  # ids of all activities (sub-processes too) that hold a token now
    finished: bool = False
    thrown: tuple[Thrown, ...] = ()
    waits: tuple[Wait, ...] = ()  # all messages and signals that are waited for now
    failed: tuple[Failed, ...] = ()  # all tokens that rest now because their step failed
    calls: tuple[str, ...] = ()  # ids of all tokens that wait now for an operation's answer
    waited: bool = False  # whether before this step anything waited or rested beside tasks and timers
    stuck: bool = False  # not finished, and nothing is left that could happen: tokens wait for others that never come
    failure: str | None = None  # code of the error that nothing caught; the instance has ended with it


@dataclass(frozen=True)
class ClockRule:
    """A gov:clock of a diagram. `setting` names the key that overrides `limit` in a city's settings."""

    id: str
    name: str
    limit: int
    unit: str  # workday | day | month | officeminute | hour
    starts_on: str  # case | enter:<activity id> | private:<timer element id>
    end: str = "24:00"  # 24:00 | close
    start_policy: str = "event-day"
    warn: int | None = None  # working days before due
    setting: str | None = None
    basis: str = ""
    extension_limit: int | None = None
    extension_times: int = 0
    extension_setting: str | None = None
    extension_basis: str = ""
    pausable: tuple[str, ...] = ()
    # activities the clock spans: those whose boundary timers name it, and the one whose entry starts it; when none of
    # them is active any more the engine stops the clock (a private clock: the activity its timer sits on)
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Definition:
    """A deployed diagram, checked. `digest` is the SHA-256 of its bytes and keys every cache."""

    digest: str
    process_id: str
    name: str
    xml: str
    clocks: Mapping[str, ClockRule]  # by gov:clock id; a private gov:deadline by its timer element's id
    start_form: str | None
    start_element: str
    forms: Mapping[str, str]  # user task element id -> form key
    names: Mapping[str, str]  # element id -> name
    lanes: Mapping[str, str] = field(default_factory=dict[str, str])  # element id -> lane name
    operations: Mapping[str, str] = field(default_factory=dict[str, str])  # service task element id -> operation
    decisions: Mapping[str, bytes] = field(default_factory=dict[str, bytes])  # model key -> the DMN file
    starts: tuple[Wait, ...] = ()  # messages, signals and times (ISO texts) that start an instance at their element
