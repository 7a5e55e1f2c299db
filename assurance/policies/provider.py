"""May a provider be asked, answered for, or asked no more? Each rule stands once, as a sentence."""

from datetime import date
from typing import Any

from agreements.errors import NotNow, NotYours
from agreements.models import Agreement, Organisation, Party
from agreements.models.agreement import in_force, past_end
from assurance.models import NamedSubcontractor, ProviderRequest
from assurance.provider.questions import questions_of
from people.models import User
from people.permissions import check_may, may
from people.roles import Permission
from records.words import nz_date

MOST = 20  # files, subcontractors or breaches that one request takes: whoever has more to say rings
ELSEWHERE = "This belongs to another agency"


def check_may_ask(user: User) -> None:
    """The person asks providers."""
    check_may(user, Permission.ASK_PROVIDERS)


def providers_of(user: User, on: date) -> Any:
    """The organisations, other than the agency itself, that are parties of its agreements in use."""
    return Organisation.objects.current().filter(pk__in=_taking_part(user, on)).exclude(agency=user.agency)


def to_ask_about(organisation: Organisation, user: User, on: date) -> Any:
    """The agreements in use, past their end included, of which the organisation is a party."""
    rows = Agreement.objects.visible_to(user).filter(in_force(on) | past_end(on))
    return rows.filter(current_terms__parties__organisation=organisation).distinct().order_by("reference")


def to_ask(agreement: Agreement, user: User, on: date) -> list[Organisation]:
    """The parties of an agreement that this person may ask about it; none where they ask no providers."""
    if not may(user, Permission.ASK_PROVIDERS) or agreement.current_terms_id is None:
        return []
    parties = Party.objects.filter(terms=agreement.current_terms_id).values("organisation")
    return list(providers_of(user, on).filter(pk__in=parties).order_by("name"))


def check_can_ask_about(agreement: Agreement, organisation: Organisation, user: User, on: date) -> None:
    """The agreement is the agency's own and in use, the organisation a party of it, and not being asked already."""
    if agreement.agency_id != user.agency.pk:
        raise NotYours("This agreement belongs to another agency")
    if organisation.agency_id == user.agency.pk:
        raise NotNow("This is your own agency: plan an activity instead")
    if not to_ask_about(organisation, user, on).filter(pk=agreement.pk).exists():
        raise NotNow(f"{agreement.reference} is not in use, or {organisation} is not a party of it")
    if not questions_of(agreement.current_terms):
        raise NotNow(f"No provision of {agreement.reference} is recorded as present: record what was promised first")
    waiting = ProviderRequest.objects.waiting().filter(organisation=organisation, asked__agreement=agreement)
    before = waiting.first()
    if before:
        raise NotNow(f"{organisation} is asked about {agreement.reference} already, by {nz_date(before.due_on)}")


def check_may_change_request(request: ProviderRequest, user: User) -> None:
    """Whoever asks providers sends it again, replaces or withdraws it, while nobody has answered."""
    _check_ours(request, user)
    check_waiting(request)


def check_may_take_up(named: NamedSubcontractor, user: User) -> None:
    """Whoever asks providers says once what was done about somebody whom one named."""
    _check_ours(named.asked.asking, user)
    if named.taken_up_at:
        raise NotNow(f"It was taken up on {nz_date(named.taken_up_at)}: {named.taken_up_what}")


def check_open(request: ProviderRequest, version: int) -> None:
    """The link with that version may still answer. Raises NotNow."""
    check_waiting(request)
    if request.version != version:
        raise NotNow("A newer link was sent meanwhile: only the link in the newest mail opens")


def check_waiting(request: ProviderRequest) -> None:
    """Neither answered nor withdrawn. Raises NotNow."""
    if request.submitted_at:
        raise NotNow(f"It was answered on {nz_date(request.submitted_at)}: what was said stands")
    if request.withdrawn_at:
        raise NotNow(f"It was withdrawn on {nz_date(request.withdrawn_at)}")


def _check_ours(request: ProviderRequest, user: User) -> None:
    if request.agency_id != user.agency.pk:
        raise NotYours(ELSEWHERE)
    check_may_ask(user)


def _taking_part(user: User, on: date) -> Any:
    agreements = Agreement.objects.visible_to(user).filter(in_force(on) | past_end(on))
    return Party.objects.filter(terms__in=agreements.values("current_terms")).values("organisation")
