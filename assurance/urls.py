"""Addresses of assurance, and home."""

from django.urls import URLPattern, URLResolver, path

from assurance.views.home import home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
]
