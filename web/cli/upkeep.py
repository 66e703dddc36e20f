"""The command line's `selfcheck`: whether the house is sound."""

import sys

import click
from flask_babel import gettext

from engine.timers.self_checking import self_check
from web import current
from web.wording import finding_text


@click.command("selfcheck")
def check_house() -> None:
    """Check cases, timers, flags, messages and records; print what is wrong; exit 1 when something is."""
    parts = current.parts()
    report = self_check(parts.bus, parts.sessions, "by_hand")
    for found in report.findings:
        click.echo("  ".join((finding_text(found.code), found.case_id, found.subject, found.detail)).rstrip())
    looked_at = ", ".join(f"{name} {number}" for name, number in report.checked.items())
    click.echo(gettext("%(num)s findings (%(looked_at)s)", num=len(report.findings), looked_at=looked_at))
    sys.exit(1 if report.findings else 0)
