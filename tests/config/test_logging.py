"""Log lines: one line, the request's number, no content of records."""

import json
import logging
import sys

import pytest
from django.urls import reverse

from config.logging import OneLine
from records.acting import one_request


def line_for(record: logging.LogRecord) -> dict[str, object]:
    text = OneLine().format(record)
    assert "\n" not in text
    found: dict[str, object] = json.loads(text)
    return found


def test_a_line_carries_the_number_of_its_request() -> None:
    record = logging.makeLogRecord(
        {"name": "register", "levelname": "INFO", "msg": "Two\nlines of %s", "args": ("Māori",)}
    )
    with one_request() as number:
        line = line_for(record)
    assert line["request"] == str(number)
    assert line["message"] == "Two\nlines of Māori"


def test_an_error_names_places_and_not_what_it_said() -> None:
    try:
        int("Mere's date of birth")
    except ValueError:
        record = logging.makeLogRecord({"msg": "Internal Server Error", "exc_info": sys.exc_info(), "status_code": 500})
    line = line_for(record)
    assert line["error"] == "builtins.ValueError"
    assert line["status"] == 500
    assert "test_logging.py" in str(line["places"])
    assert "Mere" not in str(line)


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("provider", []),
        ("provider_answers", ["MCW-2026-0001"]),
        ("conflicts:answer", []),
        ("calendar", []),
        ("account_reset_password_from_key", ["4f"]),
        ("account_confirm_email", []),
    ],
)
def test_an_address_that_is_its_own_key_stands_in_the_log_without_the_key(name: str, rest: list[str]) -> None:
    key = "WyI5YzRidmg1c2I5:1xVIRk-IzJW279iKCzo"
    address = reverse(name, args=[*rest, key] if name.startswith("account") else [key, *rest])
    record = logging.makeLogRecord({"msg": "%s: %s", "args": ("Request Entity Too Large", address)})
    line = str(line_for(record)["message"])
    assert "IzJW279iKCzo" not in line
    assert line.startswith(f"Request Entity Too Large: {address[:6]}"), "which page it was is still said"
