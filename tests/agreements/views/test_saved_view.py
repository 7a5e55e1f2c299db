"""Saved views: one's own, named, renamed, forgotten."""

import pytest
from django.test import Client

from agreements.actions.saved_view import MOST_VIEWS, save_view
from agreements.models import SavedView
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(cast: Cast, client: Client) -> Client:
    client.force_login(cast.privacy_officer)
    return client


def test_a_list_is_kept_under_a_name_and_opened_again(cast: Cast, reader: Client) -> None:
    response = reader.post("/agreements/views/", {"name": "My drafts", "query": "status=draft&page=3"})
    assert response.headers["Location"] == "/agreements/?status=draft"
    assert "My drafts" in reader.get("/agreements/").content.decode()
    assert SavedView.history.count() == 1


def test_it_is_renamed_and_deleted_and_stays_in_the_history(cast: Cast, reader: Client) -> None:
    view = save_view(name="Old", query="status=draft", by=cast.privacy_officer)
    reader.post(f"/agreements/views/{view.pk}/", {"name": "New"})
    assert SavedView.objects.get().name == "New"
    reader.post(f"/agreements/views/{view.pk}/delete/")
    assert not SavedView.objects.exists()
    assert list(SavedView.history.values_list("history_type", flat=True).order_by("history_id")) == ["+", "~", "-"]


def test_two_views_of_one_name_are_refused_and_nothing_typed_is_lost(cast: Cast, reader: Client) -> None:
    save_view(name="Drafts", query="status=draft", by=cast.privacy_officer)
    page = reader.post("/agreements/views/", {"name": "Drafts", "query": "status=signed"}).content.decode()
    assert "already have a view of this name" in page
    assert 'value="status=signed"' in page


@pytest.mark.parametrize("name", ["", " ", "x" * 81])
def test_a_view_needs_a_name_that_fits(reader: Client, name: str) -> None:
    assert reader.post("/agreements/views/", {"name": name, "query": ""}).status_code == 200
    assert not SavedView.objects.exists()


def test_there_is_an_end_to_them(cast: Cast, reader: Client) -> None:
    for number in range(MOST_VIEWS):
        save_view(name=f"View {number}", query="", by=cast.privacy_officer)
    assert "delete one" in reader.post("/agreements/views/", {"name": "One more", "query": ""}).content.decode()


def test_nobody_sees_or_touches_the_view_of_another(cast: Cast, client: Client) -> None:
    view = save_view(name="Mine alone", query="", by=cast.privacy_officer)
    client.force_login(cast.contract_manager)
    assert "Mine alone" not in client.get("/agreements/").content.decode()
    assert client.get(f"/agreements/views/{view.pk}/").status_code == 404
    assert client.post(f"/agreements/views/{view.pk}/delete/").status_code == 404
    client.force_login(cast.staff_member)
    assert client.post("/agreements/views/", {"name": "x", "query": ""}).status_code == 403


def test_writing_needs_a_post(cast: Cast, reader: Client) -> None:
    view = save_view(name="Mine", query="", by=cast.privacy_officer)
    assert reader.get("/agreements/views/").status_code == 405
    assert reader.get(f"/agreements/views/{view.pk}/delete/").status_code == 405
