"""What belongs to an agreement, and to each record beside it, when its history is read."""

from dataclasses import replace

from django.db.models import Q

from agreements.models import (
    AccessHolder,
    Advice,
    Agreement,
    AgreementContract,
    Assessment,
    Comment,
    Contract,
    ContractStageChange,
    Document,
    DocumentVersion,
    Exercise,
    Flow,
    Information,
    LegalBasis,
    Oversight,
    Party,
    Pause,
    Provision,
    Readers,
    Responsibility,
    Review,
    StatusChange,
    Subcontractor,
    Terms,
)
from agreements.models.document import privileged_to
from agreements.questions import QUESTIONS
from people.models import Agency, User
from records.family import Branch
from records.timeline import ObjectChange, Timeline, changes

TERMS = Branch(
    Terms,
    "agreement",
    (
        Branch(Party, "terms"),
        Branch(Flow, "terms", (Branch(Information, "flow"),)),
        Branch(LegalBasis, "terms"),
        Branch(Provision, "terms"),
        Branch(Responsibility, "terms"),
    ),
)
# Rows that hang on the agreement itself, whatever its terms are.
OF_IT = (AccessHolder, StatusChange, AgreementContract, Oversight, Review, Exercise, Comment, Assessment)
AGREEMENT = Branch(Agreement, branches=(TERMS, *(Branch(model, "agreement") for model in OF_IT)))
OF_CONTRACT = (Subcontractor, AgreementContract, ContractStageChange, Oversight, Comment)
CONTRACT = Branch(Contract, branches=tuple(Branch(model, "contract") for model in OF_CONTRACT))
DOCUMENT = Branch(Document, branches=(Branch(DocumentVersion, "document"),))
ASSESSMENT, ADVICE, PAUSE = Branch(Assessment), Branch(Advice), Branch(Pause)


# The name of a document may itself be privileged; whoever may read it finds it on the page of what it shows.
NEVER_TOLD = frozenset({"evidence"})

# What the heading of a step and its card say already.
SAID = frozenset({"agreement", "terms", "step", "source", "target", "by", "at", "on", "why", "variation"})
# What the card says already, and the page itself: by the word for each kind of record.
SAID_OF = {
    StatusChange._meta.verbose_name: SAID,
    ContractStageChange._meta.verbose_name: SAID,
    Assessment._meta.verbose_name: frozenset({"agreement", "writers", "author", "created_at", "final_at"}),
    Advice._meta.verbose_name: frozenset({"agreement", "added_by", "added_at"}),
    Contract._meta.verbose_name: frozenset({"agency"}),
    Document._meta.verbose_name: frozenset({"agency", "agreement", "contract", "added_by", "added_at"}),
    DocumentVersion._meta.verbose_name: frozenset({"number", "media_type", "added_by", "added_at"}),
}


def in_words_of(agency: Agency, timeline: Timeline) -> Timeline:
    """The timeline with the people of an agreement called what the agency calls their roles, and nothing said twice."""
    labels = {name: question.asked_by(agency) for name, question in QUESTIONS.items() if question.role}
    changes = (
        replace(change, objects=tuple(_called(one, labels) for one in change.objects)) for change in timeline.changes
    )
    return replace(timeline, changes=tuple(changes))


def beside(agency: Agency, family: Branch, pk: int, page: int) -> Timeline:
    """One page of the history of a record that stands beside an agreement: a contract, a document and so on."""
    return in_words_of(agency, changes(family, pk, page=page))


def may_read_whole(record: Advice | Document, user: User) -> bool:
    """Whether all of its history is for this person: what was privileged once stays with the few for good."""
    was = Q(privileged=True) if isinstance(record, Advice) else Q(readers=Readers.PRIVILEGED)
    if not record.history.filter(was).exists():
        return True
    return type(record).objects.filter(privileged_to(user), pk=record.pk).exists()


def page_asked(text: str) -> int:
    """Which page an address asks for; the first, where it asks for none that there could be."""
    return int(text) if text.isdecimal() and 0 < int(text) < 100_000 else 1


def _called(changed: ObjectChange, labels: dict[str, str]) -> ObjectChange:
    if changed.model == Contract._meta.verbose_name and (served := _field(changed, "agreement")):
        return replace(changed, model=str(Agreement._meta.verbose_name), name=served, fields=())
    if changed.model != Agreement._meta.verbose_name:
        return _without(changed, NEVER_TOLD | SAID_OF.get(changed.model, frozenset()))
    return replace(changed, fields=tuple(replace(one, label=labels.get(one.name, one.label)) for one in changed.fields))


def _field(changed: ObjectChange, name: str) -> str:
    return next((one.new or one.old for one in changed.fields if one.name == name), "")


def _without(changed: ObjectChange, names: frozenset[str]) -> ObjectChange:
    return replace(changed, fields=tuple(one for one in changed.fields if one.name not in names))
