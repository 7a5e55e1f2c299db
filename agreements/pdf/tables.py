"""The repeating rows of an agreement as tables of plain text."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.timezone import localdate

from agreements.choices import ActsAs, Answer, Control, Duty, Frequency, Sensitivity
from agreements.models import (
    Agreement,
    Flow,
    Information,
    LegalProvision,
    Party,
    Provision,
    Readers,
    StatusChange,
    Terms,
)
from agreements.pdf.shorten import MOST_ROWS, cap, shorten
from agreements.provisions import PROVISIONS, ProvisionKind
from records.choices import YesNoUnknown
from records.words import NOT_RECORDED, number, nz_date, nz_datetime

MARKS = {
    Answer.PRESENT.value: ("met", "good"),
    Answer.ABSENT.value: ("not-met", "bad"),
    Answer.NOT_APPLICABLE.value: ("not-applicable", "plain"),
    Answer.UNKNOWN.value: ("unknown", "plain"),
}


@dataclass(frozen=True)
class Row:
    """Cells of text; the first names the row. ``depth`` indents it, ``mark`` is a shape and tone before ``marked``."""

    cells: list[str]
    depth: int = 0
    marked: int = -1
    mark: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Group:
    """Rows under one heading; no heading where the table has only one group."""

    rows: list[Row]
    heading: str = ""


@dataclass(frozen=True)
class Table:
    """Column heads with their widths (a w- class of print.css, or empty), groups of rows, what is left out."""

    heads: list[tuple[str, str]]
    groups: list[Group] = field(default_factory=list)
    note: str = ""


def parties(terms: Terms) -> Table | None:
    """The tree of parties, each under the one that engages it."""
    rows = list(terms.parties.all())
    children: dict[int | None, list[Party]] = defaultdict(list)
    for row in sorted(rows, key=lambda party: party.pk):
        children[row.parent_id].append(row)
    shown, note = cap(_tree(children, None, 0), len(rows), "parties")
    heads = [("Organisation", ""), ("Part", "w-4"), ("Holds the information", "w-4"), ("Takes part from", "w-3")]
    return Table(heads, [Group(shown)], note) if rows else None


def _tree(children: dict[int | None, list[Party]], parent: int | None, depth: int) -> Iterator[Row]:
    for party in children[parent]:
        holds = ActsAs(party.acts_as).label if party.acts_as != ActsAs.UNKNOWN else NOT_RECORDED
        since = nz_date(party.starts_on) or "The start"
        yield Row([str(party), party.get_role_display(), holds, since], depth)
        yield from _tree(children, party.pk, depth + 1)


def flows(terms: Terms) -> Table | None:
    """What each flow carries, one group a flow."""
    groups, shown, total = [], 0, 0
    for flow in sorted(terms.flows.all(), key=lambda one: one.pk):
        items = [_information(item) for item in sorted(flow.information.all(), key=lambda one: one.pk)]
        total += len(items)
        if shown < MOST_ROWS:
            some = items[: MOST_ROWS - shown]
            shown += len(some)
            groups.append(Group(some or [Row(["Not described yet", *[NOT_RECORDED] * 3])], _flow(flow)))
    heads = [("Information", ""), ("About whom", "w-5"), ("Identifies people", "w-4"), ("Sensitivity", "w-2")]
    _, note = cap(range(shown), total, "kinds of information")
    return Table(heads, groups, note) if groups else None


def _flow(flow: Flow) -> str:
    ways = [
        flow.method,
        "" if flow.control == Control.UNKNOWN else Control(flow.control).label,
        "" if flow.frequency == Frequency.UNKNOWN else Frequency(flow.frequency).label,
        f"{number(flow.volume)} records a year" if flow.volume else "",
    ]
    said = "; ".join(f"{way[0].lower()}{way[1:]}" for way in ways if way) or "how it moves is not recorded"
    return f"{flow}: {said}"


def _information(item: Information) -> Row:
    flags = {"children": item.children, "health": item.health, "Māori data": item.maori}
    told = [name for name, answer in flags.items() if answer == YesNoUnknown.YES]
    name = f"{item.name} ({', '.join(told)})" if told else item.name
    sensitivity = Sensitivity(item.sensitivity).label
    return Row([name, item.about_whom or NOT_RECORDED, item.get_identifiability_display(), sensitivity])


def authority(terms: Terms) -> Table | None:
    """The law it rests on, and how far the library's text has been checked."""
    bases = list(terms.legal_bases.all())
    rows = [
        Row([f"{base.provision.act}, {base.provision.provision}", _allows(base.provision), shorten(base.note)])
        for base in bases
    ]
    shown, note = cap(rows, len(rows), "legal bases")
    heads = [("Act or code", "w-6"), ("What it allows, in our words", ""), ("How it applies", "w-6")]
    return Table(heads, [Group(shown)], note) if rows else None


def _allows(provision: LegalProvision) -> str:
    checked = "" if provision.confidence == "verified" else " (to be confirmed)"
    return f"{provision.title}{checked}"


def duties(terms: Terms) -> Table | None:
    """Each duty and the parties accountable for it: exactly one is right."""
    claimed: dict[str, list[str]] = defaultdict(list)
    for row in terms.responsibilities.all():
        claimed[row.duty].append(f"{row.party} ({row.person_named})" if row.person_named else str(row.party))
    if not claimed and len(_agencies(terms)) < 2:
        return None
    rows = [_duty(duty, claimed[duty.value]) for duty in Duty]
    return Table([("Responsibility", "w-6"), ("Accountable", ""), ("Result", "w-4")], [Group(rows)])


def _agencies(terms: Terms) -> set[int]:
    """The parties within the State services: where several take part, blanks are shown as well (L1.4)."""
    parties = terms.parties.all()
    return {one.organisation_id for one in parties if one.organisation.state_services == YesNoUnknown.YES}


def _duty(duty: Duty, claims: list[str]) -> Row:
    result = {0: "Wrong: nobody", 1: "One party"}.get(len(claims), f"Wrong: {len(claims)} parties")
    mark = ("met", "good") if len(claims) == 1 else ("not-met", "bad")
    return Row([duty.label, "; ".join(claims) or "Nobody", result], marked=2, mark=mark)


def provisions(terms: Terms, *, holder: str = "") -> Table:
    """C1 to C25 with answer and place; why one is absent only for the agency itself.

    ``holder`` is the agency's name on a copy for others: there only documents that are shared are named.
    """
    answered = {row.code: row for row in terms.provisions.all()}
    rows = [_provision(kind, answered.get(kind.code), holder) for kind in PROVISIONS]
    heads = [("Code", "w-1"), ("Provision", ""), ("Answer", "w-4"), ("Where, or why not", "w-6")]
    note = "Provisions marked “to be confirmed” are our reading of guidance whose exact text is not settled."
    return Table(heads, [Group(rows)], note)


def _provision(kind: ProvisionKind, row: Provision | None, holder: str) -> Row:
    answer = row.answer if row else Answer.UNKNOWN.value
    title = kind.title if kind.confirmed else f"{kind.title} (to be confirmed)"
    label = "Not answered" if answer == Answer.UNKNOWN else Answer(answer).label
    return Row([kind.code, title, label, _place(row, holder)], marked=2, mark=MARKS[answer])


def _place(row: Provision | None, holder: str) -> str:
    if row is None or row.answer == Answer.UNKNOWN:
        return NOT_RECORDED
    if row.answer != Answer.PRESENT:
        return "" if holder else shorten(row.why_absent) or "No reason recorded"
    return ". ".join(part for part in (row.where, _evidence(row, holder)) if part) or NOT_RECORDED


def _evidence(row: Provision, holder: str) -> str:
    """Where it can be read; the title only where everybody who gets this copy may read the document."""
    document = row.evidence
    if document is None:
        return ""
    title = f"“{document}”"
    if holder and (document.readers != Readers.SHARED or document.is_aside):
        title = f"Evidence held by {holder}"
    elif document.is_privileged:
        title = "A privileged document"
    page = f"page {row.evidence_page}" if row.evidence_page else ""
    return ", ".join(part for part in (title, page, nz_date(row.evidence_on)) if part)


def access(agreement: Agreement) -> Table | None:
    """Who can reach the information at each party."""
    held = sorted(agreement.access_holders.all(), key=lambda row: (str(row.organisation), row.described_as))
    rows = [
        Row([row.described_as, str(row.organisation), nz_date(row.starts_on) or NOT_RECORDED, nz_date(row.ends_on)])
        for row in held
    ]
    shown, note = cap(rows, len(rows), "holders of access")
    heads = [("Who", ""), ("At", ""), ("From", "w-3"), ("Until", "w-3")]
    return Table(heads, [Group(shown)], note) if rows else None


def life(agreement: Agreement) -> Table | None:
    """Every step, the newest last; true from and recorded on where they differ."""
    steps = sorted(agreement.status_changes.all(), key=lambda row: (row.at, row.pk))
    rows = []
    for row in steps:
        same = row.on == localdate(row.at)
        when = nz_datetime(row.at) if same else f"{nz_date(row.on)}, recorded {nz_date(row.at)}"
        rows.append(Row([when, row.said, str(row.by), shorten(_why(row))]))
    shown, note = cap(rows, len(rows), "steps")
    heads = [("When", "w-5"), ("Step", "w-5"), ("Who", "w-5"), ("Why", "")]
    return Table(heads, [Group(shown)], note) if rows else None


def _why(row: StatusChange) -> str:
    became = row.get_disposal_display() if row.disposal else ""
    told = " ".join(part for part in (became, row.disposal_note) if part)
    parts = (row.why, f"The information: {told}" if told else "", row.outside_check)
    return " ".join(part for part in parts if part) or "No reason asked"
