"""Write docs/lifecycle.md from the tables of steps, and from the table of who decides."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from agreements.contract_lifecycle import stage_diagram
from agreements.lifecycle import diagram
from agreements.variation_lifecycle import variation_diagram
from conflicts.lifecycle import conflict_diagram
from conflicts.pages.who_decides import routes_in_words

HEAD = """# The life of an agreement

Generated from `agreements/lifecycle.py` by `manage.py lifecycle`; a test compares the two.
In force, not yet in force and past its end are not steps: they follow from the dates of a signed agreement.

"""
VARIATION = """
## The life of a variation

Once approved, terms change only by a variation: a copy that lives beside the terms in force
(`agreements/variation_lifecycle.py`). The agreement stays where it stands meanwhile.

"""
CONTRACT = """
## The stages of a contract

Planned to ended (`agreements/contract_lifecycle.py`). Each stage is a dated row that never changes. Besides, the last
stage can be undone with a reason: the contract stands where it stood before, and both rows stay.

"""


DECLARATION = """
## The life of a declaration of interests

From a draft to a plan that is kept (`conflicts/lifecycle.py`). That a review is due, a declaration waits too long, or a
plan came after the work began, are not steps: they follow from dates. A new plan takes the place of the one in force
only once it is approved.

"""
ROUTES = """
## Who decides on a declaration

The first row that fits (`conflicts/routes.toml`); the page "Who decides" shows the same in the agency's own words.
Nobody decides on their own: where a row leads to the declarant, or to nobody, it goes to the integrity team.

| Who declares | Who decides | Who approves the plan | Nothing to declare |
|---|---|---|---|
"""


def page() -> str:
    """The whole page as it should stand."""
    drawn = [(HEAD, diagram()), (VARIATION, variation_diagram()), (CONTRACT, stage_diagram())]
    drawn += [(DECLARATION, conflict_diagram())]
    rows = [f"| {row.route.title} | {row.decides} | {row.approves} | {row.nil} |\n" for row in routes_in_words(None)]
    return "".join(f"{head}```mermaid\n{each}```\n" for head, each in drawn) + ROUTES + "".join(rows)


class Command(BaseCommand):
    """Generate the diagrams of what has steps."""

    help = "Write docs/lifecycle.md from the tables of steps."

    def handle(self, *_: Any, **__: Any) -> None:
        """Write the file."""
        (settings.BASE_DIR / "docs" / "lifecycle.md").write_text(page())
