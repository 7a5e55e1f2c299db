"""The pages behind a provider's link: no sign-in, and nothing but the one request (assurance/provider/access.py)."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements.errors import Stale
from assurance.actions import provider_answer as answering
from assurance.actions.provider_breach import report_provider_breach
from assurance.actions.provider_confirmation import still_open, submit_confirmation
from assurance.forms.provider import (
    ProviderAnswersForm,
    ProviderBreachForm,
    ProviderFileForm,
    SendInForm,
    SubcontractorNamedForm,
)
from assurance.models import ProviderRequest
from assurance.pages.provider import asked_of, part_of, provider_page
from assurance.pdf.provider_receipt import issue_receipt
from assurance.provider.access import with_provider_link, with_provider_receipt
from people.actions.system import system_user
from people.models import User
from people.request import posted
from records.errors import Refused
from records.refusals import attempt, show_refusal

LINK = "provider link"  # the system user in whose name a provider's words are kept


@require_safe
@with_provider_link
def provider(request: HttpRequest, asking: ProviderRequest, token: str) -> HttpResponse:
    """Who asks, about what, what was promised, and what is still to be answered."""
    context = provider_page(asking, timezone.localdate()) | {"token": token}
    return render(request, "assurance/provider/start.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_provider_link
def provider_answers(request: HttpRequest, asking: ProviderRequest, token: str, reference: str) -> HttpResponse:
    """The questions about one agreement; whatever is answered is saved."""
    part = part_of(asking, reference)
    if part is None:
        raise Http404
    stands = answering.said_by(part.asked)
    initial = {f"{word}_{code}": value for code, said in stands.items() for word, value in _named(said)}
    form = ProviderAnswersForm(part.questions, posted(request), initial=initial)
    more: dict[str, Any] = {"seen": request.POST.get("seen", answering.said_digest(part.asked)), "stale": None}
    if form.is_valid():
        given = {"asked": part.asked, "said": form.said(), "seen": more["seen"]}
        try:
            answering.save_answers(**given, by=_by(), now=timezone.now())
        except Stale as stale:
            more = {"seen": stale.seen, "stale": stale}
        except (ValidationError, Refused) as problem:
            show_refusal(form, problem)
        else:
            messages.success(request, f"Saved: your answers about “{part.title}”.")
            return redirect("provider", token)
    context = {"asking": asking, "token": token, "part": part, "form": form}
    return render(request, "assurance/provider/answers.html", context | more)


@require_http_methods(["GET", "HEAD", "POST"])
@with_provider_link
def provider_file(request: HttpRequest, asking: ProviderRequest, token: str) -> HttpResponse:
    """Add a file that shows something."""
    form = ProviderFileForm(asked_of(asking), posted(request), request.FILES or None, initial=_about(request))
    if form.is_valid():
        name, content = form.uploaded()
        given = {"asked": form.chosen(), "name": name, "content": content}
        if attempt(form, answering.add_provider_file, **given, by=_by(), now=timezone.now()):
            messages.success(request, f"Added: {name}")
            return redirect("provider", token)
    return _asks(request, asking, token, form, "Add a file", "Add the file")


@require_POST
@with_provider_link
def provider_file_remove(request: HttpRequest, asking: ProviderRequest, token: str, pk: int) -> HttpResponse:
    """Take a file away again."""
    found = asking.asked.filter(files__pk=pk).first()
    if found is None:
        raise Http404
    found.asking = asking
    try:
        answering.remove_provider_file(asked=found, pk=pk, by=_by())
        messages.success(request, "The file was taken away.")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("provider", token)


@require_http_methods(["GET", "HEAD", "POST"])
@with_provider_link
def provider_subcontractor(request: HttpRequest, asking: ProviderRequest, token: str) -> HttpResponse:
    """Name somebody whom the provider engages."""
    form = SubcontractorNamedForm(asked_of(asking), posted(request), initial=_about(request))
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("name", "does", "starts_on")}
        given = {"asked": form.chosen(), **said, "by": _by(), "now": timezone.now()}
        if attempt(form, answering.name_subcontractor, **given):
            messages.success(request, f"Named: {said['name']}. {asking.agency.name} looks at it and may ring you.")
            return redirect("provider", token)
    return _asks(request, asking, token, form, "Name a subcontractor", "Name them")


@require_http_methods(["GET", "HEAD", "POST"])
@with_provider_link
def provider_breach(request: HttpRequest, asking: ProviderRequest, token: str) -> HttpResponse:
    """Report a privacy breach: it reaches the agency at once."""
    form = ProviderBreachForm(asked_of(asking), posted(request), initial={"contained": "unknown"})
    if form.is_valid():
        given = {"request": asking, "asked": form.chosen(), "values": form.values()}
        told_by = form.cleaned_data["told_by"]
        if attempt(form, report_provider_breach, **given, told_by=told_by, by=_by(), now=timezone.now()):
            messages.success(request, f"{asking.agency.name} was told. Please ring as well: {asking.ring}")
            return redirect("provider", token)
    return _asks(request, asking, token, form, "Report a privacy breach", "Report it now")


@require_http_methods(["GET", "HEAD", "POST"])
@with_provider_link
def provider_send(request: HttpRequest, asking: ProviderRequest, token: str) -> HttpResponse:
    """Say who answers, and send it in, once. The same link then shows the receipt."""
    form = SendInForm(posted(request))
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("answered_by", "position")}
        if attempt(form, submit_confirmation, request=asking, **said, by=_by(), now=timezone.now()):
            return redirect("provider", token)
        asking.refresh_from_db(fields=["submitted_at"])
        if asking.submitted_at:  # in another window, a moment ago: the receipt says by whom
            return redirect("provider", token)
    missing = [sentence for one in asked_of(asking) for sentence in still_open(one)]
    context = {"asking": asking, "token": token, "form": form, "missing": missing}
    return render(request, "assurance/provider/send.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_provider_link
def provider_astray(request: HttpRequest, asking: ProviderRequest, token: str) -> HttpResponse:
    """Say that the link reached somebody by mistake: it opens no more."""
    if request.method == "POST":
        with suppress(Refused):  # it opens no more already
            answering.report_provider_astray(request=asking, by=_by(), now=timezone.now())
        return render(request, "assurance/provider/astray_told.html", {"asking": asking})
    return render(request, "assurance/provider/astray.html", {"asking": asking, "token": token})


@require_POST
@with_provider_receipt
def provider_receipt(request: HttpRequest, asking: ProviderRequest, token: str) -> HttpResponse:
    """The receipt as a PDF, to keep: the same bytes however often."""
    copy = issue_receipt(request=asking, by=_by(), now=timezone.now())
    answer = HttpResponse(copy.file.read(), content_type=copy.file.sniffed_type)
    answer["Content-Disposition"] = f'attachment; filename="receipt-{asking.receipt}.pdf"'
    return answer


def _by() -> User:
    return system_user(LINK)


def _named(said: tuple[str, str]) -> list[tuple[str, str]]:
    return [("answer", said[0]), ("words", said[1])]


def _about(request: HttpRequest) -> dict[str, Any]:
    about = request.GET.get("about", "")
    return {"agreement": about} if about else {}


def _asks(
    request: HttpRequest, asking: ProviderRequest, token: str, form: Any, title: str, button: str
) -> HttpResponse:
    context = {"asking": asking, "token": token, "form": form, "title": title, "button": button}
    return render(request, "assurance/provider/ask.html", context)
