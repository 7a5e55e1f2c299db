"""The annex of a written assurance: every figure with its list, and every exception with its answers, as a workbook."""

import re
from collections.abc import Iterable, Iterator

from agreements.sheets import Cell, workbook
from assurance.figures.base import PARTS
from assurance.models import Statement, StatementFigure
from assurance.pages.statement import statement_page
from assurance.statement.groups import GroupState
from records.ledger import Head
from records.words import nz_date

OF_FIGURES = ("Part", "Figure", "Number", "Of", "Unknown", "Recorded later", "In words", "What it counts", "List")
OF_LISTS = ("Reference", "Title", "Note")
OF_EXCEPTIONS = (
    "Requirement", "Tier", "Reference", "Title", "What is open", "What is done", "By when", "Answered by",
    "Head of agency", "Why",
)  # fmt: skip


def annex(statement: Statement, head: Head) -> bytes:
    """The workbook: about, figures, exceptions, and a sheet a figure that has a list."""
    page = statement_page(statement)
    figures = list(page.briefing.figures.order_by("place")) if page.briefing else []
    with_list = [one for one in figures if one.rows]
    listed = {one.key: _sheet_name(number, one.label) for number, one in enumerate(with_list, start=1)}
    return workbook(
        [
            ("About", ("What", "Which"), _about(statement, head)),
            ("Figures", OF_FIGURES, (_figure(one, listed.get(one.key, "")) for one in figures)),
            ("Exceptions", OF_EXCEPTIONS, _exceptions(page.groups)),
            *((listed[one.key], OF_LISTS, _list(one)) for one in with_list),
        ]
    )


def _sheet_name(number: int, label: str) -> str:
    """As spreadsheets allow: at most 31 characters, and none of those that stand in formulas."""
    return re.sub(r"[\[\]:*?/\\']", "", f"L{number} {label}")[:31].strip()


def _list(one: StatementFigure) -> Iterator[list[Cell]]:
    yield [one.label, one.definition, ""]
    for reference, title, _, note in one.rows:
        yield [reference, title, note]


def _about(statement: Statement, head: Head) -> Iterator[list[Cell]]:
    signing = statement.signing
    yield ["Annex of the written assurance", statement.code]
    yield ["Agency", statement.agency.name]
    yield ["As at", statement.day]
    yield ["Signed by", f"{signing.signatory}, {signing.signed_as}, {nz_date(signing.signed_on)}"]
    yield ["SHA-256 of what was signed", signing.sha256]
    yield ["Head of the ledger", str(head)]


def _figure(one: StatementFigure, sheet: str) -> list[Cell]:
    hidden = bool(one.says)
    return [
        PARTS.get(one.part, ""), one.label, None if hidden else one.value, one.of, one.unknown, one.later, one.words,
        one.definition, sheet,
    ]  # fmt: skip


def _exceptions(groups: Iterable[GroupState]) -> Iterator[list[Cell]]:
    for state in groups:
        said = [state.answer.get_decision_display(), state.answer.why] if state.answer else ["", ""]
        for one in state.rows:
            answer = [one.answer.what, one.answer.by_when, str(one.answer.by)] if one.answer else ["", None, ""]
            yield [
                state.group.title, state.group.tier, one.row.reference, one.row.title, one.row.note, *answer, *said
            ]  # fmt: skip
