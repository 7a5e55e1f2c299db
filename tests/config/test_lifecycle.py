"""The page that is written from the tables of steps."""

from django.conf import settings

from config.management.commands.lifecycle import page


def test_the_diagrams_and_the_routes_in_the_docs_are_the_tables() -> None:
    assert (settings.BASE_DIR / "docs" / "lifecycle.md").read_text() == page()
