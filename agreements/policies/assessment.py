"""May this be done to this assessment, by this person, now? Each rule stands once and raises a sentence."""

from collections.abc import Iterator
from datetime import date

from agreements.errors import NotNow, NotReady, NotYours
from agreements.models import Assessment, Rating
from agreements.policies.agreement import check_may_edit
from people.labels import role_in_text
from people.models import Delegation, Power, User
from people.permissions import NotPermitted, holds_power, may
from people.roles import Permission, Role
from records.choices import YesNoUnknown
from records.words import nz_date


def check_may_change(assessment: Assessment, user: User) -> None:
    """A draft is changed by whoever may edit the agreement; what is final never is."""
    check_may_edit(assessment.agreement, user)
    if assessment.is_final:
        raise NotNow("It is final: it never changes. A newer one supersedes it")


def check_may_make_final(assessment: Assessment, user: User, on: date) -> None:
    """The person may make it final, or accept its risk where its kind asks for that, and it says what it must."""
    if assessment.agreement.agency_id != user.agency.pk:
        raise NotYours("This agreement belongs to another agency")
    if assessment.is_final:
        raise NotNow("It is final already")
    if assessment.of_kind.accepted:
        check_may_accept(assessment, user, on)
    else:
        check_may_edit(assessment.agreement, user)
    if reasons := list(what_is_missing(assessment, on)):
        raise NotReady(reasons)


def check_may_accept(assessment: Assessment, user: User, on: date) -> None:
    """A delegate accepts a risk that somebody else assessed."""
    if not may(user, Permission.ACCEPT_RISK) and not (user.person and holds_power(user.person, Power.ACCEPT_RISK, on)):
        raise NotPermitted(_no_power(user, on))
    if user.pk in assessment.writers:
        raise NotYours("You wrote part of this assessment: somebody else accepts the risk")


def _no_power(user: User, on: date) -> str:
    """Why not, and where a delegation is over or has not begun, since or from when."""
    held = Delegation.objects.filter(holder=user.person, power=Power.ACCEPT_RISK) if user.person else None
    over = held.filter(ends_on__lt=on).order_by("-ends_on").first() if held else None
    if over:
        return f"Your delegation to accept risk ended on {nz_date(over.ends_on)}"
    begins = held.filter(starts_on__gt=on).order_by("starts_on").first() if held else None
    if begins:
        return f"Your delegation to accept risk begins on {nz_date(begins.starts_on)}"
    head = role_in_text(user.agency, Role.CHIEF_EXECUTIVE)
    return f"Accepting risk needs a delegation to accept risk, or the role of {head}"


def what_is_missing(assessment: Assessment, on: date) -> Iterator[str]:
    """What keeps a draft from being final, a sentence each."""
    kind = assessment.of_kind
    for question in kind.questions:
        if question.needed and assessment.answers.get(question.name, "") in ("", YesNoUnknown.UNKNOWN):
            yield f"Answer “{question.label}”"
    if not assessment.conclusion.strip():
        yield "Say what came of it"
    if assessment.done_on is None:
        yield "Enter the day it was done"
    elif assessment.done_on > on:
        yield "The day it was done lies in the future"
    if kind.rated and Rating.UNKNOWN in (assessment.inherent, assessment.residual):
        yield "Rate the risk before and after what is done about it"
    if kind.binding and (assessment.lba_required == YesNoUnknown.UNKNOWN or not assessment.lba_why.strip()):
        yield "Say whether a legally binding agreement is needed, and why"
