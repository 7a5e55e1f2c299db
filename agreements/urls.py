"""Addresses of agreements; references are the public names of records. One list a noun."""

from django.urls import URLPattern, URLResolver, path, register_converter

from agreements.converters import ReferenceConverter
from agreements.views import (
    agreement,
    history,
    issued,
    legal_provision,
    offers,
    organisation,
    provision,
    responsibility,
    row,
    section,
    status,
)

app_name = "agreements"
register_converter(ReferenceConverter, "reference")
ONE = "agreements/<reference:reference>/"

agreement_urls = [
    path("agreements/new/", agreement.new_agreement, name="new_agreement"),
    path("agreements/record/", agreement.record_agreement, name="record_agreement"),
    path(ONE, agreement.agreement, name="agreement"),
    path(f"{ONE}duplicate/", agreement.duplicate, name="duplicate"),
    path(f"{ONE}steps/<slug:name>/", status.step, name="step"),
    path(f"{ONE}history/", history.history, name="history"),
    path(f"{ONE}as-at/", history.as_at_day, name="as_at"),
]

section_urls = [
    path(f"{ONE}sections/provisions/", provision.provisions, name="provisions"),
    path(f"{ONE}sections/responsibilities/", responsibility.responsibilities, name="responsibilities"),
    path(f"{ONE}sections/<slug:name>/", section.section, name="section"),
    path(f"{ONE}rows/<slug:kind>/add/", row.add_row, name="add_row"),
    path(f"{ONE}rows/<slug:kind>/<int:pk>/", row.change_row, name="change_row"),
    path(f"{ONE}rows/<slug:kind>/<int:pk>/remove/", row.remove_row, name="remove_row"),
]

issued_urls = [
    path(f"{ONE}pdf/", issued.issue_pdf, name="issue_pdf"),
    path(f"{ONE}issued/", issued.issued, name="issued"),
    path(f"{ONE}issued/<int:pk>/", issued.issued_copy, name="issued_copy"),
]

organisation_urls = [
    path("organisations/add/", organisation.organisation_add, name="organisation_add"),
    path("organisations/offers/", offers.organisation_offers, name="organisation_offers"),
    path("organisations/<int:pk>/", organisation.organisation, name="organisation"),
]

legal_provision_urls = [
    path("legal-bases/", legal_provision.legal_provisions, name="legal_provisions"),
    path("legal-bases/add/", legal_provision.legal_provision_add, name="legal_provision_add"),
    path("legal-bases/offers/", offers.legal_provision_offers, name="legal_provision_offers"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *agreement_urls,
    *section_urls,
    *issued_urls,
    *organisation_urls,
    *legal_provision_urls,
]
