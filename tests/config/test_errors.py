"""The pages for what is refused, missing or broken."""

import pytest
from django.test import Client

from people.models import Agency
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.config.pages")]


@pytest.fixture
def desk() -> Client:
    """A browser of someone who is signed in; broken views answer as they would in production."""
    client = Client(raise_request_exception=False)
    client.force_login(Cast().privacy_officer)
    return client


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/nowhere/", 404, "There is nothing here for you"),
        ("/forbid/", 403, "This is not open to you"),
        ("/refuse/", 403, "An agreement cannot end before it begins"),
        ("/button/", 405, "This address only takes what a form sends"),
        ("/note/?q=%00", 400, "The register cannot read that request"),
        ("/note/%00", 400, "The register cannot read that request"),
    ],
)
def test_a_page_with_a_sentence(desk: Client, path: str, status: int, sentence: str) -> None:
    response = desk.get(path)
    assert response.status_code == status
    assert sentence in response.text
    assert "Go to the first page of the register" in response.text


def test_a_wrong_method_still_names_the_right_one(desk: Client) -> None:
    assert desk.get("/button/")["Allow"] == "POST"


def test_a_bug_shows_its_number_and_none_of_its_content(desk: Client) -> None:
    response = desk.get("/crash/")
    assert response.status_code == 500
    assert response["X-Request-Id"] in response.text
    assert "Mere" not in response.text


def test_a_form_larger_than_we_take_is_refused_in_words(desk: Client) -> None:
    response = desk.post("/note/", {"title": "x" * (6 * 1024 * 1024)})
    assert response.status_code == 413
    assert "more than the register takes at once" in response.text


def test_a_body_larger_than_any_page_asks_for_is_not_read(desk: Client) -> None:
    response = desk.post("/note/", b"", content_type="text/plain", CONTENT_LENGTH=str(41 * 1024 * 1024))
    assert response.status_code == 413


def test_someone_who_is_not_signed_in_gets_the_missing_page_too(client: Client) -> None:
    assert client.get("/nowhere/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_database_lost_half_way_leaves_nothing_behind_and_comes_back(desk: Client) -> None:
    response = desk.post("/lose-database/")
    assert response.status_code == 503
    assert "Nothing was half saved" in response.text
    assert not Agency.objects.filter(code__in=["HALF", "LOST"]).exists()
    assert desk.get("/health/").status_code == 200
