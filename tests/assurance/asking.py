"""A provider that was asked by real actions, and the link in its mail."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from agreements.actions.provision import provision_values, provisions_digest, save_provisions
from agreements.actions.row import add_row
from agreements.actions.status import perform
from agreements.choices import Status
from agreements.models import Agreement
from agreements.rows import KINDS
from assurance.actions.provider_answer import name_subcontractor, said_digest, save_answers
from assurance.actions.provider_confirmation import submit_confirmation
from assurance.actions.provider_request import ask_provider
from assurance.models import AskedAgreement, NamedSubcontractor, ProviderRequest
from assurance.provider.links import token_of
from assurance.provider.questions import questions_of
from people.actions.system import system_user
from people.models import User
from tests.agreements_at import agreement_at, make_signable, organisation
from tests.cast import NOW, Cast

TRUST = "Te Whare Tautoko Trust"
WHO = {"answered_by": "Ana Rewi", "position": "Manager"}
PRESENT = ("C2", "C7", "C17")


def agreed(cast: Cast, title: str = "School attendance liaison", body: str = TRUST) -> Agreement:
    """A signed agreement under which the provider receives something and promised three things."""
    by, draft = cast.privacy_officer, agreement_at(Status.DRAFT, cast, title=title, parties=(body,))
    given = provision_values(draft)
    given |= {code: given[code] | {"answer": "present", "clause": "7"} for code in PRESENT}
    save_provisions(agreement=draft, answers=given, seen=provisions_digest(draft), by=by)
    ours, theirs = draft.terms_now.parties.order_by("pk")
    row = {"sender": ours, "receiver": theirs, "method": "Secure mailbox", "control": "download", "frequency": "weekly"}
    flow = add_row(agreement=draft, kind=KINDS["flow"], values=row, by=by)
    named = {"flow": flow, "name": "Days missed at school", "about_whom": "pupils"}
    add_row(agreement=draft, kind=KINDS["information"], values=named, by=by)
    make_signable(draft, by)
    for step in ("submit", "approve", "sign"):
        draft = perform(agreement=draft, step=step, by=cast.approver if step == "approve" else by, now=NOW, reason="So")
    return draft


def asked_about(
    cast: Cast, *agreements: Agreement, body: str = TRUST, by: User | None = None, **said: Any
) -> ProviderRequest:
    """A request that waits, about one agreement unless several are given."""
    values = {
        "contact": "Ana Rewi", "email": "ana@tautoko.example.nz", "due_on": timezone.localdate() + timedelta(days=14),
        "ring": "Mele Fifita, 04 000 0000", "note": "Ngā mihi for your work",
    }  # fmt: skip
    chosen = list(agreements) or [agreed(cast, body=body)]
    given: dict[str, Any] = {"organisation": organisation(body), "agreements": chosen, "values": values | said}
    return ask_provider(**given, by=by or cast.privacy_officer, now=timezone.now())


def link(request: ProviderRequest, page: str = "") -> str:
    """The address that the newest mail carries, or a page behind it."""
    return f"/provider/{token_of(request)}/{page}"


def provider_link() -> User:
    """In whose name a provider's words are kept."""
    return system_user("provider link")


def answered(asked: AskedAgreement, answer: str = "yes", words: str = "", **other: tuple[str, str]) -> None:
    """Every question answered the same, but for those given by their code."""
    codes = [one.code for one in questions_of(asked.agreement.current_terms)]
    said = dict.fromkeys(codes, (answer, words)) | other
    save_answers(asked=asked, said=said, seen=said_digest(asked), by=provider_link(), now=timezone.now())


def sent_in(
    request: ProviderRequest, answer: str = "yes", words: str = "", **other: tuple[str, str]
) -> ProviderRequest:
    """The same, sent in."""
    for one in request.asked.all():
        answered(one, answer, words, **other)
    return submit_confirmation(request=request, **WHO, by=provider_link(), now=timezone.now())


def named_by_provider(request: ProviderRequest) -> NamedSubcontractor:
    """Somebody whom the provider says it engages."""
    said: dict[str, Any] = {"name": "Cloud Limited", "does": "Stores the files", "starts_on": None}
    return name_subcontractor(asked=request.asked.get(), **said, by=provider_link(), now=timezone.now())


def of_providers(cast: Cast) -> dict[str, dict[str, Any]]:
    """A request and somebody whom the provider named, by the addresses about them."""
    asking = asked_about(cast)
    request = {"reference": asking.reference}
    return {
        "provider_request": request,
        "provider_act": request | {"name": "again"},
        "subcontractor_take_up": {"pk": named_by_provider(asking).pk},
    }
