"""A job for trying on what becomes of one whose worker is killed."""

import time
from pathlib import Path

from procrastinate.contrib.django import app


@app.task(name="tell_and_wait", queue="shelf")
def tell_and_wait(path: str, patient: int) -> None:
    """Say in a file that it began, and that it is done. It waits to be killed the first ``patient`` times."""
    said = Path(path)
    with said.open("a") as file:
        file.write("began\n")
    if said.read_text().count("began") <= patient:
        time.sleep(60)
    with said.open("a") as file:
        file.write("done\n")
