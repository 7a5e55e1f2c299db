"""The command dispose: content leaves the record under an authority. Runs as the owner of the database."""

from argparse import ArgumentParser
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from records.actions.disposal import dispose, dispose_file, files_of
from records.errors import Refused
from records.models import IssuedFile, Recorded


class Command(BaseCommand):
    """Blanks fields of named rows, and removes the documents that were issued about a subject."""

    help = "Dispose of content under an authority. Keys, dates and hashes stay; verify_history says what was disposed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options."""
        parser.add_argument("--authority", required=True, help="the disposal authority and class")
        parser.add_argument("--reason", required=True)
        parser.add_argument("--by", required=True, help="e-mail address of who carries it out")
        parser.add_argument("--approved-by", required=True, help="e-mail address of somebody else, who approved it")
        parser.add_argument("--model", help="such as agreements.Terms")
        parser.add_argument("--rows", default="", help="keys, with commas")
        parser.add_argument("--fields", default="", help="names, with commas")
        parser.add_argument("--files", action="store_true", help="also remove the stored files that the rows name")
        parser.add_argument("--issued-about", metavar="REFERENCE", help="remove the documents issued about it")

    def handle(self, *_: Any, **options: Any) -> None:
        """Dispose, or say why not."""
        if not options["model"] and not options["issued_about"]:
            raise CommandError("Name what to dispose of: --model with --rows and --fields, or --issued-about.")
        said = {"authority": options["authority"], "reason": options["reason"], "at": timezone.now()}
        said |= {"by": _user(options["by"]), "approved_by": _user(options["approved_by"])}
        try:
            if options["model"]:
                self._rows(options, said)
            if options["issued_about"]:
                self._files(options["issued_about"], said)
        except Refused as refused:
            raise CommandError(refused.sentence) from None

    def _rows(self, options: dict[str, Any], said: dict[str, Any]) -> None:
        model = apps.get_model(options["model"])
        if not issubclass(model, Recorded):
            raise CommandError(f"{options['model']} has no history: delete its rows instead.")
        rows, fields = [int(key) for key in _split(options["rows"])], _split(options["fields"])
        made = dispose(model=model, pks=rows, fields=fields, **said)
        self.stdout.write(f"Disposed of {', '.join(fields)} in {len(made.pks)} rows of {made.table}.")
        if options["files"]:
            self._stored(model, rows, said)

    def _stored(self, model: type[Recorded], rows: list[int], said: dict[str, Any]) -> None:
        free, needed = files_of(model, rows)
        for file in free:
            dispose_file(file=file, **said)
        self.stdout.write(f"Removed {len(free)} stored files.")
        if needed:
            named = ", ".join(str(file) for file in needed)
            self.stdout.write(f"Kept {len(needed)}, since other rows name the same file: {named}.")

    def _files(self, subject: str, said: dict[str, Any]) -> None:
        files = {issued.file for issued in IssuedFile.objects.about(subject) if not issued.file.disposed_at}
        for file in files:
            dispose_file(file=file, **said)
        self.stdout.write(f"Removed {len(files)} documents issued about {subject}.")


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _user(email: str) -> Any:
    found = get_user_model().objects.filter(email=email.strip().lower()).first()
    if found is None:
        raise CommandError(f"There is no user {email}.")
    return found
