"""Template tags and filters of the whole register; built in, so that no template loads them. Shown at /components."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache, lru_cache
from itertools import groupby
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BaseForm
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from config import icons, states, tokens
from records import once as sending
from records import words
from records.lists import Answer

register = template.Library()

# What an assessment finds: tone, shape, word; the empty one is an agreement that was not assessed yet.
OUTCOMES = {
    "met": ("good", "met", "Met"),
    "not_met": ("bad", "not-met", "Not met"),
    "unknown": ("warn", "unknown", "Unknown"),
    "not_applicable": ("plain", "not-applicable", "Not applicable"),
    "": ("plain", "draft", "Not assessed yet"),
}
FILES = (("CSV", "csv"), ("Excel", "xlsx"))  # the kinds that a list is taken along as
KEPT = 4096  # looks of tags and days: a list shows the same ones again and again

for _filter in (words.nz_date, words.nz_time, words.nz_datetime, words.number, words.distance, words.yes_no_unknown):
    register.filter(_filter.__name__, _filter)
register.simple_tag(words.nz_range)


@register.filter
def or_not_recorded(value: Any) -> Any:
    """The value, or in soft ink that it is not recorded or not known: an empty cell always says why."""
    if value == words.ANSWERS["unknown"]:
        return format_html('<span class="meta">{}</span>', states.STATES["unknown"].word)
    return value if value not in (None, "") else format_html('<span class="meta">{}</span>', words.NOT_RECORDED)


@register.filter
def by_day(changes: Iterable[Any]) -> list[tuple[date, list[Any]]]:
    """Things with a moment `at`, newest first, in groups of one New Zealand day."""
    return [(day, list(group)) for day, group in groupby(changes, lambda each: localtime(each.at).date())]


@register.filter
def tone(level: str) -> str:
    """The tone of a message's level."""
    return states.MESSAGE_TONES.get(level, "plain")


@register.filter
def tone_icon(tone: str) -> str:
    """The shape that stands for a tone."""
    return states.TONE_ICONS[tone]


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """A shape from icons.py, written out, so that fragments and pages are alike. A word always stands beside it."""
    return _svg(icons.ICONS[name], icons.BOX)


@register.simple_tag
def glyph(name: str, tone: str = "plain") -> SafeString:
    """A shape for a PDF, its colour written out: WeasyPrint follows no currentColor inside an SVG."""
    colour = tokens.light(tone)
    return format_html(
        '<svg class="glyph" width="9" height="9" viewBox="{}" fill="none" stroke="{}" stroke-width="1.6">{}</svg>',
        icons.BOX,
        colour,
        SafeString(icons.ICONS[name].replace("currentColor", colour)),
    )


@register.simple_tag(takes_context=True)
def once(context: dict[str, Any]) -> SafeString:
    """The one-time number of a form, so that it does its work once however often it is sent (records/once.py)."""
    number = sending.number_for(context["request"])
    return format_html('<input type="hidden" name="{}" value="{}">', sending.FIELD, number)


@register.simple_tag
def mark() -> SafeString:
    """The mark of the register."""
    return _svg(icons.MARK, icons.MARK_BOX)


@register.simple_tag
@lru_cache(KEPT)
def state(value: str, word: str = "") -> SafeString:
    """The tag of a state (config/states.py): shape, word, colour. `word` replaces the usual one."""
    look = states.state(value)
    return tag(look.tone, look.icon, word or look.word)


@register.simple_tag
@cache
def state_mark(value: str) -> SafeString:
    """The shape of a state alone, its word for the screen reader only; for the section list, which has a key."""
    look = states.state(value)
    return format_html(
        '<span class="toned tone-{}">{}<span class="hidden-words">{}</span></span>',
        look.tone,
        icon(look.icon),
        look.word.lower(),
    )


@register.simple_tag
@cache
def timeline_mark(value: str) -> SafeString:
    """The shape of a state at its place on a timeline; the words beside it say what happened."""
    look = states.state(value)
    return format_html('<span class="timeline-mark tone-{}">{}</span>', look.tone, icon(look.icon))


@register.simple_tag
@cache
def outcome_mark(outcome: str, until: date | None = None) -> SafeString:
    """What an assessment found, as a shape with its word; ``until`` when an exception is accepted until then."""
    tone, icon_name, word = OUTCOMES[outcome]
    more = f", accepted until {words.nz_date(until)}" if until else ""
    look = format_html("{}{}", icon(icon_name), icon("seal") if until else "")
    return format_html('<span class="outcome tone-{}">{}<span>{}{}</span></span>', tone, look, word, more)


@register.simple_tag
def outcome_cells(marks: Iterable[Any]) -> SafeString:
    """The cells of a row of the table of requirements: five hundred on a page, of which few differ."""
    return SafeString("".join(_outcome_cell(one.label, one.outcome, one.until) for one in marks))


@cache
def _outcome_cell(asked: str, outcome: str, until: date | None) -> SafeString:
    """A narrow screen counts it, unless it is not met: that has a line of its own there."""
    counted = SafeString(' class="counted"') if outcome != "not_met" else ""
    look = outcome_mark(outcome, until)
    return format_html('<td role="cell" data-label="{}"{}>{}</td>', asked, counted, look)


@register.simple_tag
@lru_cache(KEPT)
def tag(tone: str, icon_name: str, text: str) -> SafeString:
    """A flag or lateness: tone, shape, words."""
    return format_html('<span class="tag tone-{}">{}{}</span>', tone, icon(icon_name), text)


@register.simple_tag
def due(value: date | None, on: date, words_when_none: str = "Nothing due") -> SafeString:
    """A date with its distance; late is red, within 30 days amber, else plain."""
    if value is None:
        return format_html('<span class="meta">{}</span>', words_when_none)
    days = (value - on).days
    tone = "bad" if days < 0 else "warn" if days <= 30 else "plain"
    return tag(tone, "late", words.distance(value, on).capitalize())


@register.simple_tag
@lru_cache(KEPT)
def moment(value: date | datetime | None) -> SafeString:
    """A `<time>` that reads `1 July 2025`, or `9 July 2026, 4.12 pm` for a moment."""
    if value is None:
        return SafeString("")
    text = words.nz_datetime(value) if isinstance(value, datetime) else words.nz_date(value)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


@register.simple_block_tag
def banner(content: str, tone: str) -> SafeString:
    """Something true of this page now. `{% banner "warn" %}<strong>...</strong>{% endbanner %}`."""
    return format_html(
        '<div class="banner tone-{}">{}<div>{}</div></div>', tone, icon(states.TONE_ICONS[tone]), SafeString(content)
    )


@register.simple_block_tag
def why(content: str, icon_name: str = "info", element_id: str = "") -> SafeString:
    """A quiet fact with a shape; `element_id` when a button is described by it."""
    return format_html(
        '<p class="why"{}>{}<span>{}</span></p>',
        format_html(' id="{}"', element_id) if element_id else "",
        icon(icon_name),
        SafeString(content),
    )


@register.simple_block_tag
def fact(content: str, term: str, change: str = "") -> SafeString:
    """One row of a `<dl class="summary panel">`; `change` is the address of its Change link."""
    link = format_html(
        '<dd class="change"><a href="{}">Change<span class="hidden-words"> {}</span></a></dd>', change, term.lower()
    )
    return format_html(
        "<div><dt>{}</dt><dd>{}</dd>{}</div>",
        term,
        SafeString(content.strip()) or or_not_recorded(""),
        link if change else "",
    )


@register.inclusion_tag("components/refused.html")
def refused(label: str, reason: str, element_id: str, *, of_form: bool = False) -> dict[str, str | bool]:
    """A button that may not be pressed now: it keeps its place, and its reason stands under it.

    Nothing stands there for whom no role would ever let press it; on the form itself (``of_form``) the reason does.
    """
    never = bool(getattr(reason, "never", False))
    return {"label": label, "reason": reason, "id": element_id, "button": not never, "shown": of_form or not never}


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: BaseForm | list[BaseForm], saving: bool = True) -> dict[str, Any]:
    """Every error of the forms and of rows of forms, in their order, each linking to its field."""
    each = [form for one in forms for form in (one if isinstance(one, list) else [one])]
    return {"errors": [error for form in each for error in _errors(form)], "saving": saving}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: "Page[Any]") -> dict[str, Any]:
    """Pages of a list; keeps every other part of the address."""
    return {
        "page": page,
        "numbers": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        "request": context["request"],
    }


@register.simple_tag
def options(answers: Iterable[Answer]) -> SafeString:
    """The options of a select: some lists offer a hundred people, which a loop of the template takes long over."""
    return SafeString("".join(f"<option{_said(one)}>{escape(one.label)}</option>" for one in answers))


@register.inclusion_tag("lists/_downloads.html", takes_context=True)
def downloads(context: template.Context, name: str, *args: Any) -> dict[str, Any]:
    """A list as files: ``name`` is the address of its sheet, whose last part says csv or xlsx."""
    asked = context["address"].query()
    urls = [(kind, f"{reverse(name, args=[*args, form])}?{asked}") for kind, form in FILES]
    return {"files": urls, "page": context["page"]}


@register.inclusion_tag("components/demo_sign_ins.html", takes_context=True)
def demo_sign_ins(context: template.Context) -> dict[str, Any]:
    """One button for each person of the demonstration; nothing outside the private database."""
    from config import demo_sign_ins as demo  # models are ready only once a page is shown

    shown = demo.demo_sign_ins() if settings.PRIVATE_DATABASE else []
    return {"sign_ins": shown, "password": demo.DEMO_PASSWORD, "csrf_token": context.get("csrf_token", "")}


def _said(one: Answer) -> str:
    return f' value="{escape(one.value)}"{" selected" if one.chosen else ""}'


def _errors(form: BaseForm) -> list[dict[str, str]]:
    found = [{"id": "", "text": str(text)} for text in form.non_field_errors()]
    for field in form:
        found += [{"id": field.id_for_label or f"{field.auto_id}_0", "text": str(text)} for text in field.errors]
    return found


def _svg(shape: str, box: str) -> SafeString:
    # The size keeps a page readable whose style sheet did not arrive.
    size = '<svg class="icon" width="16" height="16" viewBox="{}" aria-hidden="true">{}</svg>'
    return format_html(size, box, SafeString(shape))
