"""Small pages to try the frame around pages with: a form, a form that ignores what came back, and ways to break."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import connection, connections, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template import engines
from django.urls import include, path
from django.views.decorators.http import require_GET, require_POST

from people.actions.system import system_user
from people.models import Agency
from records.acting import acting
from records.errors import Refused

handler400 = "config.errors.bad_request"
handler403 = "config.errors.not_open"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"


class Note(forms.Form):
    """Two fields, one of them long."""

    title = forms.CharField()
    purpose = forms.CharField(widget=forms.Textarea)


PAGE = """{% extends "layouts/form.html" %}{% block title %}Note{% endblock %}"""


def note(request: HttpRequest) -> HttpResponse:
    """Shows what was posted again; saves nothing."""
    form = Note(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("/saved/")
    return HttpResponse(engines["django"].from_string(PAGE).render({"form": form}, request))


@require_POST
def button(request: HttpRequest) -> HttpResponse:
    """Only takes what a form sends."""
    return HttpResponse(f"took {request.POST['title']}")


@login_not_required
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Asks the database something."""
    return HttpResponse(str(Agency.objects.count()))


def refuse(request: HttpRequest) -> HttpResponse:
    """An action refuses and the view lets it through."""
    raise Refused("An agreement cannot end before it begins")


def forbid(request: HttpRequest) -> HttpResponse:
    """A permission is missing."""
    raise PermissionDenied


def crash(request: HttpRequest) -> HttpResponse:
    """A bug."""
    raise ValueError("Mere's date of birth is 1 July 1990")


def lose_database(request: HttpRequest) -> HttpResponse:
    """Writes a row, then loses the connection before the end."""
    with acting(by=system_user("test")), transaction.atomic():
        Agency(code="HALF", name="Half Written").save()
        with connections.create_connection("default").cursor() as other, connection.cursor() as mine:
            mine.execute("SELECT pg_backend_pid()")
            other.execute("SELECT pg_terminate_backend(%s)", mine.fetchone())
        other.connection.close()
        Agency(code="LOST", name="Never Written").save()
    return render(request, "errors/page.html")


def write_on_get(request: HttpRequest) -> HttpResponse:
    """What no GET may do."""
    system_user("written-by-get")
    return HttpResponse()


urlpatterns = [
    path("note/", note),
    path("button/", button),
    path("health/", health),
    path("refuse/", refuse),
    path("forbid/", forbid),
    path("crash/", crash),
    path("lose-database/", lose_database),
    path("write-on-get/", write_on_get),
    path("", include("config.urls")),
]
