"""One breach as a document: issued once for each state, kept, and served again."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.template.loader import render_to_string

from agreements.pdf.render import to_pdf
from agreements.pdf.shorten import cap
from agreements.pdf.tables import Group, Row, Table
from assurance.breach_clock import SAYS
from assurance.models import PrivacyBreach
from assurance.pages.breach import BreachPage, breach_page
from people.models import User
from records.actions.issue import digest, issue
from records.ledger import Head
from records.models import IssuedFile
from records.words import number, nz_date, nz_datetime

KIND = "privacy breach"
OPEN = "Not known yet"


@dataclass(frozen=True)
class BreachSheet:
    """Everything that the document is made from."""

    agency: str
    marking: str
    reference: str
    title: str
    kind: str
    facts: list[tuple[str, str]]
    factors: list[tuple[str, str]]
    told: list[tuple[str, str]]
    decisions: Table
    log: Table


def issue_breach(*, breach: PrivacyBreach, by: User, now: datetime) -> IssuedFile:
    """Issue it as it stands, or give the kept issue if nothing changed since."""
    made_of = breach_sheet(breach, by, now)
    return issue(
        kind=KIND, subject=breach.reference, state=digest(asdict(made_of)), by=by, at=now,
        render=lambda head: to_pdf(html(made_of, head, now)),
    )  # fmt: skip


def breach_sheet(breach: PrivacyBreach, user: User, now: datetime) -> BreachSheet:
    """The breach as it stands, without the clock: it would be another document every hour."""
    page = breach_page(breach, now)
    return BreachSheet(
        agency=user.agency.name,
        marking=user.agency.marking,
        reference=breach.reference,
        title=breach.title,
        kind=breach.get_kind_display(),
        facts=_facts(page),
        factors=[(term, said or OPEN) for term, said in page.factors],
        told=_told(breach),
        decisions=_decisions(page),
        log=_log(page),
    )


def _facts(page: BreachPage) -> list[tuple[str, str]]:
    one = page.breach
    touched = OPEN if one.people_affected is None else number(one.people_affected)
    mistaken = [("Linked by mistake", f"{each.agreement}: {each.aside_why}") for each in page.set_aside]
    return [
        ("What happened", one.what_happened),
        ("When it happened", nz_date(one.happened_on) or OPEN),
        ("How it was found", one.found_how or OPEN),
        ("Known since", nz_datetime(one.aware_at)),
        ("The provider knew", nz_datetime(one.provider_aware_at) or "Not known, or no provider had a part"),
        ("The agency was told", nz_datetime(one.agency_aware_at)),
        ("Looked after by", str(one.owner or "Nobody yet")),
        ("Severity", one.get_severity_display()),
        ("People affected", touched),
        ("Contained", ". ".join(part for part in (str(one.get_contained_display()), one.containment) if part)),
        ("Agreements", "; ".join(str(each) for each in page.agreements) or "None linked"),
        *mistaken,
        ("Organisations", "; ".join(str(each) for each in page.organisations) or "None linked"),
        ("Evidence kept", "; ".join(f"{each.what} ({each.file_name})" for each in page.files) or "None"),
    ]


def _told(one: PrivacyBreach) -> list[tuple[str, str]]:
    commissioner = nz_datetime(one.commissioner_at) or "Not notified"
    if one.commissioner_reference:
        commissioner += f", reference {one.commissioner_reference}"
    people = f"{nz_datetime(one.people_at)}. {one.people_how}" if one.people_at else "Not notified"
    found = [("Privacy Commissioner", commissioner), ("The people", people)]
    found += [("Told later, or not", one.people_why_not)] if one.people_why_not else []
    found += [("Closed", f"{nz_datetime(one.closed_at)}. Learned: {one.lessons}")] if one.closed_at else []
    return found


def _decisions(page: BreachPage) -> Table:
    rows = [Row([str(one), one.reasons, f"{one.by}\n{nz_datetime(one.at)}"]) for one in reversed(page.decisions)]
    return Table([("Decided", "w-4"), ("Why", ""), ("Who, when", "w-5")], [Group(rows)] if rows else [])


def _log(page: BreachPage) -> Table:
    steps = list(reversed(page.steps))
    rows, note = cap(
        (Row([nz_datetime(one.at), one.said, f"{one.by}\n{nz_datetime(one.recorded_at)}"]) for one in steps),
        len(steps), "rows of the log",
    )  # fmt: skip
    return Table([("When", "w-5"), ("What was done", ""), ("Written down", "w-5")], [Group(rows)], note)


def html(made_of: BreachSheet, head: Head, now: datetime) -> str:
    """The document before it is laid out."""
    point = f"history entry {head.seq:,}" if head.seq else "the beginning of history"
    return render_to_string(
        "assurance/pdf/breach.html",
        {
            "sheet": made_of, "head": head, "marking": made_of.marking, "says": SAYS,
            "issued": f"Issued {nz_datetime(now)}, at {point}", "author": made_of.agency, "watermark": "",
        },
    )  # fmt: skip
