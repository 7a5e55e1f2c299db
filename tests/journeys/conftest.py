"""A real browser for journeys: Debian's Chromium, driven by Playwright. Missing means failed, never skipped."""

import os
import shutil
from typing import Any

import pytest

from config.bare_machine import BROWSERS

# Playwright's sync interface runs an event loop in this thread; Django would refuse the database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Chromium from PATH; without its sandbox only as root, where it does not work."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.fail("No Chromium on this machine: sudo apt-get install chromium")
    arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
    return browser_type_launch_args | {"executable_path": found, "args": arguments}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A New Zealand desk."""
    return browser_context_args | {
        "locale": "en-NZ",
        "timezone_id": "Pacific/Auckland",
        "viewport": {"width": 1280, "height": 900},
    }
