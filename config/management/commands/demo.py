"""``manage.py demo``: tell the invented story into the database that is asked for."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.demo.tell import tell_story
from people.actions.system import system_user
from people.models import Agency


class Command(BaseCommand):
    """Refuses a register that has agencies: a story beside real records would be believed."""

    help = __doc__

    def handle(self, **options: Any) -> None:
        """Tell it once."""
        if Agency.objects.exists():
            raise CommandError("This register has agencies: the story of the demonstration goes into an empty one.")
        began = timezone.now()
        count = tell_story(by=system_user("demo"), now=began)
        seconds = (timezone.now() - began).total_seconds()
        self.stdout.write(f"{count} arrangements told in {seconds:.0f} s; people and organisations are invented.")
