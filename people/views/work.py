"""Work that takes long: how far it is, what came of it, and all of it that somebody asked for."""

from io import BytesIO

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRefresh

from people.access import open_to_all_signed_in
from people.long_work import kind_of
from people.models import Work
from people.pages.work import work_page
from people.permissions import may
from people.request import SignedInRequest

SIZE = 25  # rows a page


@require_safe
@open_to_all_signed_in
def works(request: SignedInRequest) -> HttpResponse:
    """Everything the user asked for, the newest first."""
    mine = Work.objects.visible_to(request.user).order_by("-asked_at", "-pk")
    page = Paginator(mine, SIZE).get_page(request.GET.get("page", "1")[:9])
    rows = [(work, kind_of(work.kind)) for work in page]
    return render(request, "people/works.html", {"page": page, "rows": rows})


@require_safe
@open_to_all_signed_in
def work(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far it is; the page asks again by itself every other second, and whole once it is over."""
    found = get_object_or_404(Work.objects.visible_to(request.user), pk=pk)
    context = {"found": work_page(found, timezone.now()), "work": found}
    asks_again = request.htmx and request.htmx.target == "progress"
    if asks_again and found.over:
        return HttpResponseClientRefresh()
    response = render(request, "people/_work.html" if asks_again else "people/work.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
@open_to_all_signed_in
def work_file(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The finished file, to those who asked for it and whose roles still allow it."""
    found = get_object_or_404(Work.objects.visible_to(request.user).select_related("file"), pk=pk)
    if not may(request.user, kind_of(found.kind).permission):
        raise PermissionDenied(kind_of(found.kind).permission)
    if found.file is None:
        raise Http404("No file came of it")
    return FileResponse(BytesIO(found.file.read()), as_attachment=True, filename=found.file_name)
