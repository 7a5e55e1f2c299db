"""The register: the list of the agency's agreements, and of those that others share with it."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from agreements import filters
from agreements.choices import Kind
from agreements.lists.agreement import Found, faces, find, shown, table
from agreements.models import Agreement, SavedView
from agreements.search import reference_in
from people.access import permission
from people.permissions import may
from people.request import SignedInRequest
from people.roles import Permission
from records.lists import PAGE_SIZE, Address

EDITS = (Permission.EDIT_ANY_AGREEMENT, Permission.EDIT_OWN_AGREEMENTS)


@permission(Permission.READ_AGREEMENTS)
@require_safe
def register(request: SignedInRequest) -> HttpResponse:
    """The list as its address asks for it; a reference in the search goes straight to its agreement."""
    reference = reference_in(request.GET.get("q", ""))
    if reference and Agreement.objects.visible_to(request.user).filter(reference=reference).exists():
        return redirect("agreements:agreement", reference)
    address = filters.read(request.user, timezone.localdate(), request.GET)
    return _answer(request, find(address, Agreement.objects.visible_to(request.user), request.user.agency))


def _answer(request: SignedInRequest, found: Found) -> HttpResponse:
    today, address = timezone.localdate(), found.address
    page = address.page(shown(found.rows), found.count)
    context = {
        "found": found,
        "address": address,
        "page": page,
        "rows": table(page, today),
        "fields": address.fields(found.counts),
        "headings": address.headings(),
        "views": list(SavedView.objects.visible_to(request.user).filter(list_name="agreements").order_by("name")),
        "today": today,
        "may_export": may(request.user, Permission.EXPORT_AGREEMENTS),
        "may_edit": any(may(request.user, needed) for needed in EDITS),
        "may_create": may(request.user, Permission.CREATE_AGREEMENTS),
        "may_import": may(request.user, Permission.IMPORT_AGREEMENTS),
        "aisas": Kind.AISA in address.values.get("kind", ()),
        "swap": _swaps(request),
    }
    template = "agreements/_register.html" if context["swap"] else "agreements/register.html"
    # htmx swaps nothing in from an answer that says 400.
    response = render(request, template, context, status=400 if address.problems and not context["swap"] else 200)
    patch_vary_headers(response, ["HX-Request"])
    if context["swap"]:
        push_url(response, _short(request, address, page.number))
    return response


def _short(request: SignedInRequest, address: Address, page: int) -> str:
    """The address without the fields that were left empty, as it is kept and shared."""
    parts = [address.query(), f"page={page}" if page > 1 else ""]
    return f"{request.path}?{'&'.join(filter(None, parts))}".rstrip("?")


def _swaps(request: SignedInRequest) -> bool:
    return bool(request.htmx) and not request.htmx.history_restore_request


@permission(Permission.READ_AGREEMENTS)
@require_safe
def shared(request: SignedInRequest) -> HttpResponse:
    """Signed agreements of other agencies to which ours is a party: their signed faces."""
    today = timezone.localdate()
    page = Paginator(faces(request.user.agency), PAGE_SIZE).get_page(request.GET.get("page", "1")[:9])
    rows = [(agreement, agreement.standing(today)) for agreement in page]
    return render(request, "agreements/shared.html", {"page": page, "rows": rows})
