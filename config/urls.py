"""Every address of the register."""

from django.urls import URLPattern, URLResolver, include, path

from config.errors import closed
from config.gallery import gallery
from people.views.reminders import calendar

handler400 = "config.errors.bad_request"
handler403 = "config.errors.not_open"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    # Addresses are the administrators' to vouch for: allauth's page for adding one's own is closed.
    path("account/email/", closed, name="own_addresses"),
    path("account/3rdparty/", closed, name="own_connections"),
    path("account/", include("allauth.urls")),
    path("components", gallery, name="components"),
    path("calendar/<str:secret>.ics", calendar, name="calendar"),
    path("people/", include("people.urls")),
    path("conflicts/", include("conflicts.urls")),
    path("", include("assurance.urls")),
    path("", include("agreements.urls")),
]
