"""Samples: the list, drawing one, its working papers, and the same as a sheet."""

from collections.abc import Iterator

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from agreements.pages.evidence import pointed
from agreements.sheets import Cell
from agreements.views.sheet import as_file
from assurance.actions.audit_sample import check_may_write, draw_audit_sample, drawn, write_paper
from assurance.forms.audit_sample import DrawForm, PaperForm
from assurance.models import AuditSample, SampledAgreement
from assurance.views.asking import Asks, ask
from assurance.views.attaching import with_file
from people.access import permission
from people.permissions import may
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.once import once
from records.refusals import why_not

HEADINGS = (
    "Sample", "Seed", "Reference", "Agreement", "Result", "What was seen", "Evidence", "Finding", "Looked at by",
    "Looked at on",
)  # fmt: skip
NEWEST = 200  # samples shown: nobody draws more in years


@require_safe
@permission(Permission.READ_AGREEMENTS)
def audit_samples(request: SignedInRequest) -> HttpResponse:
    """Every sample, the newest first."""
    rows = AuditSample.objects.visible_to(request.user).select_related("by__person").defer("frame")
    context = {
        "samples": rows.order_by("-pk")[:NEWEST],
        "may_draw": may(request.user, Permission.VERIFY_ACTIONS),
    }
    return render(request, "assurance/audit_samples.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.VERIFY_ACTIONS)
@once
def audit_sample_draw(request: SignedInRequest) -> HttpResponse:
    """Draw agreements by chance."""
    form = DrawForm(posted(request))
    lede = "Chance decides which agreements are looked at, and anybody can see that it did."
    asks = Asks("Draw a sample", "Draw it", reverse("audit_samples"), "Drawn. Write a paper for each.", lede=lede)
    return ask(request, form, asks, draw_audit_sample, lambda: form.cleaned_data)


@require_safe
@permission(Permission.READ_AGREEMENTS)
def audit_sample(request: SignedInRequest, pk: int) -> HttpResponse:
    """One sample: drawn again from its seed here and now, and the paper of each agreement."""
    sample = get_object_or_404(AuditSample.objects.visible_to(request.user).select_related("by__person"), pk=pk)
    rows = sample.papers.select_related("agreement", "finding", "checked_by__person").order_by("agreement__reference")
    papers = pointed(rows, request.user)
    again = drawn(sample.frame, sample.seed, sample.size)
    context = {
        "sample": sample,
        "papers": papers,
        "is_same": again == sorted(paper.agreement_id for paper, _ in papers),
        "written": sum(1 for paper, _ in papers if paper.checked_on),
        "may_write": may(request.user, Permission.VERIFY_ACTIONS),
        "may_export": may(request.user, Permission.EXPORT_AGREEMENTS),
    }
    return render(request, "assurance/audit_sample.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.VERIFY_ACTIONS)
@once
def working_paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write what was seen of one agreement, once."""
    rows = SampledAgreement.objects.visible_to(request.user).select_related("sample", "agreement__current_terms")
    paper = get_object_or_404(rows, pk=pk)
    form = with_file(request, paper, PaperForm)
    asks = Asks(
        "Working paper", "Keep it", paper.sample.get_absolute_url(), "Kept. It stands as it is.",
        str(paper.agreement), paper.sample.title, why_not(check_may_write, paper, request.user),
    )  # fmt: skip
    return ask(
        request, form, asks, write_paper,
        lambda: {"paper": paper, "shown": form.shown()}
        | {name: form.cleaned_data[name] for name in ("result", "note", "severity")},
    )  # fmt: skip


@require_safe
@permission(Permission.EXPORT_AGREEMENTS)
def audit_sample_sheet(request: SignedInRequest, pk: int, form: str) -> HttpResponseBase:
    """The papers as a sheet."""
    sample = get_object_or_404(AuditSample.objects.visible_to(request.user), pk=pk)
    return as_file("Sample", form, HEADINGS, _lines(sample))


def _lines(sample: AuditSample) -> Iterator[list[Cell]]:
    rows = sample.papers.select_related("agreement", "finding", "evidence", "checked_by__person")
    for one in rows.order_by("agreement__reference"):
        shown = ". ".join(part for part in (str(one.evidence or ""), one.evidence_note) if part)
        yield [
            sample.title, sample.seed, one.agreement.reference, one.agreement.title, one.get_result_display(), one.note,
            shown, str(one.finding or ""), str(one.checked_by or ""), one.checked_on,
        ]  # fmt: skip
