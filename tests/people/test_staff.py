"""A list of staff: what cannot be read or is wrong first, nothing half-done, then what it changes."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from people.actions.person import add_person, mark_left
from people.actions.staff import import_staff
from people.actions.unit import add_unit
from people.errors import NotNow
from people.models import Person, Placement, Unit
from people.staff.changes import changes_of
from people.staff.rows import rows_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db
HEAD = "Name,E-mail address,Unit,Unit above,Position,Manager’s e-mail address,Engagement,Senior leader,Started on"
Upload = Callable[..., HttpResponse]


@pytest.fixture
def upload(client: Client, cast: Cast) -> Upload:
    client.force_login(cast.administrator)

    def send(*lines: str, content: bytes = b"") -> HttpResponse:
        body = content or "\n".join(lines).encode()
        return client.post("/people/staff/", {"file": SimpleUploadedFile("staff.csv", body)})  # type: ignore[return-value]

    return send


def run(client: Client, page: HttpResponse) -> HttpResponse:
    ticket = page.text.split('name="ticket" value="')[1].split('"')[0]
    return client.post("/people/staff/run/", {"ticket": ticket}, follow=True)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"Name,Salary\nAna,1", "“Salary” is not a column of a list of staff"),
        (b"Name,Unit\nAna,Housing", "has no column “E-mail address”"),
        (b"Name,Name,Email\nAna,Ana,a@b.nz", "Two columns are called “Name”"),
        (b"Name,Email\n", "There is nobody in this file"),
        (b"%PDF-1.7 something", "This file is a PDF"),
        (b"Name,Email\n" + b"".join(b"A%d,a%d@b.nz\n" % (at, at) for at in range(100_000)), "more than 30,000 rows"),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(upload: Upload, content: bytes, says: str) -> None:
    page = upload(content=content)
    assert says in page.text
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("Ana,ana@mcw.example.nz\nMere,ANA@mcw.example.nz", "stands in more than one row"),
        ("Ana,not an address", "is not an e-mail address"),
        ("Ana,", "E-mail address is missing"),
        ("Ana,ana@b.nz,,,,ana@b.nz", "Nobody is their own manager"),
        ("Ana,ana@b.nz,,,,gone@b.nz", "is neither in this file nor in the register"),
        ("Ana,a@b.nz,,,,b@b.nz\nBea,b@b.nz,,,,a@b.nz", "Whoever manages this person works under them"),
        ("Ana,ana@b.nz,,,,,Volunteer", "is not a way to be engaged"),
        ("Ana,ana@b.nz,,,,,,perhaps", "is neither yes nor no"),
        ("Ana,ana@b.nz,,,,,,,30 February 2026", "Enter the date as day, month and year"),
        ("Ana,ana@b.nz,,Group", "but not the unit"),
    ],
)
def test_one_wrong_row_is_named_and_nothing_is_offered(upload: Upload, row: str, says: str) -> None:
    page = upload(HEAD, "Hemi,hemi@mcw.example.nz", row)
    assert says in page.text
    assert "Row 3" in page.text
    assert "ticket" not in page.text
    assert Person.objects.count() == 1


def test_people_units_and_managers_come_and_go_where_the_list_says(client: Client, cast: Cast, upload: Upload) -> None:
    by, before = cast.administrator, timezone.localdate() - timedelta(days=90)
    add_unit(agency=cast.agency, values={"name": "Whānau"}, by=by)
    known = add_person(
        agency=cast.agency,
        values={"name": "Ana Rua", "email": "ana@mcw.example.nz", "position": "Clerk"},
        on=before,
        by=by,
    )
    page = upload(
        HEAD,
        "Ana Rua,ANA@mcw.example.nz,whanau,,Adviser,hemi@mcw.example.nz,Staff,yes,",
        "Hemi Tautari,hemi@mcw.example.nz,Housing,Services,Manager,,Contractor,no,1 July 2025",
    )
    assert "unit from nothing to whanau" in page.text
    assert (Person.objects.count(), Unit.objects.count()) == (2, 1), "looking writes nothing"
    done = run(client, page)
    assert "1 people are added, 1 changed" in done.text
    hemi = Person.objects.get(email="hemi@mcw.example.nz")
    now, old = Placement.objects.filter(person=known).order_by("-starts_on")
    assert (now.unit and now.unit.name, now.position, now.manager) == ("Whānau", "Adviser", hemi)
    assert (old.position, old.ends_on) == ("Clerk", timezone.localdate() - timedelta(days=1))
    assert (hemi.engagement, hemi.started_on) == ("contractor", date(2025, 7, 1))
    assert Unit.objects.get(name="Housing").parent == Unit.objects.get(name="Services")
    assert Person.objects.get(pk=known.pk).senior is True
    again = upload(HEAD, "Ana Rua,ana@mcw.example.nz,Whānau", "Hemi Tautari,hemi@mcw.example.nz")
    assert "Import the list" not in again.text, "nothing is left to do"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-16"])
def test_excel_writes_it_in_several_ways(client: Client, upload: Upload, encoding: str) -> None:
    text = "Name;Email\nZoë Müller;zoe@mcw.example.nz\n"
    run(client, upload(content=text.encode(encoding)))
    assert Person.objects.get(email="zoe@mcw.example.nz").name == "Zoë Müller"


def test_what_changed_meanwhile_is_not_overrun_and_a_ticket_serves_nobody_else(
    client: Client, cast: Cast, upload: Upload
) -> None:
    page = upload("Name,Email", "Ana Rua,ana@mcw.example.nz")
    values = {"name": "Ana Tahi", "email": "ana@mcw.example.nz"}
    add_person(agency=cast.agency, values=values, on=timezone.localdate(), by=cast.administrator)
    assert "The register changed since you looked" in run(client, page).text
    assert Person.objects.get(email="ana@mcw.example.nz").name == "Ana Tahi"
    fresh = upload("Name,Email", "Ana Rua,ana@mcw.example.nz")
    client.force_login(Cast("OTH", "Other Ministry").administrator)
    assert "Upload the file again" in run(client, fresh).text
    forged = client.post("/people/staff/run/", {"ticket": "nonsense"}, follow=True)
    assert "Upload the file again" in forged.text


def test_who_left_is_not_brought_back_by_a_list(cast: Cast) -> None:
    by, today = cast.administrator, timezone.localdate()
    gone = add_person(agency=cast.agency, values={"name": "Ana", "email": "ana@mcw.example.nz"}, on=today, by=by)
    mark_left(person=gone, left_on=today, by=by, on=today)
    content = b"Name,Email\nAna,ana@mcw.example.nz\n"
    changes = changes_of(rows_of(content), cast.agency, today)
    assert "recorded as having left" in changes.problems[0].problems[0]
    with pytest.raises(NotNow, match="rows are wrong"):
        import_staff(agency=cast.agency, content=content, seen=changes.digest, on=today, by=by)
