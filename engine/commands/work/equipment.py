"""What the house owns and every command may use: the runtime, deployed processes, calendars."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine.commands.work.calendars import Calendars
from engine.runtime.advance import Runtime
from engine.runtime.contract import Definition
from engine.runtime.interventions import InterventionRuntime
from engine.store.definitions import Bundle, Definitions
from forms.definition import Form, parse_form


@dataclass(frozen=True)
class Process:
    """A deployed process, ready to run: its checked diagram, its manifest (process.json) and its forms."""

    digest: str
    key: str
    title: str
    definition: Definition
    manifest: Mapping[str, Any]
    forms: Mapping[str, Form]

    def form(self, key: str) -> Form:
        """Return a form by the key the diagram calls it by."""
        return self.forms[key]


@dataclass
class Library:
    """Deployed processes, parsed once a version."""

    runtime: Runtime
    _parsed: dict[str, Process] = field(default_factory=dict[str, Process])

    def newest(self, definitions: Definitions, key: str) -> Process:
        """Return the newest version of a process; raises NotFound."""
        return self.get(definitions, definitions.newest(key))

    def get(self, definitions: Definitions, digest: str) -> Process:
        """Return the version with that digest; raises NotFound."""
        return self._parsed.get(digest) or self._of(definitions.get(digest))

    def _of(self, bundle: Bundle) -> Process:
        if bundle.digest not in self._parsed:
            self._parsed[bundle.digest] = Process(
                digest=bundle.digest,
                key=bundle.key,
                title=bundle.title,
                definition=_defined(self.runtime, bundle),
                manifest=json.loads(bundle.manifest),
                forms={key: parse_form(form, key) for key, form in json.loads(bundle.forms).items()},
            )
        return self._parsed[bundle.digest]


def _defined(runtime: Runtime, bundle: Bundle) -> Definition:
    models: dict[str, str] = json.loads(bundle.decisions)
    return replace(runtime.define(bundle.xml.encode()), decisions={key: xml.encode() for key, xml in models.items()})


@dataclass(frozen=True)
class Equipment:
    """The house's equipment, shared by all commands."""

    runtime: InterventionRuntime
    library: Library
    calendars: Calendars
    public_url: str  # where the citizen's page is reached from outside, printed on papers
