"""The steps of an import as a person takes them, through the pages."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from agreements.models import ImportBatch


def upload(client: Client, content: bytes, name: str = "register.csv") -> ImportBatch:
    """Upload a file; gives the import."""
    response = client.post(reverse("agreements:imports"), {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 302, response.context["form"].errors
    return ImportBatch.objects.latest("pk")


def refusal(client: Client, content: bytes, name: str = "register.csv") -> str:
    """The sentence with which a file is refused; nothing is kept of it."""
    response = client.post(reverse("agreements:imports"), {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 200
    assert not ImportBatch.objects.exists()
    [sentence] = response.context["form"].errors["file"]
    return str(sentence)


def as_guessed(client: Client, batch: ImportBatch, **changed: str) -> ImportBatch:
    """Accept the guessed columns, but for those named by number."""
    address = reverse("agreements:import_columns", args=[batch.pk])
    form = client.get(address).context["form"]
    answers = {field.name: field.value() for field in form}
    response = client.post(address, answers | {f"column-{at}": name for at, name in changed.items()})
    assert response.status_code == 302, response.context["form"].errors
    return again(batch)


def as_suggested(client: Client, batch: ImportBatch, **changed: str) -> ImportBatch:
    """Answer every question as suggested, but for those whose key begins as named."""
    address = reverse("agreements:import_decisions", args=[batch.pk])
    for _ in range(3):
        response = client.get(address)
        keys = {field.name: key for field, key in zip(response.context["form"], _keys(response), strict=True)}
        answers: dict[str, Any] = {field.name: field.value() for field in response.context["form"]}
        for name, key in keys.items():
            answers[name] = next((value for start, value in changed.items() if key.startswith(start)), answers[name])
        assert client.post(address, answers).status_code == 302
        if not again(batch).summary["open"]:
            break
    return again(batch)


def _keys(response: Any) -> list[str]:
    return [question.key for question in response.context["questions"]]


def run(client: Client, batch: ImportBatch) -> ImportBatch:
    """Run the import."""
    response = client.post(reverse("agreements:import_run", args=[batch.pk]))
    assert response.status_code == 302
    return again(batch)


def again(batch: ImportBatch) -> ImportBatch:
    """The import as it stands now."""
    return ImportBatch.objects.get(pk=batch.pk)


def sheet(*lines: str) -> bytes:
    """A small CSV file."""
    return "\n".join(lines).encode()
