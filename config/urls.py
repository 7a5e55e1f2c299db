"""Every address of the register."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("allauth.urls")),
    path("people/", include("people.urls")),
    path("", include("agreements.urls")),
]
