"""The assessments and the advice of an agreement, as somebody may read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from agreements.assessment_gates import missing
from agreements.assessment_kinds import BY_NAME, AssessmentKind
from agreements.models import Advice, Agreement, Assessment, Document, Evidence
from people.models import User
from records.choices import YesNoUnknown


@dataclass(frozen=True)
class Pointer:
    """Where something can be read; without the document's name where the person may not read it."""

    document: Document | None
    page: str
    on: date | None

    @property
    def hidden(self) -> bool:
        """Whether it points to a document that this person may not read."""
        return self.document is None


@dataclass(frozen=True)
class AssessmentLine:
    """An assessment in the list; ``newer`` is the one that supersedes it."""

    assessment: Assessment
    newer: Assessment | None


@dataclass(frozen=True)
class AssessmentList:
    """Assessments by kind, newest first; advice; what is missing; which kinds may be begun."""

    lines: list[AssessmentLine]
    advice: list[tuple[Advice, Pointer | None]]
    hidden_advice: int
    missing: list[str]
    kinds: list[AssessmentKind]


def assessments_of(agreement: Agreement, user: User) -> AssessmentList:
    """The list of one agreement, in at most six queries."""
    found = Assessment.objects.visible_to(user).filter(agreement=agreement)
    rows = list(found.select_related("author__person", "approver__person"))
    advice = Advice.objects.visible_to(user).filter(agreement=agreement).select_related("evidence", "added_by__person")
    listed = list(advice.order_by("-given_on", "-pk"))
    readable = readable_among(listed, user)
    drafted = {row.kind for row in rows if not row.is_final}
    return AssessmentList(
        lines=_lines(rows),
        advice=[(one, pointer(one, readable)) for one in listed],
        hidden_advice=agreement.advice.count() - len(listed),
        missing=missing(agreement, rows),
        kinds=[kind for kind in BY_NAME.values() if kind.name not in drafted],
    )


def _lines(rows: Iterable[Assessment]) -> list[AssessmentLine]:
    """In the order of the kinds; drafts first, then the newest final one, then those that it superseded."""
    order = list(BY_NAME)
    ordered = sorted(rows, key=lambda row: (row.is_final, row.done_on or date.min, row.pk), reverse=True)
    newest: dict[str, Assessment] = {}
    lines = []
    for row in ordered:
        lines.append(AssessmentLine(row, newest.get(row.kind) if row.is_final else None))
        if row.is_final:
            newest.setdefault(row.kind, row)
    lines.sort(key=lambda line: (order.index(line.assessment.kind), line.assessment.is_final))
    return lines


def readable_among(rows: Iterable[Evidence], user: User) -> set[int]:
    """Which of the documents that the rows point to this person may read; one query."""
    wanted = {row.evidence_id for row in rows if row.evidence_id}
    return (
        set(Document.objects.visible_to(user).filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    )


def pointer(row: Evidence, readable: set[int]) -> Pointer | None:
    """Where the row says that it can be read; None where it says nothing."""
    if not row.evidence_id:
        return None
    return Pointer(row.evidence if row.evidence_id in readable else None, row.evidence_page, row.evidence_on)


def answers_of(assessment: Assessment) -> list[tuple[str, Any]]:
    """Every question of its kind with the answer in words; empty where there is none."""
    words = dict(YesNoUnknown.choices)
    found = []
    for question in assessment.of_kind.questions:
        said = assessment.answers.get(question.name, "")
        found.append((question.label, words.get(said, said) if question.asks == "yes_no" else said))
    return found
