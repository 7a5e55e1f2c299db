"""What belongs to an agreement when its history is read."""

from dataclasses import replace

from agreements.models import (
    AccessHolder,
    Agreement,
    AgreementContract,
    Assessment,
    Comment,
    Exercise,
    Flow,
    Information,
    LegalBasis,
    Oversight,
    Party,
    Provision,
    Responsibility,
    Review,
    StatusChange,
    Terms,
)
from agreements.questions import QUESTIONS
from people.models import Agency
from records.family import Branch
from records.timeline import ObjectChange, Timeline

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


# The name of a document may itself be privileged; whoever may read it finds it on the page of what it shows.
NEVER_TOLD = frozenset({"evidence"})
OF_ASSESSMENTS = frozenset({"agreement", "writers"})

# What the heading of a step and its card say already.
SAID = frozenset({"agreement", "terms", "step", "source", "target", "by", "at", "on", "why", "variation"})


def in_words_of(agency: Agency, timeline: Timeline) -> Timeline:
    """The timeline with the people of an agreement called what the agency calls their roles, and nothing said twice."""
    labels = {name: question.asked_by(agency) for name, question in QUESTIONS.items() if question.role}
    changes = (
        replace(change, objects=tuple(_called(one, labels) for one in change.objects)) for change in timeline.changes
    )
    return replace(timeline, changes=tuple(changes))


def _called(changed: ObjectChange, labels: dict[str, str]) -> ObjectChange:
    if changed.model == StatusChange._meta.verbose_name:
        return _without(changed, SAID)
    if changed.model == Assessment._meta.verbose_name:
        return _without(changed, NEVER_TOLD | OF_ASSESSMENTS)
    if changed.model != Agreement._meta.verbose_name:
        return _without(changed, NEVER_TOLD)
    return replace(changed, fields=tuple(replace(one, label=labels.get(one.name, one.label)) for one in changed.fields))


def _without(changed: ObjectChange, names: frozenset[str]) -> ObjectChange:
    return replace(changed, fields=tuple(one for one in changed.fields if one.name not in names))
