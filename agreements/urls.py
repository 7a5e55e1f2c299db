"""Addresses of agreements; references are the public names of records."""

from django.urls import URLPattern, URLResolver, path

from agreements.views import legal_provision, offers, organisation

app_name = "agreements"
urlpatterns: list[URLPattern | URLResolver] = [
    # Legal bases
    path("legal-bases/", legal_provision.legal_provisions, name="legal_provisions"),
    path("legal-bases/add/", legal_provision.legal_provision_add, name="legal_provision_add"),
    path("legal-bases/offers/", offers.legal_provision_offers, name="legal_provision_offers"),
    # Organisations
    path("organisations/add/", organisation.organisation_add, name="organisation_add"),
    path("organisations/offers/", offers.organisation_offers, name="organisation_offers"),
    path("organisations/<int:pk>/", organisation.organisation, name="organisation"),
]
