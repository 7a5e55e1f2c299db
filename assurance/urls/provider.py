"""Addresses of the provider's door: behind the link, without a sign-in, and those for whoever asks."""

from django.urls import path

from agreements.urls import ONE
from assurance.views import provider, provider_request

LINK = "provider/<str:token>/"

provider_urls = [
    path(LINK, provider.provider, name="provider"),
    path(f"{LINK}about/<reference:reference>/", provider.provider_answers, name="provider_answers"),
    path(f"{LINK}file/", provider.provider_file, name="provider_file"),
    path(f"{LINK}file/<int:pk>/remove/", provider.provider_file_remove, name="provider_file_remove"),
    path(f"{LINK}subcontractor/", provider.provider_subcontractor, name="provider_subcontractor"),
    path(f"{LINK}breach/", provider.provider_breach, name="provider_breach"),
    path(f"{LINK}send/", provider.provider_send, name="provider_send"),
    path(f"{LINK}receipt/", provider.provider_receipt, name="provider_receipt"),
    path(f"{LINK}mistake/", provider.provider_astray, name="provider_astray"),
    path("assurance/providers/", provider_request.provider_requests, name="provider_requests"),
    path("assurance/providers/providers.<slug:form>", provider_request.provider_request_sheet, name="provider_sheet"),
    path("assurance/providers/ask/", provider_request.provider_ask, name="provider_ask"),
    path(
        "assurance/providers/subcontractors/<int:pk>/",
        provider_request.subcontractor_take_up,
        name="subcontractor_take_up",
    ),
    path("assurance/providers/<str:reference>/", provider_request.provider_request, name="provider_request"),
    path("assurance/providers/<str:reference>/<slug:name>/", provider_request.provider_act, name="provider_act"),
    path(f"{ONE}providers/", provider_request.providers_of_agreement, name="providers_of"),
]
