"""A spreadsheet of a regional office, brought in by the import as a person would."""

from django.utils.timezone import localdate

from agreements.actions.import_batch import decide, map_columns, upload
from agreements.actions.import_run import run_import
from config.demo.calendar import Clock
from config.demo.people import STORY
from config.demo.teller import Stage
from people.models import User

FILE = "regional_office.csv"
IMPORTED = -38  # days from today


class ImportedSheet:
    """The chapter in which the sheet comes in; its rows still lack most answers."""

    def __init__(self, stage: Stage, by: User) -> None:
        self.stage, self.by = stage, by
        self.clock = Clock(stage.now, FILE)
        self.begins = self.clock.on(IMPORTED)

    def tell(self) -> None:
        """Upload, take the columns as guessed, say which way information goes, run."""
        moment, on = self.begins, localdate(self.begins)
        with self.stage.door.at(moment):
            content = (STORY / FILE).read_bytes()
            batch = upload(content=content, file_name="Northern office agreements.csv", by=self.by, now=moment)
            batch = map_columns(batch=batch, mapping=batch.mapping, by=self.by, on=on)
            batch = decide(batch=batch, choices={"direction": "out"}, by=self.by, on=on)
            run_import(batch=batch, by=self.by, now=moment)
