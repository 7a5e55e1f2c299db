"""Written assurances: the list, one of them, its words, comments, and to whom it went."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements.digest import digest
from agreements.long_work import is_long
from assurance.actions.briefing import take_figures
from assurance.actions.statement import (
    change_words,
    comment_on,
    draft_statement,
    note_sent,
    withdraw_statement,
    words_of,
)
from assurance.forms.statement import CommentForm, DraftForm, SentForm, WithdrawStatementForm, WordsForm
from assurance.long_work import VERIFIED, ask_figures, figures_of
from assurance.models import Statement
from assurance.pages.statement import next_group, statement_page, visible
from assurance.policies.statement import check_is_signatory, check_may_draft, check_may_record_paper, check_may_sign
from assurance.statement.ledger_state import ledger_state, rows_of_history
from people.access import permission
from people.permissions import may
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.errors import Refused
from records.once import once
from records.one_page import one_page
from records.refusals import attempt, show_refusal, why_not

COMMISSIONER = "Public Service Commissioner, Te Kawa Mataaho Public Service Commission"
A_PAGE = 25  # statements


def statement_or_404(request: SignedInRequest, code: str) -> Statement:
    """A statement of the user's agency. Http404."""
    found = visible(request.user, code)
    if found is None:
        raise Http404("There is no such statement")
    return found


@require_safe
@permission(Permission.READ_STATEMENTS)
def statements(request: SignedInRequest) -> HttpResponse:
    """Every statement of the agency, the newest day first."""
    rows = Statement.objects.visible_to(request.user).select_related("signatory", "signing", "corrects")
    page = Paginator(rows.order_by("-day", "-pk"), A_PAGE).get_page(request.GET.get("page", "1")[:9])
    context = {"page": page, "refusal": why_not(check_may_draft, None, request.user)}
    return render(request, "assurance/statements.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.DRAFT_STATEMENTS)
@once
def statement_new(request: SignedInRequest) -> HttpResponse:
    """Begin a statement; with ``corrects`` in the address, one that takes the place of a signed one."""
    now = timezone.now()
    corrects = statement_or_404(request, request.GET["corrects"]) if request.GET.get("corrects") else None
    initial = _to_begin_with(corrects, timezone.localdate(now))
    form = DraftForm(request.user, timezone.localdate(now), posted(request), initial=initial, corrects=corrects)
    if form.is_valid():
        made = attempt(form, draft_statement, values=form.cleaned_data, by=request.user, now=now, corrects=corrects)
        if made:
            messages.success(request, f"{made.code} is begun. Next: take its figures.")
            return redirect(made)
    return render(request, "assurance/statement_new.html", {"form": form, "corrects": corrects})


def _to_begin_with(corrects: Statement | None, today: date) -> dict[str, Any]:
    if corrects is not None:
        return words_of(corrects) | {"day": corrects.day, "corrects_why": ""}
    last = date(today.year if today >= date(today.year, 6, 30) else today.year - 1, 6, 30)
    return {"day": last, "period_from": date(last.year - 1, 7, 1), "period_to": last, "addressee": COMMISSIONER}


@require_safe
@permission(Permission.READ_STATEMENTS)
def statement(request: SignedInRequest, code: str) -> HttpResponse:
    """One statement: whose turn it is, its words, figures, exceptions, comments and copies."""
    found, user, today = statement_or_404(request, code), request.user, timezone.localdate()
    with one_page():
        page = statement_page(found)
        context = {
            "page": page,
            "statement": found,
            "turn": next_group(page, user),
            "taking": figures_of(found) if found.is_open else None,
            "comment": CommentForm(),
            "may_draft": may(user, Permission.DRAFT_STATEMENTS),
            "no_words": why_not(check_may_draft, found, user),
            "no_sign": why_not(check_may_sign, found, user, today) if found.is_open else "",
            "no_paper": why_not(check_may_record_paper, found, user, today) if found.is_open else "",
            "signs": not why_not(check_is_signatory, found, user, today) if found.is_open else False,
        }
    return render(request, "assurance/statement.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.DRAFT_STATEMENTS)
def statement_words(request: SignedInRequest, code: str) -> HttpResponse:
    """Change the words; somebody else's change meanwhile is said, and nothing typed is lost."""
    found, now = statement_or_404(request, code), timezone.now()
    today, stands = timezone.localdate(now), words_of(found)
    form = WordsForm(request.user, today, posted(request), initial=stands, corrects=found.corrects)
    seen = request.POST.get("seen", digest(stands))
    if form.is_valid():
        given = {"statement": found, "values": form.cleaned_data, "seen": seen, "by": request.user, "now": now}
        if attempt(form, change_words, **given):
            messages.success(request, "Saved.")
            return redirect(found)
        seen = digest(words_of(statement_or_404(request, code)))
    context = {"form": form, "statement": found, "seen": seen, "refusal": why_not(check_may_draft, found, request.user)}
    return render(request, "assurance/statement_words.html", context)


@require_POST
@permission(Permission.DRAFT_STATEMENTS)
@once
def statement_take(request: SignedInRequest, code: str) -> HttpResponse:
    """Take the figures, anew where they were taken before; of a register with a long history the worker does it."""
    found, now = statement_or_404(request, code), timezone.now()
    try:
        check_may_draft(found, request.user)
        if is_long(rows_of_history(), VERIFIED, now):
            return redirect(ask_figures(found, by=request.user, now=now))
        take_figures(statement=found, ledger=ledger_state(), by=request.user, now=now)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "The figures are taken and kept. Next: the exceptions are answered.")
    return redirect(found)


@require_POST
@permission(Permission.READ_STATEMENTS)
@once
def statement_comment(request: SignedInRequest, code: str) -> HttpResponse:
    """Say something; what cannot be kept is refused on the page itself."""
    found, form = statement_or_404(request, code), CommentForm(request.POST)
    if form.is_valid():
        text = form.cleaned_data["text"]
        attempt(form, comment_on, statement=found, text=text, by=request.user, now=timezone.now())
    if form.errors:
        said = " ".join(str(one) for sentences in form.errors.values() for one in sentences)
        messages.error(request, said if form.data.get("text", "").strip() else "Write a comment before you add it")
    return redirect(f"{reverse('statement', args=[found.code])}#comments")


@require_http_methods(["GET", "POST"])
@permission(Permission.DRAFT_STATEMENTS)
@once
def statement_sent(request: SignedInRequest, code: str) -> HttpResponse:
    """Record to whom it went."""
    found, now = statement_or_404(request, code), timezone.now()
    initial = {"to": found.addressee, "on": timezone.localdate(now)}
    form = SentForm(posted(request), initial=initial)
    if form.is_valid() and _sent(form, found, request, now):
        messages.success(request, "Recorded.")
        return redirect(found)
    return render(request, "assurance/statement_sent.html", {"form": form, "statement": found})


def _sent(form: SentForm, found: Statement, request: SignedInRequest, now: datetime) -> bool:
    return bool(attempt(form, note_sent, statement=found, values=form.cleaned_data, by=request.user, now=now))


@require_http_methods(["GET", "POST"])
@permission(Permission.DRAFT_STATEMENTS)
@once
def statement_withdraw(request: SignedInRequest, code: str) -> HttpResponse:
    """Give up a statement that is not signed."""
    found, form = statement_or_404(request, code), WithdrawStatementForm(posted(request))
    if form.is_valid():
        try:
            withdraw_statement(statement=found, why=form.cleaned_data["why"], by=request.user, now=timezone.now())
        except (ValidationError, Refused) as problem:
            show_refusal(form, problem)
        else:
            messages.success(request, "Withdrawn. It stays in the list.")
            return redirect("statements")
    refusal = why_not(check_may_draft, found, request.user)
    return render(request, "assurance/statement_withdraw.html", {"form": form, "statement": found, "refusal": refusal})
