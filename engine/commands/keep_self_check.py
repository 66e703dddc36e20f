"""Keep what the self-check found."""

from dataclasses import asdict, dataclass

from engine.commands.work import Work
from engine.commands.work.telling import tell_role
from engine.domain.errors import Refused
from engine.domain.self_check import Report


@dataclass(frozen=True, kw_only=True)
class KeepSelfCheck:
    """Keep one run's report."""

    report: Report


def keep_self_check(command: KeepSelfCheck, work: Work) -> None:
    """Store the report; administrators are told if anything was found. Raises Refused."""
    if not work.actor.has_any("admin", "system"):
        raise Refused(what="self_check")
    report = command.report
    findings = [asdict(finding) for finding in report.findings]
    number = work.unit.house.keep_self_check({**vars(report), "findings": findings})
    work.record("house.checked", "", occasion=report.occasion, found=len(findings))
    if findings:
        facts = {"key": f"self_check:{number}", "found": len(findings)}
        tell_role(work, "admin", "self_check_found", None, facts)
