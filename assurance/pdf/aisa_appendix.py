"""The appendix of the annual report: what the agency says about its AISAs and matching in a year, issued and kept."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.template.loader import render_to_string

from agreements.pdf.render import to_pdf
from agreements.pdf.shorten import shorten
from agreements.pdf.tables import Group, Row, Table
from agreements.sheets import Cell
from assurance.pages.aisa_list import reported
from assurance.pages.aisa_report import Line, Report, reports_of
from assurance.years import begins, called, ends
from people.models import Agency, User
from records.actions.issue import digest, issue
from records.ledger import Head
from records.models import IssuedFile
from records.words import NOT_RECORDED, nz_date, nz_datetime

KIND = "appendix of AISA reports"
HEADINGS = (
    "Agreement", "Reference", "Kind", "Year", "State", "What", "Party or outcome", "This year", "Year before", "Source",
    "How sure",
)  # fmt: skip


@dataclass(frozen=True)
class Chapter:
    """One agreement: its title, what is said about it, its figures, its texts with how sure the question is."""

    title: str
    standing: str
    figures: Table
    texts: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Appendix:
    """Everything that the document is made from."""

    agency: str
    marking: str
    called: str
    period: str
    complete: bool
    chapters: list[Chapter]


def subject_of(agency: Agency, year: int) -> str:
    """What issues of a year are about."""
    return f"aisa {agency.code} {year}"


def issued_appendices(agency: Agency, year: int | None = None) -> "QuerySet[IssuedFile]":
    """Every issue of a year, or of every year, newest first."""
    rows = IssuedFile.objects.filter(kind=KIND, subject__startswith=f"aisa {agency.code} ")
    rows = rows.filter(subject=subject_of(agency, year)) if year else rows
    return rows.select_related("by__person", "file").order_by("-pk")


def reports_in(agency: Agency, year: int) -> list[Report]:
    """The reports of a year, in the order of their titles. Six queries."""
    return list(reports_of(list(reported(agency)), year))


def issue_appendix(*, year: int, by: User, now: datetime) -> IssuedFile:
    """Issue the appendix of a year as it stands, or give the kept issue if nothing changed since."""
    made_of = appendix(by.agency, year)
    return issue(
        kind=KIND,
        subject=subject_of(by.agency, year),
        state=digest(asdict(made_of)),
        render=lambda head: to_pdf(html(made_of, head, now)),
        by=by,
        at=now,
    )


def appendix(agency: Agency, year: int) -> Appendix:
    """The appendix of a year as it stands."""
    reports = reports_in(agency, year)
    return Appendix(
        agency=agency.name,
        marking=agency.marking,
        called=called(year),
        period=f"{nz_date(begins(year))} to {nz_date(ends(year))}",
        complete=all(one.complete for one in reports),
        chapters=[_chapter(one) for one in reports],
    )


def sheet_rows(reports: Sequence[Report]) -> Iterator[list[Cell]]:
    """One line for each text and figure, in the order of HEADINGS. What is missing says so."""
    for one in reports:
        agreement, state = one.agreement, "Complete" if one.complete else "Not complete"
        for line in (*one.figures, *one.texts):
            yield [
                agreement.title, agreement.reference, agreement.get_kind_display(), one.called, state,
                line.asked.title, line.of, _cell(line.value), _cell(line.before), line.asked.source,
                line.asked.to_be_confirmed,
            ]  # fmt: skip


def _cell(value: str | int | None) -> Cell:
    return NOT_RECORDED if value is None else value


def _chapter(report: Report) -> Chapter:
    standing = "Complete" if report.complete else f"Not complete: {report.recorded} of {report.of} recorded"
    heads = [("Figure", ""), (report.called, "w-4"), ("Year before", "w-4")]
    figures = Table(heads, [Group([_row(line) for line in report.figures])])
    texts = [(line.title, shorten(line.shown) or NOT_RECORDED, line.asked.to_be_confirmed) for line in report.texts]
    return Chapter(report.agreement.title, f"{report.agreement.get_kind_display()}. {standing}.", figures, texts)


def _row(line: Line) -> Row:
    title = f"{line.title} (to be confirmed)" if line.asked.to_be_confirmed else line.title
    shown = f"{line.shown}\n{line.note}" if line.note else line.shown
    return Row([title, shown or NOT_RECORDED, line.shown_before or NOT_RECORDED])


def html(made_of: Appendix, head: Head, now: datetime) -> str:
    """The document before it is laid out."""
    point = f"history entry {head.seq:,}" if head.seq else "the beginning of history"
    return render_to_string(
        "assurance/pdf/aisa_appendix.html",
        {
            "sheet": made_of,
            "head": head,
            "marking": made_of.marking,
            "issued": f"Issued {nz_datetime(now)}, at {point}",
            "author": made_of.agency,
            "watermark": "" if made_of.complete else "Not complete",
        },
    )
