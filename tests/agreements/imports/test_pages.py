"""The pages of an import: who may open them, what each does, and what it costs."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from agreements.choices import Status
from agreements.models import Agreement, ImportBatch
from people.roles import Role
from tests.agreements.imports import steps
from tests.agreements_at import organisation
from tests.cast import Cast

pytestmark = pytest.mark.django_db
SMALL = steps.sheet(
    "Ref;Name;Type;Status;Other parties;Start;End;Owner;Notes",
    "A1;School attendance;Deed;Signed;Te Whare Tautoko Trust;1 July 2024;30 June 2027;Aroha Ngata;x",
    "A2;Housing referrals;MOU;Ended;New Zealand Police;1 July 2014;FY17/18;;y",
    "A3;;Deed;Signed;New Zealand Police;1 July 2014;;;z",
)
PAGES = ("import_batch", "import_sheet", "import_columns", "import_decisions", "import_run", "import_undo",
         "import_file", "import_problems", "import_skip")  # fmt: skip


@pytest.fixture
def batch(officer: Client) -> ImportBatch:
    """A small sheet, checked, with every question answered."""
    organisation("Te Whare Tautoko Trust")
    return steps.as_suggested(officer, steps.as_guessed(officer, steps.upload(officer, SMALL)))


def page(name: str, batch: ImportBatch, *more: int) -> str:
    return reverse(f"agreements:{name}", args=[batch.pk, *more])


def test_another_agency_finds_nothing(batch: ImportBatch, client: Client) -> None:
    client.force_login(Cast("OTH", "Other Ministry").privacy_officer)
    for name in PAGES:
        assert client.get(page(name, batch)).status_code == (405 if name == "import_skip" else 404), name
        assert client.post(page(name, batch)).status_code in {404, 405}, name
    assert client.get(page("import_row", batch, 2)).status_code == 404
    assert batch.file_name not in client.get(reverse("agreements:imports")).content.decode()


@pytest.mark.parametrize("role", [Role.CONTRACT_MANAGER, Role.APPROVER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_other_roles_are_refused(cast: Cast, batch: ImportBatch, client: Client, role: Role) -> None:
    client.force_login(cast.user(role))
    for name in PAGES:
        assert client.get(page(name, batch)).status_code == 403


def test_what_only_a_form_sends_cannot_be_opened(officer: Client, batch: ImportBatch) -> None:
    assert officer.get(page("import_skip", batch)).status_code == 405
    assert officer.post(page("import_batch", batch)).status_code == 405
    assert officer.put(page("import_columns", batch)).status_code == 405


def test_every_page_of_an_open_import_is_shown(officer: Client, batch: ImportBatch) -> None:
    for name in ("import_batch", "import_sheet", "import_columns", "import_decisions", "import_run"):
        assert officer.get(page(name, batch)).status_code == 200, name
    for shown in ("held", "warnings", "edited", "skipped", "all", "nonsense"):
        assert officer.get(page("import_batch", batch), {"show": shown}).status_code == 200
    assert officer.get(page("import_row", batch, 3)).status_code == 200
    assert officer.get(page("import_row", batch, 99)).status_code == 404


def test_an_unchecked_import_asks_for_its_columns_first(officer: Client) -> None:
    batch = steps.upload(officer, SMALL)
    assert officer.get(page("import_batch", batch))["Location"] == page("import_columns", batch)
    assert officer.get(page("import_row", batch, 2)).status_code == 404
    assert officer.get(page("import_run", batch)).status_code == 302


def test_without_a_title_nothing_is_read(officer: Client) -> None:
    batch = steps.upload(officer, SMALL)
    response = officer.post(page("import_columns", batch), {"column-0": "old_reference", "column-1": ""})
    assert "Say which column holds the title" in response.content.decode()
    twice = officer.post(page("import_columns", batch), {"column-0": "title", "column-1": "title"})
    assert "Two columns are both called “Title”" in twice.content.decode()


def test_another_line_can_hold_the_headings(officer: Client) -> None:
    batch = steps.upload(officer, steps.sheet("Our list;of things", "Name;Type", "First;Deed", "Second;Deed"))
    assert batch.heading_line == 2
    assert officer.post(page("import_sheet", batch), {"sheet": "", "line": "3"}).status_code == 302
    again = steps.again(batch)
    assert (again.columns, again.rows_total) == (["First", "Deed"], 1)
    refused = officer.post(page("import_sheet", batch), {"sheet": "", "line": "4"})
    assert "no rows below them" in refused.content.decode()


def test_a_row_is_put_right_in_the_page(officer: Client, batch: ImportBatch) -> None:
    address = page("import_row", batch, 3)
    form = officer.get(address).context["form"]
    answers = {field.name: field.value() for field in form if field.value() not in (False, None)}
    assert answers["cell-6"] == "FY17/18"
    assert officer.post(address, answers | {"cell-6": "30 June 2018"})["Location"] == batch.get_absolute_url()
    row = batch.rows.get(number=3)
    assert (row.values[6], row.values[8], row.edited) == ("30 June 2018", "y", True)
    assert steps.again(batch).summary["good"] == 2
    assert officer.post(page("import_row", batch, 4), {"cell-1": ""})["Location"] == page("import_row", batch, 4)


def test_rows_are_skipped_one_by_one_or_all_that_are_held_back(officer: Client, batch: ImportBatch) -> None:
    officer.post(page("import_row", batch, 4), {"skipped": "on"})
    assert steps.again(batch).summary["skipped"] == 1
    assert officer.post(page("import_skip", batch)).status_code == 302
    summary = steps.again(batch).summary
    assert (summary["good"], summary["errors"], summary["skipped"]) == (1, 0, 2)


def test_rows_to_put_right_go_out_and_come_back(officer: Client, batch: ImportBatch) -> None:
    response = officer.get(page("import_problems", batch))
    lines = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert lines[0][:4] == ["Row in the sheet", "What is wrong", "Ref", "Name"]
    assert [line[0] for line in lines[1:]] == ["3", "4"]
    assert "financial year" in lines[1][1]
    corrected = response.content.replace(b"FY17/18", b"30 June 2018")
    again = steps.upload(officer, corrected, "corrected.csv")
    assert [again.mapping[str(at)] for at in range(4)] == ["", "", "old_reference", "title"]
    checked = steps.as_guessed(officer, again)
    assert (checked.summary["open"], checked.summary["good"]) == (0, 1)  # what was decided is remembered


def test_an_import_runs_once(officer: Client, batch: ImportBatch) -> None:
    done = steps.run(officer, batch)
    assert done.agreements.get().title == "School attendance"
    assert officer.post(page("import_run", batch)).status_code == 302
    assert Agreement.objects.count() == 1
    for name in ("import_columns", "import_decisions", "import_sheet"):
        response = officer.post(page(name, batch), {"column-1": "title", "line": "1"})
        assert "already" in response.content.decode(), name
    assert "not imported" in officer.get(batch.get_absolute_url()).content.decode()


def test_with_open_questions_nothing_is_recorded(officer: Client) -> None:
    batch = steps.as_guessed(officer, steps.upload(officer, SMALL))
    assert batch.summary["open"]
    assert officer.get(page("import_run", batch)).status_code == 302
    response = officer.post(page("import_run", batch), follow=True)
    assert "still open" in response.content.decode()
    assert not Agreement.objects.exists()


def test_the_same_sheet_again_is_held_back(officer: Client, batch: ImportBatch) -> None:
    steps.run(officer, batch)
    again = steps.as_guessed(officer, steps.upload(officer, SMALL))
    assert again.summary["good"] == 0
    assert "which is in the register already" in again.rows.get(number=2).problems[0]["text"]
    form = officer.get(page("import_row", again, 2)).context["form"]
    answers = {field.name: field.value() for field in form if isinstance(field.value(), str)}
    officer.post(page("import_row", again, 2), answers | {"anyway": "on"})
    assert steps.again(again).summary["good"] == 1


def test_once_touched_it_is_not_undone_as_a_whole(officer: Client, cast: Cast, batch: ImportBatch) -> None:
    from agreements.actions.duplicate import duplicate_agreement
    from tests.agreements_at import answer
    from tests.cast import NOW

    agreement = steps.run(officer, batch).agreements.get()
    answer(agreement, "purpose", cast.privacy_officer, purpose="To help children come to school.")
    response = officer.get(page("import_undo", batch))
    assert f"{agreement.reference} {agreement.title}</a> was changed since" in response.content.decode()
    refused = officer.post(page("import_undo", batch), {"reason": "Wrong"})
    assert "cannot be undone as a whole any more" in refused.content.decode()
    assert Agreement.objects.filter(pk=agreement.pk).exists()
    duplicate_agreement(agreement=agreement, title="Copy", by=cast.privacy_officer, now=NOW)
    assert Agreement.objects.filter(status=Status.DRAFT).exists()


def test_undoing_needs_a_reason(officer: Client, batch: ImportBatch) -> None:
    steps.run(officer, batch)
    assert "Say why it is undone" in officer.post(page("import_undo", batch), {"reason": " "}).content.decode()
    assert Agreement.objects.count() == 1


def test_an_organisation_that_others_use_by_now_stays(officer: Client, cast: Cast) -> None:
    from tests.agreements_at import agreement_at

    sheet = steps.sheet("Title;Kind;Status;Parties", "First;Deed;Signed;Brand New Trust")
    done = steps.run(officer, steps.as_guessed(officer, steps.upload(officer, sheet)))
    agreement_at(Status.DRAFT, cast, parties=("Brand New Trust",))
    officer.post(page("import_undo", done), {"reason": "Wrong"})
    assert steps.again(done).state == "undone"
    assert organisation("Brand New Trust").source.startswith("Imported from")


@pytest.mark.parametrize("rows", [1, 50])
def test_pages_cost_the_same_whatever_the_rows(
    officer: Client, rows: int, django_assert_max_num_queries: object
) -> None:
    lines = [f"Agreement {at};Deed;Signed;New Zealand Police;1 July 20{10 + at % 10}" for at in range(rows)]
    batch = steps.as_guessed(officer, steps.upload(officer, steps.sheet("Title;Kind;Status;Parties;Start", *lines)))
    for name, most in (("import_batch", 9), ("import_columns", 8), ("import_decisions", 15), ("import_run", 8)):
        with django_assert_max_num_queries(most):  # type: ignore[operator]
            officer.get(page(name, batch))
    done = steps.run(officer, batch)
    # Undoing asks each table that names an agreement once: a new one adds to the number.
    for name, most in (("import_batch", 9), ("import_undo", 81)):
        with django_assert_max_num_queries(most):  # type: ignore[operator]
            officer.get(page(name, done))
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        officer.get(reverse("agreements:imports"))


def test_the_example_sheet_comes_in_as_it_is(officer: Client) -> None:
    content = officer.get(reverse("agreements:import_example")).content
    batch = steps.as_guessed(officer, steps.upload(officer, content, "example.csv"))
    assert "" not in batch.mapping.values()
    done = steps.run(officer, steps.as_suggested(officer, batch))
    terms = done.agreements.get().terms_now
    assert {item.name for flow in terms.flows.all() for item in flow.information.all()} <= {
        "Names",
        "Attendance",
        "Dates of birth",
    }
    assert terms.breach_hours == 24


def test_whoever_may_import_finds_the_way(officer: Client, cast: Cast) -> None:
    for address in ("agreements:register", "agreements:record_agreement"):
        assert reverse("agreements:imports") in officer.get(reverse(address)).content.decode()
    officer.force_login(cast.contract_manager)
    assert reverse("agreements:imports") not in officer.get(reverse("agreements:record_agreement")).content.decode()


def test_an_upload_is_discarded_after_a_second_thought(officer: Client, batch: ImportBatch) -> None:
    asked = officer.get(page("import_discard", batch)).content.decode()
    assert batch.file_name in asked
    assert steps.again(batch).open
    listed = officer.post(page("import_discard", batch), follow=True).content.decode()
    assert "is discarded. Nothing of it was recorded" in listed
    assert "Discarded" in listed
    gone = steps.again(batch)
    assert (gone.state, gone.rows.count(), gone.file.read()) == ("dropped", 0, batch.file.read())
    assert not Agreement.objects.exists()
    assert "Nothing of it was recorded" in officer.get(page("import_batch", batch)).content.decode()


def test_what_was_imported_or_discarded_is_not_discarded_again(officer: Client, batch: ImportBatch) -> None:
    officer.post(page("import_discard", batch))
    again = officer.post(page("import_discard", batch), follow=True).content.decode()
    assert "This import is discarded already" in again
    assert officer.get(page("import_discard", batch))["Location"] == page("import_batch", batch)
    for name in ("import_run", "import_columns", "import_undo"):
        officer.post(page(name, batch), {"column-0": "title"})
    assert not Agreement.objects.exists()


def test_another_agency_discards_nothing(batch: ImportBatch, cast: Cast) -> None:
    client = Client()
    client.force_login(Cast("OTH", "Other Ministry").privacy_officer)
    assert client.post(page("import_discard", batch)).status_code == 404
    assert steps.again(batch).open
