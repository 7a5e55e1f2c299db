"""Write docs/lifecycle.md from the table of steps."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from agreements.contract_lifecycle import stage_diagram
from agreements.lifecycle import diagram
from agreements.variation_lifecycle import variation_diagram

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


def page() -> str:
    """The whole page as it should stand."""
    parts = [(HEAD, diagram()), (VARIATION, variation_diagram()), (CONTRACT, stage_diagram())]
    return "".join(f"{head}```mermaid\n{drawn}```\n" for head, drawn in parts)


class Command(BaseCommand):
    """Generate the diagram of an agreement's life."""

    help = "Write docs/lifecycle.md from agreements/lifecycle.py."

    def handle(self, *_: Any, **__: Any) -> None:
        """Write the file."""
        (settings.BASE_DIR / "docs" / "lifecycle.md").write_text(page())
