"""Issue the summary of an agreement: rendered once for each state, kept, and served again as the same bytes."""

from dataclasses import asdict
from datetime import date, datetime

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.timezone import localdate

from agreements.models import Agreement
from agreements.pdf.render import to_pdf
from agreements.pdf.sheet import Sheet, sheet
from people.models import Agency, User
from records.actions.issue import digest, issue
from records.ledger import Head
from records.models import IssuedFile
from records.words import nz_datetime

SUMMARY = "agreement summary"


def to_lay_out(agreement: Agreement, *, by: User, on: date) -> int:
    """How many rows of its tables an issue would lay out on that day: they are what takes time."""
    made_of = sheet(agreement, on, _copy_for(agreement, by))
    return sum(len(group.rows) for block in made_of.blocks if block.table for group in block.table.groups)


def _copy_for(agreement: Agreement, by: User) -> Agency | None:
    return None if agreement.agency_id == by.agency.pk else by.agency


def issue_summary(agreement: Agreement, *, by: User, now: datetime) -> IssuedFile:
    """Issue the summary as it stands, or give the kept issue if nothing changed since.

    A user of a party agency gets the signed face.
    """
    made_of = sheet(agreement, localdate(now), _copy_for(agreement, by))
    return issue(
        kind=kind_for(agreement, by.agency),
        subject=agreement.reference,
        state=digest(asdict(made_of)),
        render=lambda head: to_pdf(html(made_of, head, now)),
        by=by,
        at=now,
    )


def kind_for(agreement: Agreement, agency: Agency) -> str:
    """What is issued to an agency: the summary to the owner, to each party a signed face of its own.

    With other terms at hand, a document of its own for each version.
    """
    if agreement.terms_at_hand is not None:
        return f"summary of terms {agreement.terms_at_hand.number}"
    return SUMMARY if agreement.agency_id == agency.pk else f"signed face for {agency.code}"


def issued_to(agreement: Agreement, agency: Agency) -> QuerySet[IssuedFile]:
    """What an agency may see of the issues about an agreement, newest first: all as owner, its own as a party."""
    everything = IssuedFile.objects.about(agreement.reference).select_related("by__person")
    return everything if agreement.agency_id == agency.pk else everything.filter(kind=kind_for(agreement, agency))


def file_name(issued: IssuedFile) -> str:
    """A name for the downloaded file, such as MCW-2026-0001-summary.pdf."""
    name = "signed-face" if issued.kind.startswith("signed face") else issued.kind.removeprefix("agreement ")
    return f"{issued.subject}-{name.replace(' ', '-')}.pdf"


def html(made_of: Sheet, head: Head, now: datetime) -> str:
    """The document before it is laid out."""
    point = f"history entry {head.seq:,}" if head.seq else "the beginning of history"
    return render_to_string(
        "agreements/pdf/agreement.html",
        {
            "sheet": made_of,
            "head": head,
            "marking": made_of.marking,
            "issued": f"Issued {nz_datetime(now)}, at {point}",
            "reference": made_of.reference,
            "author": made_of.agency,
            "watermark": made_of.watermark,
        },
    )
