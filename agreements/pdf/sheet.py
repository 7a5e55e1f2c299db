"""Everything the summary of an agreement says, as plain values: what is printed is exactly what is digested."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import prefetch_related_objects

from agreements.choices import Classification, Status
from agreements.extensions import pdf_sections
from agreements.models import Agreement
from agreements.pdf import answers, tables
from agreements.pdf.tables import Table
from agreements.scope import depth
from agreements.summary import Paragraph, public_summary
from people.models import Agency

# Raise it when the layout changes so much that an unchanged agreement deserves a new issue.
EDITION = 1

WATERMARKS = {
    "In force": "",
    "Past its end": "PAST ITS END",
    "Past terms": "PAST TERMS",
    Status.DRAFT.label: "DRAFT",
    Status.IN_REVIEW.label: "DRAFT",
    Status.SUSPENDED.label: "SUSPENDED",
    Status.ENDED.label: "ENDED",
    Status.CLOSED_OUT.label: "CLOSED OUT",
    Status.WITHDRAWN.label: "WITHDRAWN",
}
NEEDED = ("access_holders__organisation", "status_changes__by__person")
NEEDED_OF_TERMS = (
    "parties__organisation",
    "flows__information",
    "flows__sender__organisation",
    "flows__receiver__organisation",
    "legal_bases__provision",
    "provisions__evidence",
    "responsibilities__party__organisation",
)


@dataclass(frozen=True)
class Block:
    """One heading of the document: facts as term and value, then a table, then a note."""

    title: str
    facts: list[tuple[str, str]] = field(default_factory=list)
    table: Table | None = None
    note: str = ""


@dataclass(frozen=True)
class Sheet:
    """One document: the cover, the summary for the public, then the blocks in their order."""

    edition: int
    reference: str
    title: str
    kind: str
    agency: str
    agency_mi: str
    marking: str
    standing: str
    watermark: str
    copy_for: str
    lead: str
    summary: list[Paragraph]
    blocks: list[Block]


def sheet(agreement: Agreement, on: date, copy_for: Agency | None = None) -> Sheet:
    """The summary as it stands on a day; with ``copy_for`` a party agency, its signed face only (design 5)."""
    prefetch_related_objects([agreement], *NEEDED)
    prefetch_related_objects([agreement.terms_now], *NEEDED_OF_TERMS)
    standing = agreement.standing(on)
    return Sheet(
        edition=EDITION,
        reference=agreement.reference,
        title=agreement.title,
        kind=agreement.get_kind_display(),
        agency=agreement.agency.name,
        agency_mi=agreement.agency.name_mi,
        marking=marking(agreement),
        standing=standing,
        watermark=WATERMARKS.get(standing, "NOT IN FORCE"),
        copy_for=copy_for.name if copy_for else "",
        lead=f"Also known as {agreement.known_as}" if agreement.known_as else "",
        summary=public_summary(agreement),
        blocks=[block for block in _blocks(agreement, on, face=copy_for is not None) if _says_something(block)],
    )


def marking(agreement: Agreement) -> str:
    """The text at the top and bottom of each page: the agency's own for In Confidence, else the classification."""
    if agreement.classification == Classification.IN_CONFIDENCE:
        return agreement.agency.marking
    return agreement.get_classification_display().upper()


def _says_something(block: Block) -> bool:
    return bool(block.facts or block.table or block.note)


def _blocks(agreement: Agreement, on: date, *, face: bool) -> list[Block]:
    terms = agreement.terms_now
    information = [item for flow in terms.flows.all() for item in flow.information.all()]
    asked = depth(terms, information)
    blocks = [
        Block("At a glance", answers.glance(agreement, on, face=face)),
        Block("Parties", table=tables.parties(terms)),
        Block("Purpose", answers.purpose(terms)),
        Block("Information shared", table=tables.flows(terms)),
        Block("Legal authority", table=tables.authority(terms)),
        Block("The people it is about", answers.people(terms)),
        Block("Safeguards", answers.safeguards(terms)),
    ]
    if not face:
        blocks.append(Block("Māori data", answers.maori(terms)))
        blocks.append(Block("Automated decisions", answers.automated(terms)))
    if asked.short and not terms.provisions.all():
        blocks.append(Block("Provisions", note=f"Not asked. {asked.why}"))
    else:
        blocks.append(Block("Provisions", table=tables.provisions(terms, holder=agreement.agency.name if face else "")))
    blocks.append(Block("Who does what", table=tables.duties(terms)))
    if not face:
        blocks.append(Block("Who has access", table=tables.access(agreement)))
        blocks += [Block(part.title, part.facts, note=part.note) for part in pdf_sections(agreement, on)]
        blocks.append(Block("Status history", table=tables.life(agreement)))
    return blocks
