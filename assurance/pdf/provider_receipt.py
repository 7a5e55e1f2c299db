"""What a provider keeps of its confirmation: who answered what, about which agreement, and where the record stood."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from django.template.loader import render_to_string

from agreements.pdf.render import to_pdf
from agreements.pdf.tables import Group, Row, Table
from assurance.models import AskedAgreement, ProviderBreach, ProviderRequest
from assurance.pages.provider import asked_of
from people.models import User
from records.actions.issue import digest, issue
from records.ledger import Head
from records.models import IssuedFile
from records.words import nz_date, nz_datetime

KIND = "provider receipt"


@dataclass(frozen=True)
class Part:
    """One agreement: its title, each question with its answer, and what was given besides."""

    title: str
    said: Table
    files: list[str]
    subcontractors: list[str]


@dataclass(frozen=True)
class Receipt:
    """Everything that the document is made from."""

    agency: str
    marking: str
    receipt: str
    called: str
    ring: str
    facts: list[tuple[str, str]]
    parts: list[Part]


def issue_receipt(*, request: ProviderRequest, by: User, now: datetime) -> IssuedFile:
    """Issue it, or give the kept issue: what was answered never changes. Raises Refused where it was disposed of."""
    made_of = receipt_of(request)
    return issue(
        kind=KIND, subject=request.reference, state=digest(asdict(made_of)), by=by, at=now,
        render=lambda head: to_pdf(html(made_of, head, now)),
    )  # fmt: skip


def receipt_of(request: ProviderRequest) -> Receipt:
    """What was received, as it stands for good."""
    facts = [
        ("Receipt", request.receipt),
        ("Received", nz_datetime(request.submitted_at)),
        ("For", request.called),
        ("Answered by", f"{request.answered_by}, {request.position}"),
        ("Asked by", f"{request.asked_by}, {request.agency.name}, {nz_date(request.asked_at)}"),
        ("Who to contact", request.ring),
        *(("Privacy breach reported", f"{one.told_by}, {nz_datetime(one.told_at)}") for one in _breaches(request)),
        ("The record stood at", f"link {request.head_seq}, head {request.head}"),
    ]
    parts = [_part(one) for one in asked_of(request)]
    agency = request.agency
    return Receipt(agency.name, agency.marking, request.receipt, request.called, request.ring, facts, parts)


def _breaches(request: ProviderRequest) -> Iterable[ProviderBreach]:
    return request.breaches.order_by("pk")


def html(made_of: Receipt, head: Head, now: datetime) -> str:
    """The document before it is laid out."""
    context = {
        "sheet": made_of, "head": head, "marking": made_of.marking, "issued": f"Issued {nz_datetime(now)}",
        "author": made_of.agency, "watermark": "",
    }  # fmt: skip
    return render_to_string("assurance/pdf/provider_receipt.html", context)


def _part(one: AskedAgreement) -> Part:
    rows = [
        Row([row.question, ": ".join(filter(None, (row.get_answer_display(), row.words)))]) for row in one.answers.all()
    ]
    said = Table([("What was asked", ""), ("What was said", "")], [Group(rows)] if rows else [])
    named = [f"{body.name}: {body.does}" for body in one.subcontractors.all()]
    return Part(one.agreement.title, said, [file.file_name for file in one.files.all()], named)
