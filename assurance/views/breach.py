"""Privacy breaches: the list, one of them, recording one, and everything that is done about it."""

from functools import partial

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements.fetch import agreement_or_404
from agreements.models import Agreement
from assurance.actions.breach import breach_values, change_breach, check_may_keep, record_breach
from assurance.acts.base import offered
from assurance.acts.breach import ACTS, BY_NAME
from assurance.breach_clock import SAYS, clock_of
from assurance.forms.breach import BreachForm, NewBreachForm
from assurance.found import find
from assurance.lists.breach import HEADINGS, named_by, read, sheet_rows
from assurance.models import Concern, PrivacyBreach
from assurance.pages.breach import breach_page
from assurance.pdf.breach import issue_breach
from assurance.views.acting import do_act
from assurance.views.anew import say_anew
from assurance.views.files import download
from assurance.views.work_list import take
from people.access import permission
from people.models import User
from people.permissions import check_may, may
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.once import once
from records.refusals import attempt, why_not


@require_safe
@permission(Permission.READ_BREACHES)
def breaches(request: SignedInRequest) -> HttpResponse:
    """The list as its address asks for it."""
    visible, now = PrivacyBreach.objects.visible_to(request.user), timezone.now()
    address = read(request.user, now, request.GET)
    found = find(address, visible, named_by(address.q))
    page = address.page(found.rows, found.count)
    context = {
        "found": found,
        "address": address,
        "page": page,
        "rows": [(one, clock_of(one, now)) for one in page],
        "fields": address.fields(found.counts),
        "headings": address.headings(),
        "refusal": why_not(check_may, request.user, Permission.KEEP_BREACHES),
        "may_export": may(request.user, Permission.EXPORT_AGREEMENTS),
        "says": SAYS,
    }
    refused = bool(address.problems) and not request.htmx
    response = render(request, "assurance/breaches.html", context, status=400 if refused else 200)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
@permission(Permission.READ_BREACHES)
def breach_sheet(request: SignedInRequest, form: str) -> HttpResponseBase:
    """The breaches that the address asks for, as csv or xlsx. An address that is refused exports nothing."""
    now, visible = timezone.now(), PrivacyBreach.objects.visible_to(request.user)
    lines = partial(sheet_rows, now=now)
    return take(form, "Breaches", read(request.user, now, request.GET), visible, named_by, lines, HEADINGS)


@require_safe
@permission(Permission.READ_BREACHES)
def breach(request: SignedInRequest, reference: str) -> HttpResponse:
    """One breach: clock, factors, decisions, contacts and log."""
    found, now = _breach(request.user, reference), timezone.now()
    context = {
        "page": breach_page(found, now),
        "breach": found,
        "acts": offered(ACTS, found, request.user),
        "refusal": why_not(check_may_keep, found, request.user),
        "says": SAYS,
        "now": now,
    }
    return render(request, "assurance/breach.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.KEEP_BREACHES)
@once
def breach_add(request: SignedInRequest) -> HttpResponse:
    """Record one; ``?agreement=`` names the agreement that it is about."""
    now = timezone.now()
    about = Agreement.objects.visible_to(request.user).filter(reference=request.GET.get("agreement", "")).first()
    initial = {"kind": "breach", "severity": "unknown", "contained": "unknown", "agreement": about}
    form = NewBreachForm(request.user, posted(request), initial=initial)
    if form.is_valid():
        links = {name: form.cleaned_data[name] for name in ("agreement", "organisation")}
        made = attempt(form, record_breach, values=form.values(), by=request.user, now=now, **links)
        if made:
            messages.success(request, f"Recorded as {made.reference}. {SAYS}")
            return redirect("breach", made.reference)
    return render(request, "assurance/breach_form.html", {"form": form, "breach": None, "says": SAYS})


@require_http_methods(["GET", "POST"])
@permission(Permission.KEEP_BREACHES)
def breach_change(request: SignedInRequest, reference: str) -> HttpResponse:
    """Say what is known now; what somebody said meanwhile is told, and nothing typed is lost."""
    found, by = _breach(request.user, reference), request.user
    stands = breach_values(found)
    form = BreachForm(posted(request), initial=stands)
    more = say_anew(
        request, form, stands,
        lambda values, seen: change_breach(breach=found, values=values, seen=seen, by=by, now=timezone.now()),
    )  # fmt: skip
    if more is None:
        messages.success(request, "Saved. The log says what was said anew.")
        return redirect("breach", found.reference)
    context = {"form": form, "breach": found, "says": SAYS, "refusal": why_not(check_may_keep, found, by)}
    return render(request, "assurance/breach_form.html", context | more)


@require_http_methods(["GET", "POST"])
@permission(Permission.KEEP_BREACHES)
@once
def breach_act(request: SignedInRequest, reference: str, name: str) -> HttpResponse:
    """Decide, say who was told, write into the log, link, close or open again (assurance/acts/breach.py)."""
    return do_act(request, BY_NAME, name, "breach", _breach(request.user, reference))


@require_POST
@permission(Permission.READ_BREACHES)
def breach_pdf(request: SignedInRequest, reference: str) -> HttpResponse:
    """Issue it as it stands now and download it; unchanged since the last issue, the same bytes again."""
    found = _breach(request.user, reference)
    copy = issue_breach(breach=found, by=request.user, now=timezone.now())
    answer = HttpResponse(copy.file.read(), content_type=copy.file.sniffed_type)
    answer["Content-Disposition"] = f'attachment; filename="{found.reference}.pdf"'
    return answer


@require_safe
@permission(Permission.READ_BREACHES)
def breach_file(request: SignedInRequest, reference: str, pk: int) -> FileResponse:
    """A file that shows something of it, to be kept and not shown: what it is was judged by its bytes."""
    return download(get_object_or_404(_breach(request.user, reference).files.select_related("file"), pk=pk))


@require_safe
@permission(Permission.READ_AGREEMENTS)
def breaches_of(request: SignedInRequest, reference: str) -> HttpResponse:
    """How many breaches are about an agreement, and which for who reads them; concerns too. A region of its page."""
    agreement = agreement_or_404(request.user, reference)
    links = agreement.breach_links.standing()
    rows = PrivacyBreach.objects.visible_to(request.user).filter(pk__in=links.values("breach"))
    context = {
        "agreement": agreement,
        "count": links.count(),
        "rows": rows.order_by("-aware_at"),
        "reads": may(request.user, Permission.READ_BREACHES),
        "concerns": Concern.objects.visible_to(request.user).filter(agreement=agreement).order_by("-pk"),
        "refusal": why_not(check_may, request.user, Permission.KEEP_BREACHES),
    }
    return render(request, "assurance/breaches_of.html", context)


def _breach(user: User, reference: str) -> PrivacyBreach:
    rows = PrivacyBreach.objects.visible_to(user).select_related("recorded_by__person", "closed_by__person", "owner")
    found: PrivacyBreach = get_object_or_404(rows, reference=reference)
    return found
