"""How an agreement or a contract stands with conflicts, and its conversations; one is recorded in half a minute."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agreements.fetch import agreement_or_404, contract_or_404
from agreements.models import Agreement, Contract
from conflicts.actions.conversation import record_conversation
from conflicts.forms.conversation import ConversationForm
from conflicts.models import Conversation
from conflicts.pages.conversation import Conversations, conversations_of_agreement, conversations_of_contract
from people.access import permission
from people.permissions import check_may
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.once import once
from records.refusals import attempt, why_not

SAID = ("stage", "on", "with_whom", "outcome", "note")


@require_safe
@permission(Permission.READ_AGREEMENTS)
def of_agreement(request: SignedInRequest, reference: str) -> HttpResponse:
    """How it stands, and every conversation; also a region of its page."""
    agreement = agreement_or_404(request.user, reference)
    return _page(request, agreement, conversations_of_agreement(agreement, request.user, timezone.localdate()))


@require_safe
@permission(Permission.READ_AGREEMENTS)
def of_contract(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every conversation of a contract; also a region of its page."""
    contract = contract_or_404(request.user, pk)
    return _page(request, contract, conversations_of_contract(contract, request.user))


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def agreement_conversation(request: SignedInRequest, reference: str) -> HttpResponse:
    """Record a conversation about an agreement; ``?corrects=`` names one that the new one puts right."""
    agreement = agreement_or_404(request.user, reference)
    conversations = conversations_of_agreement(agreement, request.user, timezone.localdate())
    return _record(request, agreement, conversations, agreement=agreement)


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def contract_conversation(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same about a contract."""
    contract = contract_or_404(request.user, pk)
    return _record(request, contract, conversations_of_contract(contract, request.user), contract=contract)


def _page(request: SignedInRequest, about: Agreement | Contract, conversations: Conversations) -> HttpResponse:
    context = _asked(request, about) | {"conversations": conversations}
    form = ConversationForm(today=timezone.localdate(), stage=conversations.next, prefix="conversation")
    return render(request, "conflicts/of_work.html", context | {"form": form})


def _record(
    request: SignedInRequest, about: Agreement | Contract, conversations: Conversations, **work: Any
) -> HttpResponse:
    wrong = _wrong(request, conversations)
    initial = {name: getattr(wrong, name) for name in SAID} if wrong else {}
    now = timezone.now()
    form = ConversationForm(
        posted(request), today=timezone.localdate(now), stage=conversations.next, initial=initial, prefix="conversation"
    )
    context = _asked(request, about)
    if form.is_valid():
        given = {"values": form.cleaned_data, "corrects": wrong, "by": request.user, "now": now}
        if attempt(form, record_conversation, **given, **work):
            messages.success(request, "Recorded. It stands on the timeline.")
            return redirect(f"{about.get_absolute_url()}#panel-conflicts")
    return render(request, "conflicts/conversation_form.html", context | {"form": form, "wrong": wrong})


def _wrong(request: SignedInRequest, conversations: Conversations) -> Conversation | None:
    key = request.GET.get("corrects", "")
    rows = Conversation.objects.visible_to(request.user).filter(pk__in=[one.pk for one in conversations.rows])
    return get_object_or_404(rows, pk=int(key) if key.isdecimal() and len(key) < 19 else 0) if key else None


def _asked(request: SignedInRequest, about: Agreement | Contract) -> dict[str, Any]:
    name, key = ("agreement", about.reference) if isinstance(about, Agreement) else ("contract", about.pk)
    return {
        "about": about,
        name: about,
        "record_url": reverse(f"conflicts:{name}_conversation", args=[key]),
        "refusal": why_not(check_may, request.user, Permission.RECORD_DECLARATIONS),
        "suppliers_url": reverse("conflicts:suppliers", args=[about.pk]) if isinstance(about, Contract) else "",
    }
