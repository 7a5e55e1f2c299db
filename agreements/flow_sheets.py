"""The answers of the look-ups as flat sheets with stable column names, one line for each kind of information."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from agreements.information_search import find_information
from agreements.models import Flow, Information
from agreements.pages.flows_between import Between
from agreements.sheets import Cell
from people.models import User

HEADINGS = (
    "Reference", "Agreement", "Agency", "Status", "From", "To", "To is State services", "To is in", "Information",
    "Category", "Identifiability", "Sensitivity", "Children", "Health", "Maori data", "How it moves", "Control",
    "How often", "Records a year", "Stored or seen overseas", "Starts on", "Ends on",
)  # fmt: skip
CHUNK = 500  # rows in memory at a time


def between_rows(between: Between, on: date) -> Iterator[list[Cell]]:
    """Every flow of both directions, a line for each kind of information; a flow that carries none has one line."""
    for direction in between.directions:
        for line in direction.lines:
            ends = (line.sent_by or direction.sender.name, line.received_by or direction.receiver.name)
            carried: list[Information | None] = [*line.items] or [None]
            for item in carried:
                yield _row(line.flow, item, ends, direction.receiver, on)


def information_rows(user: User, wanted: dict[str, Any], on: date) -> Iterator[list[Cell]]:
    """Every kind of information that was found, by receiver."""
    found = find_information(user, wanted["q"], wanted["category"], wanted["flags"]).select_related(
        "flow__receiver__organisation", "flow__sender__organisation", "flow__terms__agreement__agency"
    )
    ordered = found.order_by("flow__receiver__organisation__name", "name", "pk")
    for item in ordered.iterator(chunk_size=CHUNK):
        flow, receiver = item.flow, item.flow.receiver.organisation
        yield _row(flow, item, (flow.sender.organisation.name, receiver.name), receiver, on)


def _row(flow: Flow, item: Information | None, ends: tuple[str, str], receiver: Any, on: date) -> list[Cell]:
    terms, agreement = flow.terms, flow.terms.agreement
    agreement.current_terms = terms
    carried: list[Cell] = [""] * 7
    if item:
        carried = [
            item.name, item.get_category_display(), item.get_identifiability_display(), item.get_sensitivity_display(),
            item.get_children_display(), item.get_health_display(), item.get_maori_display(),
        ]  # fmt: skip
    return [
        agreement.reference, agreement.title, agreement.agency.name, agreement.standing(on), *ends,
        receiver.get_state_services_display(), receiver.country, *carried,
        flow.method, flow.get_control_display(), flow.get_frequency_display(), flow.volume,
        terms.get_overseas_display(), terms.starts_on, terms.ends_on,
    ]  # fmt: skip
