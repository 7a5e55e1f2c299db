"""The signed face of another agency's agreement: what a party to it may read, and nothing else (design: reading)."""

from dataclasses import dataclass
from datetime import date

from agreements.models import Agreement, Flow, LegalBasis, Terms
from agreements.pages.agreement import (
    Answered,
    AnsweredSection,
    WithProvisions,
    answered,
    answered_provisions,
    with_names,
)
from agreements.pages.document import DocumentList, documents_of
from agreements.pages.matrix import Duties, duties
from agreements.pages.rows import Bough, boughs
from agreements.sections import BY_NAME
from agreements.summary import Paragraph, public_summary
from people.models import User

# What a party may read, named one by one: a new question is not on the face until somebody puts it here.
FACE_FIELDS = {
    "purpose": {"title", "known_as", "kind", "purpose", "service", "reason_for_sharing", "permitted_uses", "benefits"},
    "people": {
        "individual_choice",
        "how_people_are_told",
        "indirect_collection",
        "notice_by",
        "notice_where",
        "notice_on",
        "notice_exception",
    },
    "safeguards": {"safeguards", "breach_hours", "overseas", "overseas_countries", "retention", "at_end"},
    "dates": {"binding", "instrument", "signed_on", "starts_on", "open_ended", "ends_on", "cycle_months"},
}


@dataclass(frozen=True)
class FacePage(WithProvisions):
    """Terms, parties, flows and provisions; documents marked shared; never owners, advice, oversight or drafts."""

    agreement: Agreement
    terms: Terms
    standing: str
    answered: list[AnsweredSection]
    parties: list[Bough]
    flows: list[Flow]
    duties: Duties
    legal_bases: list[LegalBasis]
    provisions: list[Answered]
    public: list[Paragraph]
    documents: DocumentList
    may_edit: bool = False
    may_edit_terms: bool = False
    shows_why: bool = False


def face_page(agreement: Agreement, user: User, on: date) -> FacePage:
    """Gather the face; the agreement comes from AgreementQuerySet.signed_faces_for().whole()."""
    terms = agreement.terms_now
    return FacePage(
        agreement=agreement,
        terms=terms,
        standing=agreement.standing(on),
        answered=[_public_part(answered(agreement, BY_NAME[name])) for name in FACE_FIELDS],
        parties=boughs(terms.parties.all()),
        flows=with_names(terms),
        duties=duties(agreement),
        legal_bases=list(terms.legal_bases.all()),
        provisions=answered_provisions(terms, user),
        public=public_summary(agreement),
        documents=documents_of(agreement, user),
    )


def _public_part(section: AnsweredSection) -> AnsweredSection:
    kept = [line for line in section.answers if line.field in FACE_FIELDS[section.section.name]]
    return AnsweredSection(section.section, kept)
