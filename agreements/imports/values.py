"""Cells that are not days: words that say nothing, closed lists, yes and no, numbers. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from agreements.normalise import normalise

# Normalised; what people write where they have nothing to write.
NOTHING = {
    "", "n a", "na", "tbc", "tba", "tbd", "various", "unknown", "not known", "dont know", "none", "nil", "null",
    "not applicable", "to be confirmed", "to be advised", "to be determined", "pending", "unsure", "see file",
    "not stated", "not specified", "unspecified", "not available", "no data", "ref", "name", "value", "div 0",
}  # fmt: skip
NOT_RECORDED = "not recorded"  # what the register itself writes
YES = {"yes", "y", "true", "t", "1", "x", "✓", "ae", "ticked"}
NO = {"no", "n", "false", "f", "0", "kao", "none", "nil"}
LOST_LETTER = re.compile(r"[^\W\d_]\?[^\W\d_]|\N{REPLACEMENT CHARACTER}")


@dataclass(frozen=True)
class Value:
    """What a cell was read as. ``said`` tells how, where it was not plain; ``wrong`` tells why it was not read."""

    value: Any = None
    said: str = ""
    wrong: str = ""


def says_nothing(text: str) -> bool:
    """Whether a cell holds no answer, in whichever words."""
    plain = normalise(text)
    return plain in NOTHING or plain == NOT_RECORDED or (not plain and text.strip() not in {"✓", "✗"})


def lost_letter(text: str) -> bool:
    """Whether a letter seems to have been lost on the way: M?ori."""
    return bool(LOST_LETTER.search(text))


def read_yes_no(text: str) -> Value:
    """Yes, no or unknown; an answer with a reason behind it counts by its first word."""
    plain = normalise(text) or text.strip()
    if plain in YES:
        return Value("yes")
    if plain in NO:
        return Value("no")
    if says_nothing(text):
        return Value("unknown", said="" if plain == NOT_RECORDED else f"“{text}”: recorded as not known yet")
    first = plain.split()[0]
    if first in {"yes", "no", "y", "n"}:
        answer = "yes" if first[0] == "y" else "no"
        return Value(answer, said=f"“{_short(text)}” was read as {answer}; the rest is not recorded")
    return Value(wrong=f"“{_short(text)}” is neither yes nor no. Write Yes, No or Unknown")


def read_number(text: str, *, hours: bool = False) -> Value:
    """A whole number; ``hours`` reads days and weeks too."""
    found = re.findall(r"\d[\d,\s]*(?:\.\d+)?", text)
    if len(found) != 1:
        return Value(wrong=f"“{_short(text)}” is not one number. Write it in figures, such as 72")
    number = round(float(re.sub(r"[,\s]", "", found[0])))
    if hours:
        number *= _hours_in(normalise(text))
    same = ("", "hours", "hrs", "hour", "h") if hours else ("",)
    plain = text.strip().replace(",", "").replace(" ", "").lower() in {f"{number}{unit}" for unit in same}
    return Value(number, said="" if plain else f"“{_short(text)}” was read as {number:,}{' hours' if hours else ''}")


def _hours_in(plain: str) -> int:
    return 24 if re.search(r"\bdays?\b", plain) else 168 if re.search(r"\bweeks?\b", plain) else 1


def choice_of(text: str, choices: Iterable[tuple[str, str]]) -> str | None:
    """The stored value of a closed list that a cell names by value, label, or a part of the label; None for none."""
    return _by_words(tuple((str(value), str(label)) for value, label in choices)).get(normalise(text))


@cache
def _by_words(choices: tuple[tuple[str, str], ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for value, label in choices:
        for words in (value, label, label.split("(")[0], *re.findall(r"\(([^)]*)\)", label)):
            found.setdefault(normalise(words), value)
    found.pop("", None)
    return found


def split_list(text: str) -> list[str]:
    """Several things in one cell, by line or semicolon; by comma only where there is neither."""
    separator = r"[;\n|]" if re.search(r"[;\n|]", text) else ","
    return [part for part in (re.sub(r"^[-•*\s]+", "", piece).strip() for piece in re.split(separator, text)) if part]


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."
