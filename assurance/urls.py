"""Addresses of assurance, and home."""

from django.urls import URLPattern, URLResolver, path

from agreements.urls import ONE
from assurance.views import attestation, conformance
from assurance.views.home import home

conformance_urls = [
    path(f"{ONE}conformance/", conformance.conformance, name="conformance"),
    path(f"{ONE}conformance/answers/<str:requirement>/", attestation.attest, name="attest"),
    path("conformance/agency/", attestation.agency_conformance, name="agency_conformance"),
    path("conformance/agency/<str:requirement>/", attestation.agency_attest, name="agency_attest"),
    path(f"{ONE}conformance/<int:pk>/", conformance.conformance_run, name="conformance_run"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    *conformance_urls,
]
