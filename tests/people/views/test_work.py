"""The pages of long work: how far it is, in words; what came of it; nobody else's; and that nobody works."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from agreements.long_work import ask_export, ask_pdf
from people.actions.system import system_user
from people.actions.work import begin_work
from people.doing import do_work
from people.models import RoleGrant, Work
from people.progress import over, telling
from people.roles import Role
from records.acting import acting
from tests.cast import Cast
from tests.workers import a_worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(cast: Cast, client: Client) -> Client:
    client.force_login(cast.privacy_officer)
    return client


@pytest.fixture
def work(cast: Cast) -> Work:
    return ask_export("csv", "status=signed", 1_234, by=cast.privacy_officer, now=timezone.now())


def words(client: Client, address: str, **headers: str) -> str:
    return " ".join(client.get(address, headers=headers).content.decode().split())


def test_without_a_worker_the_page_says_so(reader: Client, work: Work) -> None:
    page = words(reader, work.get_absolute_url())
    assert "No worker is running" in page
    assert "It is not lost" in page
    assert "Look again" in page


def test_it_waits_behind_others(cast: Cast, reader: Client, work: Work) -> None:
    a_worker()
    assert "It is about to begin" in words(reader, work.get_absolute_url())
    second = ask_export("xlsx", "", 9, by=cast.privacy_officer, now=timezone.now() + timedelta(seconds=1))
    page = words(reader, second.get_absolute_url())
    assert "It waits for 1 other piece of work to end" in page
    assert "No worker" not in page


def test_how_far_it_is_in_rows(reader: Client, work: Work) -> None:
    a_worker()
    begin_work(pk=work.pk, by=system_user("worker"), now=timezone.now())
    telling(work.pk)(1, 617)
    page = words(reader, work.get_absolute_url(), hx_request="true", hx_target="progress")
    assert "Writing the sheet, 617 of 1,234 rows" in page
    assert 'value="50"' in page
    assert "<h1" not in page
    assert 'hx-trigger="every 2s"' in page
    over()
    page = words(reader, work.get_absolute_url())
    assert "It was interrupted." in page
    assert "No file was made. It is begun again by itself" in page


def test_once_over_the_page_comes_whole_with_the_file(cast: Cast, reader: Client, work: Work) -> None:
    do_work(work.pk, timezone.now)
    asked = reader.get(work.get_absolute_url(), headers={"hx-request": "true", "hx-target": "progress"})
    assert asked.headers["HX-Refresh"] == "true"
    assert "Download the file" in words(reader, work.get_absolute_url())
    file: Any = reader.get(f"{work.get_absolute_url()}file/")
    assert b"Reference,Title" in b"".join(file.streaming_content)
    assert file.headers["Content-Disposition"].startswith('attachment; filename="agreements-')
    assert "1,234 agreements as CSV" in words(reader, "/people/me/long-work/")


def test_what_was_not_done_says_why(cast: Cast, reader: Client) -> None:
    class Gone:
        reference = "MCW-2020-0001"

    work = ask_pdf(Gone(), by=cast.privacy_officer, now=timezone.now())  # type: ignore[arg-type]
    do_work(work.pk, timezone.now)
    page = words(reader, work.get_absolute_url())
    assert "Not done.</strong> Your agency can no longer see this agreement. Nothing was issued." in page
    assert reader.get(f"{work.get_absolute_url()}file/").status_code == 404


def test_nobody_else_finds_it(cast: Cast, work: Work, client: Client) -> None:
    do_work(work.pk, timezone.now)
    for other in (cast.user(Role.PRIVACY_OFFICER, "Second"), Cast("OTH", "Other Ministry").privacy_officer):
        client.force_login(other)
        assert client.get(work.get_absolute_url()).status_code == 404
        assert client.get(f"{work.get_absolute_url()}file/").status_code == 404
        assert "Nothing has taken long yet" in words(client, "/people/me/long-work/")


def test_the_file_is_closed_once_the_role_is_gone(cast: Cast, reader: Client, work: Work) -> None:
    do_work(work.pk, timezone.now)
    with acting(by=system_user("test")):
        RoleGrant.objects.get(person=cast.privacy_officer.person).delete()
    assert reader.get(f"{work.get_absolute_url()}file/").status_code == 403


@pytest.mark.parametrize("number", [1, 50])
def test_the_list_costs_the_same_for_one_and_for_fifty(
    cast: Cast, reader: Client, number: int, django_assert_max_num_queries: Any
) -> None:
    for at in range(number):
        ask_export("csv", f"q={at}", at, by=cast.privacy_officer, now=timezone.now())
    with django_assert_max_num_queries(8):
        assert reader.get("/people/me/long-work/").status_code == 200


def test_the_page_costs_little(reader: Client, work: Work, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(10):
        assert reader.get(work.get_absolute_url()).status_code == 200
