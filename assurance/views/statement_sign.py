"""Sign a statement here, after giving the password again, or record that it was signed on paper."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assurance.actions.signing import record_paper, sign_statement
from assurance.forms.statement import PaperForm, SignForm
from assurance.models import Statement
from assurance.pages.statement import moved, seen_of, statement_page
from assurance.pdf.statement import issue_files
from assurance.policies.statement import check_may_record_paper, check_may_sign, newest_briefing
from assurance.statement.ledger_state import LedgerState, ledger_since
from assurance.views.statement import statement_or_404
from people.access import permission
from people.request import SignedInRequest, posted
from people.roles import Permission
from people.sign_in.again import began_with_proof, came_just_now, has_proof, providers_of
from records.errors import Refused
from records.once import once
from records.refusals import show_refusal, why_not

BROKEN = "The history of the register does not hold together. Have it looked at first, or say that you sign although"


@require_http_methods(["GET", "POST"])
@permission(Permission.SIGN_STATEMENTS)
def statement_sign(request: SignedInRequest, code: str) -> HttpResponse:
    """Sign, after giving the password or second factor anew; of another agency's nothing is asked.

    Who signed in with neither comes anew from their agency's own sign-in, or signs on paper.
    """
    found = statement_or_404(request, code)
    if not began_with_proof(request) and not came_just_now(request):
        providers, has = providers_of(request, request.path), has_proof(request.user)
        context = {"statement": found, "providers": providers, "has_proof": has}
        return render(request, "assurance/statement_sign_again.html", context)
    answer: HttpResponse = _sign(request, found)
    return answer


@reauthentication_required
@once
def _sign(request: SignedInRequest, found: Statement) -> HttpResponse:
    """What is signed, what moved since the figures were taken, and the signature itself."""
    now = timezone.now()
    today = timezone.localdate(now)
    briefing = newest_briefing(found)
    form = SignForm(posted(request), broken="although_broken" in request.POST)
    if form.is_valid() and briefing:
        ledger = ledger_since(briefing)
        if not ledger.ok and not form.cleaned_data.get("although_broken"):
            form = SignForm(request.POST, broken=True)
            form.add_error("although_broken", BROKEN)
        elif _signed(form, found, ledger, request):
            messages.success(request, f"{found.code} is signed. Nothing in it can be changed any more.")
            return redirect(found)
    page = statement_page(found)
    context = {
        "form": form, "statement": found, "page": page, "seen": seen_of(page),
        "refusal": why_not(check_may_sign, found, request.user, today),
        "moved": moved(found, briefing, today) if briefing and found.is_open else [],
    }  # fmt: skip
    return render(request, "assurance/statement_sign.html", context)


def _signed(form: SignForm, found: Statement, ledger: LedgerState, request: SignedInRequest) -> bool:
    """Signed and its files made, or the sentence why not on the form."""
    now = timezone.now()
    try:
        sign_statement(statement=found, ledger=ledger, seen=form.data.get("seen", ""), by=request.user, now=now)
    except (ValidationError, Refused) as problem:
        show_refusal(form, problem)
        return False
    issue_files(statement_or_404(request, found.code), by=request.user, now=now)
    return True


@require_http_methods(["GET", "POST"])
@permission(Permission.DRAFT_STATEMENTS)
@once
def statement_paper(request: SignedInRequest, code: str) -> HttpResponse:
    """Record a signature on paper by its scan."""
    found, now = statement_or_404(request, code), timezone.now()
    form, briefing = PaperForm(posted(request), request.FILES or None), newest_briefing(found)
    if form.is_valid() and briefing:
        name, content = form.uploaded()
        given = {"signed_on": form.cleaned_data["signed_on"], "name": name, "content": content}
        try:
            record_paper(statement=found, ledger=ledger_since(briefing), by=request.user, now=now, **given)
        except (ValidationError, Refused) as problem:
            show_refusal(form, problem)
        else:
            issue_files(statement_or_404(request, code), by=request.user, now=now)
            messages.success(request, f"{found.code} is signed. Nothing in it can be changed any more.")
            return redirect(found)
    refusal = why_not(check_may_record_paper, found, request.user, timezone.localdate(now))
    return render(request, "assurance/statement_paper.html", {"form": form, "statement": found, "refusal": refusal})
