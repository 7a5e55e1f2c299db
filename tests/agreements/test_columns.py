"""The columns of the flat sheet: stable, unique, documented."""

from django.conf import settings

from agreements.columns import BY_NAME, COLUMNS, IMPORTED
from agreements.extensions import added_columns
from agreements.models import Agreement, Terms

DOCUMENT = settings.BASE_DIR / "docs" / "how-to" / "export-columns.md"


def test_names_and_headings_are_unique() -> None:
    assert len(BY_NAME) == len(COLUMNS) == len({column.heading for column in COLUMNS})


def test_every_field_exists_where_the_column_says() -> None:
    for column in COLUMNS:
        if column.field:
            model = Terms if column.of_terms else Agreement
            assert column.model_field == model._meta.get_field(column.field)


def test_what_only_the_register_knows_is_not_imported() -> None:
    assert {"reference", "standing", "missing", "origin"}.isdisjoint(column.name for column in IMPORTED)


def test_the_document_lists_the_columns_as_they_are() -> None:
    rows = [f"| {column.heading} | {column.name} | {column.says} |" for column in (*COLUMNS, *added_columns())]
    text = DOCUMENT.read_text()
    assert [line for line in text.splitlines() if line in rows] == rows
