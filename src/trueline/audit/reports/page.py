"""The audit as one self-contained page that opens from disk and asks no network.

Every word of a record reaches the page through the template's escaping or as data that the
script puts in as text; a content security policy allows this page's own script and style by
their hashes and nothing else, so that a transcript cannot become code.
"""

import base64
import hashlib
from collections.abc import Iterable
from importlib.resources import files
from typing import Any, Final

import msgspec
from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from trueline.audit.model import AuditReport, RunReport, StepLine
from trueline.audit.totals import totals_by_agent
from trueline.core.display import neutral
from trueline.core.kinds import SEVERITIES, severity_rank

MAX_PAGE_BYTES: Final = 24 * 1024 * 1024
"""Timelines beyond this much text are left out of the page, and the page says so."""


def to_page(report: AuditReport) -> bytes:
    """Return the page as UTF-8."""
    source = files("trueline.audit.reports")
    style = (source / "page.css").read_text(encoding="utf-8")
    script = (source / "page.js").read_text(encoding="utf-8")
    template = (source / "page.html.j2").read_text(encoding="utf-8")
    environment = Environment(
        loader=DictLoader({"page": template}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["neutral"] = neutral
    runs = sorted(report.runs, key=_gravity)
    timelines, left_out = _timelines(runs)
    return (
        environment.get_template("page")
        .render(
            report=report,
            runs=runs,
            totals=totals_by_agent(report.runs),
            severities=[s for s in reversed(SEVERITIES) if s != "note"],
            counts=_counts(report),
            left_out=left_out,
            style=Markup(style),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704 - our own file
            style_hash=_hash(style),
            script_hash=_hash(script),
            data=Markup(_embed(timelines)),  # noqa: S704 - JSON with `<`, `>` and `&` escaped
        )
        .encode("utf-8", "replace")
    )


def _gravity(run: RunReport) -> tuple[int, int]:
    """Order runs by what a reader should look at first; equals stay in the report's order."""
    grave = max((severity_rank(finding.severity) for finding in run.findings), default=-1)
    return -grave, -len(run.failures)


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _embed(value: Any) -> str:
    """Return JSON that can stand in a script element whatever it holds."""
    text = msgspec.json.encode(value).decode()
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _counts(report: AuditReport) -> dict[str, int]:
    severities = [finding.severity for run in report.runs for finding in run.findings]
    return {severity: severities.count(severity) for severity in SEVERITIES}


def _timelines(runs: Iterable[RunReport]) -> tuple[list[list[dict[str, Any]]], int]:
    """Return every run's steps as plain data, and how many runs had to be left out."""
    room = MAX_PAGE_BYTES
    left_out = 0
    found: list[list[dict[str, Any]]] = []
    for run in runs:
        size = sum(len(line.text) + 100 for line in run.timeline)
        if size > room:
            left_out += 1
            found.append([])
            continue
        room -= size
        quotes: dict[int, list[dict[str, str]]] = {}
        for finding in run.findings:
            for place in finding.places:
                quotes.setdefault(place.step, []).append(
                    {"q": neutral(place.quote), "r": place.role, "s": finding.severity}
                )
        found.append([_step(line, quotes.get(line.index, [])) for line in run.timeline])
    return found, left_out


def _step(line: StepLine, quotes: list[dict[str, str]]) -> dict[str, Any]:
    """Return one step under short names, empty fields left out."""
    step: dict[str, Any] = {
        "i": line.index,
        "l": line.line,
        "k": line.kind,
        "a": line.actor,
        "x": neutral(line.text),
        "t": neutral(line.tool),
        "g": line.tag,
        "w": neutral(line.time or ""),
        "o": line.status,
        "c": line.is_cut,
        "q": quotes,
    }
    return {name: value for name, value in step.items() if value or name == "i"}
