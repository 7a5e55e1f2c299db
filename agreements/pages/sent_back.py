"""What sending back was about: shown on the sections concerned until it is submitted again."""

from agreements.actions.status import SENDING_BACK
from agreements.checkers import SUBMITTING
from agreements.choices import TermsState
from agreements.models import Agreement, StatusChange
from agreements.sections import BY_NAME, Section


def sent_back(agreement: Agreement, section: Section) -> StatusChange | None:
    """The step that sent the terms at hand back because of this section, while that is still open. One query."""
    if agreement.terms_now.state != TermsState.DRAFT:
        return None
    steps = agreement.status_changes.filter(terms=agreement.terms_now, step__in=[*SENDING_BACK, *SUBMITTING])
    last = steps.select_related("by__person").order_by("-at", "-id").first()
    return last if last and last.step in SENDING_BACK and section.name in last.sections else None


def sections_in_words(change: StatusChange) -> str:
    """`About: Purpose; Parties`, or nothing."""
    titles = [BY_NAME[name].title for name in change.sections if name in BY_NAME]
    return f"About: {'; '.join(titles)}" if titles else ""
