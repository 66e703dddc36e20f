"""Keep a document's bytes once they were rendered: the paper is the same for good."""

from dataclasses import dataclass

from engine.commands.work import Work


@dataclass(frozen=True, kw_only=True)
class KeepPdf:
    """Keep the rendered bytes of a document, unless others were kept before."""

    document_id: str
    pdf: bytes


def keep_pdf(command: KeepPdf, work: Work) -> bytes:
    """Return the bytes that are kept: the first ones."""
    work.unit.papers.keep_bytes(command.document_id, command.pdf)
    return work.unit.papers.bytes_of(command.document_id) or command.pdf
