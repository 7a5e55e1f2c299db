"""What colleagues say about an agreement or a contract, and what they ask of one another."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from agreements.actions.comment import add_comment, settle_comment
from agreements.fetch import agreement_or_404, contract_or_404
from agreements.forms.review import CommentForm
from agreements.models import Agreement, Comment, Contract
from agreements.pages.comment import comments_of
from people.access import permission
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.errors import Refused
from records.once import once
from records.refusals import attempt


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def comments_of_agreement(request: SignedInRequest, reference: str) -> HttpResponse:
    """The comments on an agreement, and a new one; also a region of its page."""
    return _comments(request, agreement_or_404(request.user, reference))


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def comments_of_contract(request: SignedInRequest, pk: int) -> HttpResponse:
    """The comments on a contract, and a new one; also a region of its page."""
    return _comments(request, contract_or_404(request.user, pk))


@require_POST
@permission(Permission.READ_AGREEMENTS)
def comment_done(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that what a comment asked for is done."""
    comment = get_object_or_404(Comment.objects.visible_to(request.user).select_related("agreement", "contract"), pk=pk)
    try:
        settle_comment(comment=comment, by=request.user, now=timezone.now())
    except Refused as problem:
        messages.error(request, f"{problem}.")
    else:
        messages.success(request, "Said to be done. It stays among the comments.")
    from_home = request.POST.get("then", "") == "home"
    return redirect("home" if from_home else _place(comment.about))


def _comments(request: SignedInRequest, about: Agreement | Contract) -> HttpResponse:
    form = CommentForm(request.user, timezone.localdate(), posted(request), prefix="comment")
    if form.is_valid():
        said = form.cleaned_data
        if attempt(form, add_comment, about=about, **said, by=request.user, now=timezone.now()):
            asked = said["assigned_to"]
            messages.success(request, f"Comment added. {asked} is asked." if asked else "Comment added.")
            return redirect(_place(about))
    context = {"about": about, "comments": comments_of(about), "form": form, "is_contract": isinstance(about, Contract)}
    return render(request, "agreements/comments.html", context)


def _place(about: Agreement | Contract) -> str:
    return f"{about.get_absolute_url()}#panel-comments"
