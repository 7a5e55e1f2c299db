"""The assessments and the advice of an agreement, as somebody may read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from agreements.assessment_kinds import BY_NAME, AssessmentKind
from agreements.models import Advice, Agreement, Assessment
from agreements.pages.evidence import Pointer, pointed
from people.models import User
from records.choices import YesNoUnknown


@dataclass(frozen=True)
class AssessmentLine:
    """An assessment in the list; ``newer`` is the one that supersedes it."""

    assessment: Assessment
    newer: Assessment | None


@dataclass(frozen=True)
class AssessmentList:
    """Assessments by kind, newest first; advice; which kinds may be begun."""

    lines: list[AssessmentLine]
    advice: list[tuple[Advice, Pointer | None]]
    hidden_advice: int
    kinds: list[AssessmentKind]


def assessments_of(agreement: Agreement, user: User) -> AssessmentList:
    """The list of one agreement, in at most six queries."""
    found = Assessment.objects.visible_to(user).filter(agreement=agreement)
    rows = list(found.select_related("author__person", "approver__person"))
    advice = Advice.objects.visible_to(user).filter(agreement=agreement).select_related("added_by__person")
    listed = list(advice.order_by("-given_on", "-pk"))
    drafted = {row.kind for row in rows if not row.is_final}
    return AssessmentList(
        lines=_lines(rows),
        advice=pointed(listed, user),
        hidden_advice=agreement.advice.count() - len(listed),
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


def answers_of(assessment: Assessment) -> list[tuple[str, Any]]:
    """Every question of its kind with the answer in words; empty where there is none."""
    words = dict(YesNoUnknown.choices)
    found = []
    for question in assessment.of_kind.questions:
        said = assessment.answers.get(question.name, "")
        found.append((question.label, words.get(said, said) if question.asks == "yes_no" else said))
    return found
