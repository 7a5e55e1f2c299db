"""Every address of the register."""

from django.urls import URLPattern, URLResolver, include, path

from config.gallery import gallery

handler400 = "config.errors.bad_request"
handler403 = "config.errors.not_open"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("allauth.urls")),
    path("components", gallery, name="components"),
    path("people/", include("people.urls")),
    path("", include("assurance.urls")),
    path("", include("agreements.urls")),
]
