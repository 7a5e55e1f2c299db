"""``manage.py work``: the worker beside the web server. It sends mail and does what takes long, from the queue."""

import os
import signal
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

LOOK = 2  # seconds between two looks at the parent


class Command(BaseCommand):
    """Works until it is told to stop (SIGTERM, Ctrl-C), and then ends the job in hand first. Any number may run."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options."""
        parser.add_argument("--with-parent", type=int, help="stop when this process, which started it, ends")

    def handle(self, *_: Any, **options: Any) -> None:
        """Work. Jobs that succeeded are not kept."""
        if options["with_parent"]:
            threading.Thread(target=stop_with, args=[options["with_parent"]], daemon=True).start()
        with app.replace_connector(app.connector.get_worker_connector()) as working:  # type: ignore[attr-defined]
            working.run_worker(concurrency=1, delete_jobs="successful", shutdown_graceful_timeout=20)


def stop_with(parent: int) -> None:
    """Stop this process once another is its parent: the one that started it is gone."""
    while os.getppid() == parent:
        time.sleep(LOOK)
    os.kill(os.getpid(), signal.SIGTERM)
