"""The log: one JSON line an event, with the number of the request and never the content of a record.

Messages of exceptions are left out, because a refused row would stand in them; the places in our code are enough.
"""

import json
import logging
import re
import traceback
from datetime import UTC, datetime

from records.acting import request_number

# Addresses that open something to whoever has them: of a valid one nobody finds the key in a log.
KEYS = re.compile(r"(/(?:provider|conflicts/answer|calendar|account/(?:password/reset/key|confirm-email))/)[^/\s?\"']+")


class OneLine(logging.Formatter):
    """A record as one line of JSON; times are UTC."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": KEYS.sub(r"\1…", record.getMessage()),
        }
        if number := request_number():
            line["request"] = str(number)
        if status := getattr(record, "status_code", None):
            line["status"] = status
        if record.exc_info and record.exc_info[1]:
            line |= place_of(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def place_of(error: BaseException) -> dict[str, object]:
    """The kind of an error and the last places in the code, without its message."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    return {
        "error": f"{type(error).__module__}.{type(error).__qualname__}",
        "state": getattr(error.__cause__, "sqlstate", None),
        "places": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
