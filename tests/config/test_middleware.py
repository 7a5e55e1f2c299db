"""What every request passes."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from config.middleware import BEGAN
from people.models import User
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.config.pages")]


@pytest.fixture
def desk(client: Client) -> Client:
    """A browser of someone who is signed in."""
    client.force_login(Cast().privacy_officer)
    return client


def test_all_rows_of_a_request_carry_the_number_it_answers_with() -> None:
    client = Client(raise_request_exception=False)
    client.force_login(Cast().privacy_officer)
    assert client.get("/health/")["X-Request-Id"] != client.get("/health/")["X-Request-Id"]


def test_every_view_needs_a_sign_in_unless_it_says_otherwise(client: Client) -> None:
    assert client.get("/health/").status_code == 200
    response = client.get("/note/")
    assert response.status_code == 302
    assert response["Location"] == "/account/login/?next=/note/"


def test_pages_stay_out_of_shared_caches_and_run_no_foreign_script(desk: Client) -> None:
    response = desk.get("/note/")
    assert response["Cache-Control"] == "private, no-cache"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_session_ends_after_a_working_day_whatever_happens(desk: Client, settings: Settings) -> None:
    assert desk.get("/note/").status_code == 200
    session = desk.session
    session[BEGAN] -= settings.SESSION_LONGEST + 1
    session.save()
    assert desk.get("/note/").status_code == 302


def test_reading_touches_the_session_once_in_five_minutes(desk: Client, django_assert_num_queries: object) -> None:
    desk.get("/note/")
    before = desk.session["session_touched"]
    desk.get("/note/")
    assert desk.session["session_touched"] == before


def test_a_get_that_writes_fails_its_test(desk: Client) -> None:
    with pytest.raises(AssertionError, match="A GET wrote to the database"):
        desk.get("/write-on-get/")


@pytest.mark.get_may_write(reason="shows that the marker works")
def test_a_get_may_write_where_the_test_says_why(desk: Client) -> None:
    desk.get("/write-on-get/")
    assert User.objects.filter(email="written-by-get@system.invalid").exists()
