"""The audit as JSON: the value `AuditReport` itself, its schema generated from the types."""

from typing import Any

import msgspec

from trueline.audit.model import AuditReport


def to_json(report: AuditReport) -> bytes:
    """Return the report as indented UTF-8 JSON with a final newline."""
    return msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n"


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the report."""
    schema = msgspec.json.schema(AuditReport)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
