"""What a provider sees behind its link: of each agreement what it receives, what it promised and what is answered."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch

from agreements.choices import AtEnd
from agreements.models import Flow, Terms
from assurance.actions.provider_confirmation import unanswered, without_words
from assurance.models import AskedAgreement, NamedSubcontractor, ProviderAnswer, ProviderFile, ProviderRequest
from assurance.provider.questions import Question, questions_of

AT_END = {
    AtEnd.RETURN: "At the end it is returned.",
    AtEnd.DESTROY: "At the end it is destroyed, and you certify that.",
    AtEnd.KEEP: "At the end it is kept as the law or a rule on retention says.",
}


@dataclass(frozen=True)
class Asked:
    """One agreement of a request, in plain words."""

    asked: AskedAgreement
    receives: list[Flow]
    gives: list[Flow]
    rules: list[tuple[str, str]]
    questions: list[Question]
    unanswered: list[Question]
    without_words: list[Question]
    files: list[ProviderFile]
    subcontractors: list[NamedSubcontractor]

    @property
    def title(self) -> str:
        """What the agreement is called."""
        return self.asked.agreement.title

    @property
    def answered(self) -> int:
        """How many questions have their whole answer, words included."""
        return len(self.questions) - len(self.unanswered) - len(self.without_words)

    @property
    def is_begun(self) -> bool:
        """Whether anything is answered."""
        return len(self.unanswered) < len(self.questions)

    @property
    def is_answered(self) -> bool:
        """Whether nothing is left to answer, words included."""
        return bool(self.questions) and not self.unanswered and not self.without_words


def asked_of(request: ProviderRequest) -> list[AskedAgreement]:
    """The agreements of a request with everything that its pages show, in a fixed number of queries."""
    rows = request.asked.select_related("agreement__current_terms").order_by("agreement__title", "pk")
    flows = Flow.objects.select_related("sender", "receiver").prefetch_related("information").order_by("pk")
    terms = "agreement__current_terms"
    found = rows.prefetch_related(
        Prefetch(f"{terms}__flows", flows),
        f"{terms}__provisions",
        Prefetch("answers", ProviderAnswer.objects.order_by("pk")),
        Prefetch("files", ProviderFile.objects.order_by("pk")),
        Prefetch("subcontractors", NamedSubcontractor.objects.order_by("pk")),
    )
    listed = list(found)
    for one in listed:
        one.asking = request
    return listed


def provider_page(request: ProviderRequest, on: date) -> dict[str, Any]:
    """The page that the link opens, before it is answered. Seven queries, however many agreements."""
    return {
        "asking": request,
        "parts": [_part(one, request) for one in asked_of(request)],
        "late": request.is_late(on),
    }


def receipt_page(request: ProviderRequest) -> dict[str, Any]:
    """What was received, as it stands for good."""
    return {"asking": request, "asked": asked_of(request)}


def part_of(request: ProviderRequest, reference: str) -> Asked | None:
    """One agreement of the request; None for any other."""
    found = [one for one in asked_of(request) if one.agreement.reference == reference]
    return _part(found[0], request) if found else None


def _part(asked: AskedAgreement, request: ProviderRequest) -> Asked:
    terms, body = asked.agreement.current_terms, request.organisation_id
    flows = list(terms.flows.all()) if terms else []
    return Asked(
        asked=asked,
        receives=[flow for flow in flows if flow.receiver.organisation_id == body],
        gives=[flow for flow in flows if flow.sender.organisation_id == body],
        rules=_rules(terms) if terms else [],
        questions=questions_of(terms),
        unanswered=unanswered(asked),
        without_words=without_words(asked),
        files=list(asked.files.all()),
        subcontractors=list(asked.subcontractors.all()),
    )


def _rules(terms: Terms) -> list[tuple[str, str]]:
    """What the terms say besides the provisions, where they say it."""
    hours = f"Within {terms.breach_hours} hours" if terms.breach_hours else ""
    found = [
        ("What it is for", terms.purpose),
        ("What it may be used for", terms.permitted_uses),
        ("How it is kept safe", terms.safeguards),
        ("When you tell us of a privacy breach", hours),
        ("How long it is kept", " ".join(filter(None, (terms.retention, AT_END.get(AtEnd(terms.at_end), ""))))),
        ("Where outside New Zealand it may be stored or seen", terms.overseas_countries),
    ]
    return [(term, words) for term, words in found if words]
