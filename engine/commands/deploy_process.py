"""Deploy a process: its diagram, manifest and forms, checked like code. What has run is never edited (R11)."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.commands.work import Work, starting
from engine.dmn.decide import inputs_of
from engine.domain.errors import DiagramRefused, Refused
from engine.domain.operations import RULES
from engine.runtime.house import There
from engine.store.definitions import Bundle
from forms.loading import read_definition

CARRIED = frozenset({"message", "signal", "timer", "error"})  # kinds of events that this house carries and cares for


@dataclass(frozen=True, kw_only=True)
class DeployProcess:
    """Deploy one bundle. `forms` is {form key: the form's JSON text}, `decisions` {model key: the DMN file}."""

    diagram: bytes
    manifest: str
    forms: Mapping[str, str]
    decisions: Mapping[str, bytes] = field(default_factory=dict[str, bytes])


def deploy_process(command: DeployProcess, work: Work) -> str:
    """
    Return the bundle's digest; the same bundle twice is one version.

    Raises Refused, DiagramRefused (with every problem: code, element, line), DmnRefused, FormDefinitionInvalid.
    """
    if not work.actor.has_any("designer", "admin", "system"):
        raise Refused(what="process")
    forms = {key: read_definition(text, key) for key, text in sorted(command.forms.items())}
    there = There(set(forms), set(RULES), CARRIED, inputs_of(command.decisions))
    problems = work.equipment.runtime.check(command.diagram, there)
    refused = [problem for problem in problems if problem.refused]
    if refused:
        raise DiagramRefused(problems=refused)
    forms_text = json.dumps(forms, ensure_ascii=False, sort_keys=True)
    decisions = {key: xml.decode() for key, xml in sorted(command.decisions.items())}
    parts = [
        command.diagram,
        command.manifest.encode(),
        forms_text.encode(),
        *(xml.encode() for xml in decisions.values()),
    ]
    digest = hashlib.sha256(b"\0".join(parts)).hexdigest()
    if work.unit.definitions.knows(digest):
        return digest
    manifest = json.loads(command.manifest)
    key = manifest["key"]
    bundle = Bundle(
        digest=digest,
        key=key,
        version=work.unit.definitions.next_version(key),
        title=manifest["title"],
        xml=command.diagram.decode(),
        manifest=command.manifest,
        forms=forms_text,
        decisions=json.dumps(decisions, ensure_ascii=False),
        deployed_at=work.now,
        deployed_by=work.actor.id,
    )
    work.unit.definitions.add(bundle)
    starting.register(work, work.equipment.library.get(work.unit.definitions, digest))
    work.record("process.deployed", "", key=key, version=bundle.version, digest=digest)
    return digest
