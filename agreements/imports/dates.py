"""Days as people write them in spreadsheets. Pure; the day first unless it was said otherwise."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from agreements.normalise import normalise

ENGLISH = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
# Te Taura Whiri's names, normalised.
MAORI = (
    "kohitatea", "huitanguru", "poututerangi", "paengawhawha", "haratua", "pipiri",
    "hongongoi", "hereturikoka", "mahuru", "whiringa a nuku", "whiringa a rangi", "hakihea",
)  # fmt: skip
EXAMPLE = "Write it as 1 July 2014"
EPOCH = date(1899, 12, 30)  # day 0 of Excel, which counts a 29 February 1900 that never was
FIRST_SERIAL, LAST_SERIAL = 14_611, 73_050  # 1 January 1940 to 31 December 2099
EARLIEST, LATEST = 1840, 2150  # years
FINANCIAL = re.compile(r"\b(fy|financial year)\b|^fy?\s*\d|\b(q[1-4]|quarter)\b", re.IGNORECASE)
TWO_YEARS = re.compile(r"^(\d{4})\s*[/-]\s*(\d{2})$")
INSIDE = re.compile(r"\b(?:\d{1,2} [a-z]{3,9} \d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2})\b", re.IGNORECASE)
NUMBERS = re.compile(r"^(\d{1,2})\s*[./\s-]\s*(\d{1,2})\s*[./\s-]\s*'?(\d{4}|\d{2})$")
ISO = re.compile(r"^(\d{4})[-./](\d{1,2})[-./](\d{1,2})$")
COMPACT = re.compile(r"^((?:19|20)\d{2})(\d{2})(\d{2})$")
SERIAL = re.compile(r"^(\d{5})(?:\.\d+)?$")
DAY_MONTH_YEAR = re.compile(r"^(\d{1,2}) ([a-z]+(?: a [a-z]+)?) (\d{4}|\d{2})$")
MONTH_DAY_YEAR = re.compile(r"^([a-z]+) (\d{1,2}) (\d{4})$")
MONTH_YEAR = re.compile(r"^([a-z]+(?: a [a-z]+)?) (\d{4}|\d{2})$")
MONTH_NUMBER_YEAR = re.compile(r"^(\d{1,2})[/.-](\d{4})$")
CLOCK = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*([ap]\.?m\.?)?(Z|[+-]\d{2}:?\d{2})?$", re.IGNORECASE)
WEEKDAY = re.compile(r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+", re.IGNORECASE)
ORDINAL = re.compile(r"(\d)(st|nd|rd|th)\b( of)?", re.IGNORECASE)


@dataclass(frozen=True)
class Day:
    """What a cell was read as. ``said`` tells how, where it was not plain; ``wrong`` tells why it was not read."""

    value: date | None = None
    said: str = ""
    wrong: str = ""


def _months() -> dict[str, int]:
    """Each month by its name, whole or cut to three letters."""
    found = {"sept": 9}
    for names in (ENGLISH, MAORI):
        found |= {name: number for number, name in enumerate(names, 1)}
    return found | {name[:3]: number for number, name in enumerate(ENGLISH, 1)}


MONTHS = _months()


def read_day(text: str, *, day_first: bool = True, last: bool = False) -> Day:
    """Read one cell. ``last``: where only a month or a year stands, its last day is meant, not its first."""
    plain = _plain(text)
    if FINANCIAL.search(plain) or _spans_years(plain):
        return Day(wrong=f"“{text}” is a financial year or a quarter, not a day. {EXAMPLE}")
    found = _whole(plain, day_first) or _part(plain, last) or _inside(plain, day_first)
    if found is None:
        return Day(wrong=f"“{_short(text)}” cannot be read as a date. {EXAMPLE}")
    if found.value and not EARLIEST <= found.value.year <= LATEST:
        return Day(wrong=f"“{_short(text)}” gives the year {found.value.year}. {EXAMPLE}")
    return found


def _first_two(pattern: re.Pattern[str], plain: str) -> tuple[int, int]:
    """The first two numbers that the pattern finds; both below nothing where it does not fit."""
    found = pattern.match(plain)
    return (int(found[1]), int(found[2])) if found else (-1, -1)


def _spans_years(plain: str) -> bool:
    """2014/15 is two years; 2014-07 is a month."""
    first, second = _first_two(TWO_YEARS, plain)
    return second == (first + 1) % 100


def _inside(plain: str, day_first: bool) -> Day | None:
    """The one day that stands among other words."""
    found = INSIDE.findall(plain)
    value = _whole(found[0], day_first) if len(found) == 1 else None
    if value is None or value.value is None:
        return None
    return Day(value.value, f"“{_short(plain)}” was read as {in_words(value.value)}")


def _plain(text: str) -> str:
    plain = WEEKDAY.sub("", " ".join(text.split()))
    return ORDINAL.sub(r"\1", CLOCK.sub("", plain)).strip(" .,")


def _whole(plain: str, day_first: bool) -> Day | None:
    if found := ISO.match(plain) or COMPACT.match(plain):
        return _day(int(found[1]), int(found[2]), int(found[3]), plain)
    if found := SERIAL.match(plain):
        return _serial(int(found[1]))
    if found := NUMBERS.match(plain):
        return _numbers(found, day_first, plain)
    words = normalise(plain)
    if found := DAY_MONTH_YEAR.match(words):
        return _named(found[1], found[2], found[3], plain)
    if found := MONTH_DAY_YEAR.match(words):
        return _named(found[2], found[1], found[3], plain)
    return None


def _numbers(found: "re.Match[str]", day_first: bool, plain: str) -> Day | None:
    first, second = int(found[1]), int(found[2])
    day, month = (first, second) if day_first else (second, first)
    if month > 12 >= day:
        day, month = month, day
    return _day(_year(found[3]), month, day, plain, said=len(found[3]) == 2)


def _named(day: str, month: str, year: str, plain: str) -> Day | None:
    number = MONTHS.get(month, 0)
    return _day(_year(year), number, int(day), plain, said=len(year) == 2) if number else None


def _serial(number: int) -> Day | None:
    if not FIRST_SERIAL <= number <= LAST_SERIAL:
        return None
    value = EPOCH + timedelta(days=number)
    return Day(value, f"{number} is a day as Excel counts them: read as {in_words(value)}")


def _part(plain: str, last: bool) -> Day | None:
    words = normalise(plain)
    if (found := MONTH_YEAR.match(words)) and MONTHS.get(found[1], 0):
        return _month(_year(found[2]), MONTHS.get(found[1], 0), plain, last)
    if (found := TWO_YEARS.match(plain)) and 1 <= int(found[2]) <= 12:
        return _month(int(found[1]), int(found[2]), plain, last)
    if (found := MONTH_NUMBER_YEAR.match(plain)) and 1 <= int(found[1]) <= 12:
        return _month(int(found[2]), int(found[1]), plain, last)
    if re.fullmatch(r"(19|20)\d{2}", plain):
        value = date(int(plain), 12 if last else 1, 31 if last else 1)
        return Day(value, f"Only the year {plain} is given: recorded as {in_words(value)}")
    return None


def _month(year: int, month: int, plain: str, last: bool) -> Day:
    value = date(year, month, monthrange(year, month)[1] if last else 1)
    return Day(value, f"“{plain}” gives no day: recorded as {in_words(value)}")


def _day(year: int, month: int, day: int, plain: str, *, said: bool = False) -> Day | None:
    try:
        value = date(year, month, day)
    except ValueError:
        return None
    return Day(value, f"“{plain}” was read as {in_words(value)}" if said else "")


def _year(text: str) -> int:
    """Two digits below 70 are of this century."""
    return int(text) if len(text) == 4 else int(text) + (2000 if int(text) < 70 else 1900)


def in_words(value: date) -> str:
    """1 July 2014."""
    return f"{value.day} {value:%B} {value.year}"


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."


def is_ambiguous(text: str) -> bool:
    """Whether the day and the month of a numeric date could be changed over: 01/02/2019."""
    first, second = _first_two(NUMBERS, _plain(text))
    return first != second and 0 <= first <= 12 and 0 <= second <= 12


def shows_month_first(text: str) -> bool:
    """Whether a numeric date can only be read month first: 07/25/2019."""
    first, second = _first_two(NUMBERS, _plain(text))
    return first <= 12 < second


def shows_day_first(text: str) -> bool:
    """Whether a numeric date can only be read day first: 25/07/2019."""
    first, second = _first_two(NUMBERS, _plain(text))
    return second <= 12 < first


def looks_like_date(text: str) -> bool:
    """Whether a cell is a day and hardly anything else; a bare number is not."""
    return not re.fullmatch(r"[\d.]+", text.strip()) and read_day(text).value is not None
