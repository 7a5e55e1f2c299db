"""Every change of a declaration. What was typed while it was a draft is shown to the declarant alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from agreements.history import beside
from conflicts.choices import BEING_WRITTEN
from conflicts.models import (
    Decision,
    Declaration,
    DeclarationStep,
    DeclaredInterest,
    ManagementPlan,
    NonCompliance,
    PlanReview,
    PlanStep,
)
from conflicts.reads import is_their_own
from people.models import User
from records.family import Branch
from records.timeline import Change, Timeline

PLAN = Branch(ManagementPlan, "declaration", (Branch(PlanStep, "plan"), Branch(PlanReview, "plan")))
OF_IT = (DeclaredInterest, DeclarationStep, Decision, NonCompliance)
DECLARATION = Branch(Declaration, branches=(*(Branch(model, "declaration") for model in OF_IT), PLAN))


def history_of(declaration: Declaration, user: User, page: int) -> Timeline:
    """One page of changes, newest first; for anybody but the declarant without what was done while it was a draft."""
    found = beside(user.agency, DECLARATION, declaration.pk, page)
    if is_their_own(declaration, user):
        return found
    drafts = list(written_between(declaration))
    kept = [one for one in found.changes if _took_a_step(one) or not any(a <= one.at < z for a, z in drafts)]
    return replace(found, changes=tuple(kept))


def written_between(declaration: Declaration) -> Iterator[tuple[datetime, datetime]]:
    """From when until when it was a draft, as its own history says. One query."""
    begun: datetime | None = None
    for status, at in declaration.history.order_by("history_id").values_list("status", "history_date"):
        if begun is None and status in BEING_WRITTEN:
            begun = at
        elif begun is not None and status not in BEING_WRITTEN:
            yield begun, at
            begun = None
    if begun is not None:
        yield begun, datetime.max.replace(tzinfo=UTC)


def _took_a_step(change: Change) -> bool:
    """Such as submitting it: that stands on the page of the declaration anyway."""
    return any(one.model == DeclarationStep._meta.verbose_name for one in change.objects)
