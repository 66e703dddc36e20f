"""Issuing documents: a number, and the facts as they stand at this moment; the bytes are rendered when first read."""

from engine.commands.work.letter_facts import facts_for
from engine.commands.work.request import Request
from engine.commands.work.telling import message_applicant
from engine.documents.facts import checked
from engine.domain.local_time import local_date
from engine.store.papers import Paper


def issue_document(request: Request) -> None:
    """
    Issue the document the diagram names; a public one is announced to the applicant.

    Raises NotFound for a kind nobody has written, Invalid for facts without which the document would be void.
    """
    work, kind = request.work, request.parameters["kind"]
    about = request.process.manifest["documents"][kind]
    year = local_date(work.at).year
    serial = work.unit.cases.next_number(f"document:{kind}:{year}")
    paper = Paper(
        id=request.action_id,
        case_id=request.case.id,
        kind=kind,
        title=about["title"],
        number=about["number"].format(year=year, serial=serial),
        public=about["public"],
        issued_at=work.at,
        facts=checked(kind, facts_for(request, kind)),
    )
    work.unit.papers.add(paper)
    work.record("document.issued", paper.case_id, document=paper.id, kind=kind, number=paper.number)
    if paper.public:
        message_applicant(work, request.case, f"document_{kind}", request.action_id, {"title": paper.title})
