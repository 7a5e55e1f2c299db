"""Lists that a person gave a name to: kept, renamed, forgotten."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from agreements.actions.saved_view import delete_view, rename_view, save_view
from agreements.forms.refusal import show_refusal
from agreements.forms.saved_view import NewSavedViewForm, SavedViewForm
from agreements.models import SavedView
from people.access import permission
from people.request import SignedInRequest
from people.roles import Permission
from records.errors import Refused


@permission(Permission.READ_AGREEMENTS)
@require_POST
def create(request: SignedInRequest) -> HttpResponse:
    """Keep the list that was on the page, and go back to it."""
    form = NewSavedViewForm(request.POST)
    if form.is_valid():
        try:
            view = save_view(**form.cleaned_data, by=request.user)
        except (ValidationError, Refused) as problem:
            show_refusal(form, problem)
        else:
            messages.success(request, f"Saved. “{view.name}” is among your views.")
            return _to_the_list(view)
    return render(request, "agreements/save_view.html", {"form": form, "back": form.instance})


@permission(Permission.READ_AGREEMENTS)
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Rename a view."""
    view = get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)
    form = SavedViewForm(request.POST or None, initial={"name": view.name})
    if request.method == "POST" and form.is_valid():
        try:
            renamed = rename_view(view=view, name=form.cleaned_data["name"], by=request.user)
        except (ValidationError, Refused) as problem:
            show_refusal(form, problem)
        else:
            return _to_the_list(renamed)
    return render(request, "agreements/saved_view.html", {"form": form, "view": view})


@permission(Permission.READ_AGREEMENTS)
@require_POST
def delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Forget a view."""
    view = get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)
    delete_view(view=view, by=request.user)
    messages.success(request, f"Deleted. “{view.name}” is no longer among your views.")
    return redirect(view.list_url)


def _to_the_list(view: SavedView) -> HttpResponse:
    return redirect(view.url)
