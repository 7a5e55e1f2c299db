"""One page of each kind, in the dark on a desk and in the light on the narrowest phone."""

from typing import Literal

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from agreements.choices import Status
from tests.agreements_at import agreement_at
from tests.cast import Cast
from tests.journeys.steps import check_accessible, sign_in

pytestmark = pytest.mark.django_db(transaction=True)

KINDS = (
    "", "sections/people/", "sections/responsibilities/", "sections/provisions/", "history/", "issued/", "conformance/",
    "conformance/answers/DPUP-purpose/", "conformance/exceptions/ISS-05/",
)  # fmt: skip
LISTS = (
    "/",
    "/conformance/agency/",
    "/conformance/",
    "/conformance/trend/",
    "/agreements/",
    "/agreements/import/",
    "/organisations/",
    "/legal-bases/",
    "/people/me/",
)


@pytest.mark.parametrize(("scheme", "width"), [("dark", 1280), ("light", 320)])
def test_pages_have_no_barriers(
    page: Page, live_server: LiveServer, scheme: Literal["dark", "light"], width: int
) -> None:
    cast = Cast()
    made = agreement_at(Status.DRAFT, cast)
    agreement_at(Status.SIGNED, cast, title="In use")  # conformance and its trend count no draft
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, live_server, cast.privacy_officer)
    for address in (*LISTS, *(f"{made.get_absolute_url()}{kind}" for kind in KINDS)):
        response = page.goto(f"{live_server.url}{address}")
        assert response is not None
        assert response.ok, address
        check_accessible(page)
