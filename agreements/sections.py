"""The sections of an agreement as data: which questions, why they are asked, when a section counts as complete.

A new question is a field of Agreement or Terms, a line here, and nothing else. Wording is ours; ``source`` says what
the question rests on (domain.md) and pages show it under "Why we ask".
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from agreements.choices import VariationKind
from agreements.facts import Facts
from agreements.models import Agreement
from agreements.questions import QUESTIONS, Question

State = Literal["not_started", "in_progress", "complete"]


def _nothing_more(_: Facts) -> bool:
    return True


@dataclass(frozen=True)
class Section:
    """One step of the task list. ``rows`` names kinds of repeating rows (agreements/rows.py)."""

    name: str
    title: str
    intro: str
    agreement_fields: tuple[str, ...] = ()
    terms_fields: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    complete_when: Callable[[Facts], bool] = _nothing_more
    always_asked: bool = False
    after_approval: bool = False
    follow_ups: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def fields(self) -> tuple[str, ...]:
        """Every scalar question of the section, in the order of the page."""
        return self.agreement_fields + self.terms_fields

    def questions(self) -> list[Question]:
        """The questions with their words."""
        return [QUESTIONS[name] for name in self.fields]


SECTIONS = (
    Section(
        "scope",
        "Scope",
        "Three answers decide how much else is asked.",
        terms_fields=(
            "personal_information",
            "outside_state_services",
            "public_service",
            "exclusion",
            "exclusion_reference",
        ),
        required=("personal_information", "outside_state_services", "public_service"),
        follow_ups={"exclusion_reference": ("exclusion", "aisa intelligence")},
        always_asked=True,
    ),
    Section(
        "purpose",
        "Purpose",
        "What it is for, and what may be done with the information.",
        agreement_fields=("title", "known_as", "kind"),
        terms_fields=("purpose", "service", "reason_for_sharing", "permitted_uses", "benefits"),
        required=("title", "kind", "purpose", "reason_for_sharing", "permitted_uses"),
        always_asked=True,
    ),
    Section(
        "parties",
        "Parties",
        "Every organisation that takes part, subcontractors at every depth.",
        rows=("party",),
        complete_when=lambda facts: facts.parties >= 2,
        always_asked=True,
    ),
    Section(
        "responsibilities",
        "Who does what",
        "Each responsibility has exactly one accountable party.",
        rows=("responsibility",),
        complete_when=lambda facts: facts.duties_settled,
    ),
    Section(
        "information",
        "Information shared",
        "From whom to whom it flows, how, and what it carries.",
        rows=("flow", "information"),
        complete_when=lambda facts: facts.flows > 0 and facts.empty_flows == 0,
    ),
    Section(
        "authority",
        "Legal authority",
        "The law that allows it. An agreement or memorandum is never the authority.",
        rows=("legal_basis",),
        complete_when=lambda facts: facts.legal_bases > 0,
    ),
    Section(
        "people",
        "The people it is about",
        "Why it is necessary, what choice people have and how they are told.",
        terms_fields=(
            "necessity",
            "less_identifying_alternative",
            "individual_choice",
            "individual_choice_why",
            "how_people_are_told",
            "public_summary",
            "people_affected",
            "indirect_collection",
            "notice_by",
            "notice_where",
            "notice_on",
            "notice_exception",
            "notice_exception_why",
        ),
        required=(
            "necessity",
            "less_identifying_alternative",
            "individual_choice",
            "how_people_are_told",
            "indirect_collection",
        ),
        follow_ups={
            "notice_by": ("indirect_collection", "yes"),
            "notice_where": ("indirect_collection", "yes"),
            "notice_on": ("indirect_collection", "yes"),
            "notice_exception": ("indirect_collection", "yes"),
            "notice_exception_why": ("indirect_collection", "yes"),
        },
        complete_when=lambda facts: facts.notice_settled,
    ),
    Section(
        "safeguards",
        "Safeguards",
        "How it is kept safe, for how long, where, and what happens at the end.",
        agreement_fields=("security_officer",),
        terms_fields=(
            "safeguards",
            "breach_hours",
            "overseas",
            "overseas_countries",
            "overseas_ground",
            "retention",
            "at_end",
        ),
        rows=("access_holder",),
        required=("safeguards", "breach_hours", "overseas", "retention", "at_end"),
        follow_ups={"overseas_countries": ("overseas", "yes"), "overseas_ground": ("overseas", "yes")},
        complete_when=lambda facts: facts.overseas_settled and facts.access_holders > 0,
    ),
    Section(
        "maori_data",
        "Māori data",
        "Whether any of it is Māori data, who was engaged, and who governs it.",
        terms_fields=(
            "maori_data",
            "maori_data_why",
            "maori_engaged",
            "maori_engaged_on",
            "maori_outcome",
            "maori_governance",
            "maori_conditions",
        ),
        required=("maori_data", "maori_data_why"),
        follow_ups=dict.fromkeys(
            ("maori_engaged", "maori_engaged_on", "maori_outcome", "maori_governance", "maori_conditions"),
            ("maori_data", "yes"),
        ),
        complete_when=lambda facts: facts.maori_settled,
    ),
    Section(
        "automated",
        "Automated decisions",
        "Whether a machine decides or recommends anything about a person.",
        terms_fields=("automated", "automated_what"),
        required=("automated",),
        follow_ups={"automated_what": ("automated", "yes")},
        complete_when=lambda facts: facts.automated_settled,
    ),
    Section(
        "provisions",
        "Provisions",
        "Which of the 25 provisions stand in the document, and where.",
        rows=("provision",),
        complete_when=lambda facts: facts.provisions_open == 0,
    ),
    Section(
        "ownership",
        "Who owns it",
        "The people here who answer for it, and when they look at it again.",
        agreement_fields=(
            "owner",
            "manager",
            "senior_owner",
            "technical_adviser",
            "classification",
            "service_contract",
            "procurement_ref",
            "review_due_on",
        ),
        required=("owner", "manager", "review_due_on"),
        always_asked=True,
        after_approval=True,
    ),
    Section(
        "dates",
        "Dates and instrument",
        "When it starts and ends, and what kind of document it is.",
        agreement_fields=("recorded_from",),
        terms_fields=("binding", "instrument", "signed_on", "starts_on", "open_ended", "ends_on", "cycle_months"),
        required=("binding", "starts_on"),
        follow_ups={"cycle_months": ("open_ended", "yes")},
        complete_when=lambda facts: facts.end_settled,
        always_asked=True,
    ),
)
BY_NAME = {section.name: section for section in SECTIONS}

# Asked about the agreement or when a variation is signed, so never inside a variation.
NOT_VARIED = {"access_holder", "signed_on"}


def _in_variation(section: Section) -> Section:
    """The part of a section that a variation can change: answers and rows of the terms."""
    fields = tuple(name for name in section.terms_fields if name not in NOT_VARIED)
    rows = tuple(name for name in section.rows if name not in NOT_VARIED)
    required = tuple(name for name in section.required if name in fields)
    return replace(section, agreement_fields=(), terms_fields=fields, rows=rows, required=required)


IN_VARIATION = tuple(part for part in map(_in_variation, SECTIONS) if part.terms_fields or part.rows)
VARIED_BY_NAME = {section.name: section for section in IN_VARIATION}
OF_FIELD = {name: section for section in SECTIONS for name in section.fields}
OF_ROWS = {name: section for section in SECTIONS for name in section.rows}


def by_name(agreement: Agreement, name: str) -> Section | None:
    """A section by its name, as it is asked of the terms at hand."""
    return (BY_NAME if agreement.terms_at_hand is None else VARIED_BY_NAME).get(name)


def part(agreement: Agreement, name: str) -> Section:
    """A section that every version of the terms has, as it is asked of the terms at hand."""
    return (BY_NAME if agreement.terms_at_hand is None else VARIED_BY_NAME)[name]


def asked(facts: Facts) -> list[Section]:
    """The sections asked of an agreement: all, or those of a short form where the risk is low.

    Of a variation, what it can change; of a renewal, its dates alone.
    """
    sections = IN_VARIATION if facts.variation else SECTIONS
    if facts.variation == VariationKind.RENEWAL:
        sections = (VARIED_BY_NAME["dates"],)
    return [section for section in sections if section.always_asked or not facts.short]


def state(section: Section, facts: Facts) -> State:
    """Not started, in progress or complete. Unknown is no answer."""
    begun = any(facts.answered(name) for name in section.fields if name not in ALWAYS_FILLED)
    begun = begun or any(facts.rows(kind) for kind in section.rows)
    if all(facts.answered(name) for name in section.required) and section.complete_when(facts):
        return "complete"
    return "in_progress" if begun else "not_started"


ALWAYS_FILLED = frozenset({"title", "kind", "classification"})


def missing(facts: Facts) -> list[str]:
    """Names of the sections asked and not complete."""
    return [section.name for section in asked(facts) if state(section, facts) != "complete"]
