"""A mail server of the test's own: it takes mail, hangs, or refuses an address."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Mailbox(socketserver.ThreadingTCPServer):
    """Listens on a free port. ``taken`` is every mail as it came; ``hangs`` keeps it from answering.

    ``then`` is what it does once it has a whole mail: answer "taken", "hang" or "drop" the connection.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.taken: list[str] = []
        self.hangs = False
        self.refuses = ""
        self.then = "taken"
        self.called, self.has_it = threading.Event(), threading.Event()

    @property
    def url(self) -> str:
        """For EMAIL_URL."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class Talk(socketserver.StreamRequestHandler):
    """As much of SMTP as smtplib speaks."""

    server: Mailbox

    def handle(self) -> None:
        """One connection."""
        self.server.called.set()
        if self.server.hangs:
            self.rfile.read(1)
            return
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            word = line.split(" ")[0].split(":")[0].upper()
            if word == "DATA":
                self.take()
                if self.server.then != "taken":
                    return
            elif word == "RCPT" and self.server.refuses and self.server.refuses in line:
                self.say("550 nobody of that name")
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 well")

    def take(self) -> None:
        """The mail itself, up to the dot."""
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline().decode()) != ".\r\n":
            lines.append(line)
        self.server.taken.append("".join(lines))
        self.server.has_it.set()
        if self.server.then == "taken":
            self.say("250 taken")
        elif self.server.then == "hang":
            self.rfile.read(1)

    def say(self, line: str) -> None:
        """Answer."""
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """A running server."""
    with Mailbox() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
