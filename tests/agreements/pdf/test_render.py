"""What a PDF may fetch: our static files, nothing else."""

from pathlib import Path

import pytest

from agreements.pdf.render import Outside, static_file, to_pdf


@pytest.mark.parametrize(
    "address",
    [
        Path("/etc/passwd").as_uri(),
        "http://example.org/x.png",
        "https://static.invalid/etc/passwd",
        "https://static.invalid/static/../manage.py",
        "https://static.invalid/static/%2e%2e/manage.py",
        "https://static.invalid/static/css/none.css",
        "data:text/plain,hello",
    ],
)
def test_other_addresses_are_refused(address: str) -> None:
    with pytest.raises(Outside):
        static_file(address)


def test_our_own_fonts_are_served() -> None:
    assert static_file("https://static.invalid/static/fonts/pdf/hanken-grotesk-400.ttf")[:4] == b"\0\1\0\0"


def test_a_local_file_never_ends_up_in_the_pdf(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("kept to ourselves")
    html = (
        f'<html lang="en"><title>t</title><link rel=attachment href="{secret.as_uri()}"><img src="{secret.as_uri()}">'
    )
    assert b"kept to ourselves" not in to_pdf(html)
