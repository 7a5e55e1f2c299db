"""``manage.py serve``: prepare, tick, say where the register is and who may sign in, then become its web server."""

import os
import socket
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from config.demo_sign_ins import DEMO_PASSWORD, demo_sign_ins


class Command(BaseCommand):
    """Replaces itself with gunicorn on HOST and PORT, acting as the app and not as the owner."""

    help = __doc__

    def handle(self, **options: Any) -> None:
        """Refuse a taken port with the way out; else prepare, print and serve until Ctrl-C."""
        host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
        if not port.isdigit():
            raise CommandError(f"PORT is a number such as 8000, not {port!r}.")
        refuse_taken(host, int(port))
        call_command("prepare", stdout=self.stdout)
        self.tick()
        self.stdout.write(welcome(f"http://{'localhost' if host == '127.0.0.1' else host}:{port}/"))
        self.stdout.flush()
        os.environ.pop("DATABASE_AS_OWNER", None)
        start_worker()
        gunicorn = Path(sys.executable).parent / "gunicorn"
        os.execv(gunicorn, [str(gunicorn), "config.wsgi:application", "--bind", f"{host}:{port}", *OPTIONS])  # noqa: S606

    def tick(self) -> None:
        """What is due today. A step that fails is told and keeps nobody from working."""
        try:
            call_command("tick", stdout=StringIO())
        except CommandError as problem:
            self.stderr.write(str(problem))


OPTIONS = ["--workers", os.environ.get("WEB_PROCESSES", "2"), "--threads", "4", "--timeout", "60"]
OPTIONS += ["--log-level", "warning", "--no-control-socket"]


def start_worker() -> None:
    """A worker beside the server, kept alive and ended with it: this process becomes the server, under its number."""
    command = [sys.executable, "-m", "config.keep_worker", str(os.getpid())]
    subprocess.Popen(command, cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL)


def refuse_taken(host: str, port: int) -> None:
    """Raise CommandError when something else listens on the port."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            way_out = f"{host}:{port} cannot be used ({problem.strerror}). Try PORT={port + 1} make run"
            raise CommandError(way_out) from None


def welcome(address: str) -> str:
    """What the person at the terminal needs: address, sign-ins, how to stop."""
    lines = ["", f"The register is at {address}", ""]
    if settings.PRIVATE_DATABASE and (sign_ins := demo_sign_ins()):
        width = max(len(sign_in.role) for sign_in in sign_ins)
        lines += ["Sign in as any of these (invented people, private database only):", ""]
        lines += [f"  {s.role:<{width}}  {s.email}" for s in sign_ins]
        lines += ["", f"  Password of each: {DEMO_PASSWORD}", ""]
        if not settings.MAIL_SERVER:
            lines += [f"No mail leaves it. Read what it mails at {address}{reverse('people:demo_mails')[1:]}", ""]
    return "\n".join([*lines, "Stop it with Ctrl-C. Its Postgres stays ready until: make stop", ""])
