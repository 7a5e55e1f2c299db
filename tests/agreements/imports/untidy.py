"""A 400-row sheet of the untidiness that spreadsheets of ten years gather, made anew for each test; nothing is random.

``rows()`` gives the cells as text, below a preamble and a heading line; ``as_csv()`` and ``as_xlsx()`` write them.
"""

import csv
import io
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

HEADINGS = (
    "No.", "MOU Name", "Type", "Status", "Other parties", "Purpose", "Data shared", "Date signed", "Start",
    "Expiry date", "Business owner", "Legal basis", "Personal info (Y/N)", "Breach notification", "Review date",
    "Colour",
)  # fmt: skip
WIDTH = len(HEADINGS)
PREAMBLE: tuple[list[str], ...] = (
    ["Register of MOUs and agreements - MASTER COPY do not sort"],
    ["last updated by Trish, March"],
    [],
)
TRUSTS = ("Te Whare Tautoko", "Manaaki Whanau Services", "Kowhai Health Trust", "Puawai Community House")
SUBJECTS = (
    "School attendance", "Housing referrals", "Family harm table", "Youth services", "Income checks",
    "Benefit audits", "Disability support", "Tamariki wellbeing", "Employment outcomes", "Debt recovery",
    "Emergency response", "Migration",
)  # fmt: skip
REGIONS = (
    "Te Tai Tokerau", "Auckland North", "Auckland South", "Waikato", "Bay of Plenty", "Tairawhiti", "Taranaki",
    "Whanganui", "Manawatu", "Wellington", "Nelson", "Marlborough", "Tasman", "West Coast", "Canterbury", "Otago",
    "Southland", "Hawke's Bay", "Rotorua", "Taupo", "Kapiti", "Wairarapa", "Timaru", "Gisborne", "Hutt Valley",
    "Porirua", "Hamilton", "Tauranga", "Napier", "Hastings", "Invercargill", "Queenstown", "Ashburton", "Blenheim",
)  # fmt: skip
DATE_STYLES = ("%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d", "%d %b %y", "%B %Y", "serial", "%d %B %Y", "%d-%b-%y")
STATUSES = ("Active", "active ", "CURRENT", "Expired", "In force", "", "Terminated", "signed")
KINDS = ("MOU", "mou", "Deed", "Letter of Agreement", "Contract schedule", "MoU", "", "Info Sharing Agreement")


@dataclass(frozen=True)
class Expected:
    """What comes of the sheet once every question is answered as suggested."""

    rows: int = 400
    blank: int = 6


def styled(day: date, style: str) -> str:
    """A day as somebody wrote it."""
    if style == "serial":
        return str((day - date(1899, 12, 30)).days)
    text = day.strftime(style)
    return text.lstrip("0") if style.startswith("%d") else text


def parties(at: int) -> str:
    """Who the other parties are, in the ways in which people write that."""
    trust = TRUSTS[at % len(TRUSTS)]
    ways = (
        trust,
        "Kainga Ora",
        f"Oranga Tamariki; {trust}; New Zealand Police",
        "IRD" if at % 3 else "Inland Revenue",
        f"Oranga Tamariki / {trust}",
        "Te Manatu Whakahiato Ora and New Zealand Police",
        f"{trust}\nAccident Compensation Corporation",
        "various" if at % 2 else "ACC",
        "Ministry of Business, Innovation and Employment",
        "Department of Corrections (Corrections)",
    )
    return ways[at % len(ways)]


def row(at: int) -> list[str]:
    """One row; ``at`` counts from 0."""
    signed = date(2012, 1, 3) + timedelta(days=at * 11)
    style = DATE_STYLES[at % len(DATE_STYLES)]
    until = signed + timedelta(days=365 * (2 + at % 12))
    return [
        f"A{1000 + at}",
        f"{SUBJECTS[at % len(SUBJECTS)]} – {REGIONS[at % len(REGIONS)]}",
        KINDS[at % len(KINDS)],
        STATUSES[at % len(STATUSES)],
        parties(at),
        "To help whanau" if at % 4 else "To support tamariki,\n“wherever” they live; and to plan services",
        ("Names, addresses", "n/a", "Client number; income\nbenefit type", "TBC")[at % 4],
        styled(signed, style),
        styled(signed, style) if at % 3 else "-",
        ("Ongoing" if at % 5 == 0 else "TBC" if at % 5 == 1 else styled(until, "%d/%m/%Y")),
        ("Aroha Ngata", "ngata, aroha", "aroha.ngata@mcw.example.nz", "Somebody Gone", "")[at % 5],
        ("Privacy Act 2020, s 22, IPP 11(1)(a)", "IPP 11", "", "unknown")[at % 4],
        ("Y", "yes", "N", "?")[at % 4],
        ("24 hours", "2 days", "72", "")[at % 4],
        "",
        ("green", "amber", "red")[at % 3],
    ]


def rows() -> list[list[str]]:
    """All 400, with the mistakes that stand once or twice in every list, and blank lines between."""
    found = [row(at) for at in range(400)]
    found[7][7] = "FY14/15"
    found[19][9] = "01/01/1999"  # before its start
    found[33][1] = ""  # no title
    found[48] = list(found[47])  # the same row twice
    found[61][5] = "x" * 25_000
    found[75][1] = "=cmd|' /C calc'!A0"
    found[88] = found[88][:6]  # ragged: the rest of the row is missing
    found[101] = [*found[101], "", "stray note"]  # ragged: more cells than headings
    found[120][4] = "Te Whare Tautoko Trust (Inc.)"
    found[133][7] = "31/02/2016"
    found[150][3] = "Dormant?"
    return found


def lines() -> list[list[str]]:
    """The sheet as it lies in the file."""
    body = rows()
    for at in (350, 300, 250, 200, 150, 100):
        body.insert(at, [""] * WIDTH)
    return [*PREAMBLE, list(HEADINGS), *body]


def as_csv(encoding: str = "cp1252", delimiter: str = ",") -> bytes:
    """The sheet as Excel saves it on a Windows machine."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(lines())
    return text.getvalue().encode(encoding)


def as_xlsx() -> bytes:
    """The sheet as a workbook: real dates in one column, merged cells, a formula without a value, a second sheet."""
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Register"
    for line in lines():
        sheet.append(line)
    for number in range(5, sheet.max_row + 1):
        sheet.cell(number, 2).data_type = "s"  # text, even where it begins like a formula
        cell = sheet.cell(number, 8)
        if cell.value and cell.value.count("-") == 2 and cell.value[:4].isdigit():
            cell.value = date.fromisoformat(cell.value)
    sheet.cell(5 + 12, 11).value = "=A1&B1"
    sheet.merge_cells("C30:C33")
    book.create_sheet("Lists").append(["Active", "Expired"])
    book.create_sheet("Empty")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
