"""The files of a written assurance: made once from what was signed, kept, and served as kept."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.urls import reverse

from agreements.pdf.render import to_pdf
from assurance.models import Briefing, Signing, Statement
from assurance.pages.statement import Line, StatementPage, statement_page
from assurance.pdf.annex import annex
from assurance.policies.statement import newest_briefing
from assurance.statement.content import content_of, hash_of
from people.models import User
from records.actions.issue import digest, issue
from records.ledger import Head
from records.models import IssuedFile
from records.words import nz_datetime

PAPERS = {
    "statement": "assurance/pdf/statement.html",
    "letter": "assurance/pdf/statement_letter.html",
    "brief": "assurance/pdf/statement_brief.html",
}
NOT_SIGNED = "To be signed"
LEAD = ("population", "since.compliant", "plan.all.done", "plan.all.overdue")
BRIEF = (
    *LEAD, "implemented", "provisions.privacy", "provisions.assurance", "provisions.audit", "provisions.conflicts",
    "integrity.gap", "ownership.settled", "conflicts.coverage", "exceptions.in_force",
)  # fmt: skip


@dataclass(frozen=True)
class Form:
    """A form in which a signed statement is kept: the kind of issue, and its media type."""

    kind: str
    media_type: str


FORMS = {
    "pdf": Form("written assurance", "application/pdf"),
    "xlsx": Form("written assurance annex", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": Form("written assurance data", "application/json"),
}


def issue_files(statement: Statement, *, by: User, now: datetime) -> list[IssuedFile]:
    """PDF, annex and data of what was signed; asked again, the kept ones."""
    made: dict[str, Callable[[Head], bytes]] = {
        "pdf": lambda head: to_pdf(html(statement, "statement", head, now)),
        "xlsx": lambda head: annex(statement, head),
        "json": lambda head: data(statement, head),
    }
    return [
        issue(
            kind=FORMS[form].kind, subject=subject_of(statement), state=statement.signing.sha256, render=render, by=by,
            at=now,
        )
        for form, render in made.items()
    ]  # fmt: skip


def subject_of(statement: Statement) -> str:
    """What its issues are about."""
    return statement.code


def issued(statement: Statement, form: str) -> IssuedFile | None:
    """The kept file of a signed statement."""
    return IssuedFile.objects.about(subject_of(statement)).filter(kind=FORMS[form].kind).first()


def issue_paper(statement: Statement, paper: str, *, by: User, now: datetime) -> IssuedFile | None:
    """The statement to be signed on paper, the letter, or the brief; None where there are no figures yet."""
    briefing = _briefing(statement)
    if paper not in PAPERS or briefing is None:
        return None
    signed = {"signed": statement.signing.sha256 if statement.is_signed else ""}
    return issue(
        kind=f"written assurance {paper}",
        subject=subject_of(statement),
        state=digest(content_of(statement, briefing) | signed),
        render=lambda head: to_pdf(html(statement, paper, head, now)),
        by=by,
        at=now,
    )


def _briefing(statement: Statement) -> Briefing | None:
    signing: Signing | None = getattr(statement, "signing", None)
    return signing.briefing if signing else newest_briefing(statement)


def html(statement: Statement, paper: str, head: Head, now: datetime) -> str:
    """A paper before it is laid out."""
    point = f"history entry {head.seq:,}" if head.seq else "the beginning of history"
    page = statement_page(statement)
    context = {
        "statement": statement,
        "page": page,
        "head": head,
        "marking": statement.agency.marking,
        "issued": f"Issued {nz_datetime(now)}, at {point}",
        "author": statement.agency.name,
        "watermark": "" if statement.is_signed else NOT_SIGNED,
        "sha256": statement.signing.sha256 if statement.is_signed else "",
        "verify_path": reverse("verify_copy"),
        "now": now,
        "exceptions": sum(len(one.rows) for one in page.groups),
        "lead_figures": [line.figure for line in _lines(page, LEAD)],
        "brief_lines": _lines(page, BRIEF),
    }
    return render_to_string(PAPERS[paper], context)


def _lines(page: StatementPage, keys: tuple[str, ...]) -> list[Line]:
    """These figures in the order of the statement, as far as it has them."""
    return [line for part in page.parts for line in part.lines if line.figure.key in keys]


def data(statement: Statement, head: Head) -> bytes:
    """Everything that was signed as JSON, with its hash: verify_ledger.py reads it offline."""
    signing = statement.signing
    content = content_of(statement, signing.briefing)
    told = {
        "what": "Written assurance of the Information Sharing Register",
        "statement": content,
        "sha256": hash_of(content),
        "signed_by": signing.signatory.name,
        "signed_as": signing.signed_as,
        "signed_on": signing.signed_on,
        "on_paper": signing.on_paper,
        "ledger": {"ok": signing.ledger_ok, "says": signing.ledger_says, "entry": head.seq, "head": head.hash},
    }
    return json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1).encode()
