"""The code with which somebody follows a concern: shown once, kept only as a hash, and too long to be guessed."""

import hashlib
from uuid import UUID, uuid4

from django.utils.crypto import salted_hmac

from conflicts.models.declaration import LETTERS

LONG, GROUP = 20, 5  # letters: 31 to the power of 20


def new_receipt(number: str) -> str:
    """The code of a form with this number, the same again where the form is sent twice: nothing has to be kept."""
    try:
        made_of = str(UUID(number))
    except ValueError:
        made_of = str(uuid4())
    rest = int.from_bytes(salted_hmac("concern receipt", made_of, algorithm="sha256").digest(), "big")
    letters = ""
    for _ in range(LONG):
        rest, place = divmod(rest, len(LETTERS))
        letters += LETTERS[place]
    return "-".join(letters[start : start + GROUP] for start in range(0, LONG, GROUP))


def hash_of(receipt: str) -> str:
    """What is kept of a code; capitals, spaces and hyphens do not matter."""
    plain = "".join(letter for letter in receipt.lower() if letter.isalnum())
    return hashlib.sha256(f"concern {plain}".encode()).hexdigest()
