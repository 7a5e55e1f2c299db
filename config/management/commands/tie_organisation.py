"""The command tie_organisation: say which organisation an agency is, where no agency may say so for itself."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from agreements.actions.organisation_agency import tie_organisation
from agreements.models import Organisation
from agreements.normalise import normalise
from people.actions.system import system_user
from people.models import Agency
from records.errors import Refused


class Command(BaseCommand):
    """Opens to the agency the signed agreements of others that name the organisation: for whoever runs the register."""

    help = "Say which organisation of the register an agency is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who is what, and why."""
        parser.add_argument("code", help="the agency's code, such as MSD")
        parser.add_argument("name", help="the organisation's name, as the register has it")
        parser.add_argument("--reason", required=True, help="who asked for it and how you know that they are that body")

    def handle(self, *_: Any, **options: Any) -> None:
        """Raises CommandError with the sentence of what is wrong."""
        agency = Agency.objects.filter(code=options["code"]).first()
        body = Organisation.objects.current().filter(normalised=normalise(options["name"])).first()
        if agency is None or body is None:
            raise CommandError("There is no such agency" if agency is None else "There is no organisation of this name")
        try:
            tie_organisation(organisation=body, agency=agency, by=system_user("setup"), reason=options["reason"])
        except (Refused, ValidationError) as problem:
            raise CommandError(" ".join(getattr(problem, "messages", [str(problem)]))) from problem
        self.stdout.write(f"{body} is {agency} from now on.")
