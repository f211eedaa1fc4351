"""Reports are valid, and nothing from a record becomes code in them."""

import json
from html.parser import HTMLParser
from typing import Any

import jsonschema
import pytest
import sarif_om  # pyright: ignore[reportMissingTypeStubs]

from trueline.audit.model import AuditReport, Finding, Place, RunReport, StepLine
from trueline.audit.reports.json_report import json_schema, to_json
from trueline.audit.reports.page import to_page
from trueline.audit.reports.sarif import to_sarif
from trueline.audit.summary import compose
from trueline.monitors import MonitorFailure
from trueline.trajectory import ReadProblem

HOSTILE = "</script><script>alert(1)</script>\x1b[2J{{ 7*7 }}<img src=x onerror=alert(1)>"


def report(words: str = HOSTILE) -> AuditReport:
    """Return a report whose every free text is `words`."""
    place = Place(
        step=1, line=7, actor="agent", kind="message", role="said", quote=words, note=words
    )
    finding = Finding(
        id="0123456789abcdef",
        monitor="deception",
        kind="deception",
        rule="tests-pass-contradicted",
        severity="high",
        suspicion=0.95,
        explanation=words,
        verdict="contradicted",
        places=(place, place),
    )
    line = StepLine(index=1, line=7, kind="message", actor="agent", text=words, tool=words)
    run = RunReport(
        id=words,
        format="native",
        source="a folder/session.jsonl",
        agent=words,
        model=words,
        task=words,
        findings=(finding,),
        notes=(finding,),
        failures=(MonitorFailure(monitor="m", error=words),),
        timeline=(line,),
    )
    problem = ReadProblem(path=words, line=3, message=words, is_fatal=True)
    return compose([run, problem], [])


def sarif_properties() -> dict[str, set[str]]:
    """Return the property names that SARIF 2.1.0 knows, by class of its object model."""
    return {
        name: {
            field.metadata["schema_property_name"]
            for field in getattr(sarif_om, name).__attrs_attrs__
        }
        for name in dir(sarif_om)
        if name[0].isupper()
    }


CHILDREN = {
    "SarifLog": {"runs": "Run"},
    "Run": {"tool": "Tool", "results": "Result", "invocations": "Invocation"},
    "Tool": {"driver": "ToolComponent"},
    "ToolComponent": {"rules": "ReportingDescriptor"},
    "ReportingDescriptor": {
        "shortDescription": "MultiformatMessageString",
        "defaultConfiguration": "ReportingConfiguration",
    },
    "Result": {"message": "Message", "locations": "Location", "relatedLocations": "Location"},
    "Invocation": {"toolExecutionNotifications": "Notification"},
    "Notification": {"message": "Message", "locations": "Location"},
    "Location": {
        "physicalLocation": "PhysicalLocation",
        "logicalLocations": "LogicalLocation",
        "message": "Message",
    },
    "PhysicalLocation": {"artifactLocation": "ArtifactLocation", "region": "Region"},
    "Region": {"snippet": "ArtifactContent"},
}


def check_sarif(value: Any, kind: str, known: dict[str, set[str]]) -> None:
    """Fail on a property that the class does not have, through the whole tree."""
    if isinstance(value, list):
        for item in value:
            check_sarif(item, kind, known)
        return
    assert set(value) <= known[kind], f"{kind}: {set(value) - known[kind]}"
    for name, child in CHILDREN.get(kind, {}).items():
        if name in value:
            check_sarif(value[name], child, known)


def test_sarif_uses_only_what_the_standard_knows() -> None:
    """Every object's properties against the standard's object model, and the required values."""
    log = json.loads(to_sarif(report()))
    check_sarif(log, "SarifLog", sarif_properties())
    assert log["version"] == "2.1.0"
    run = log["runs"][0]
    result = run["results"][0]
    assert result["level"] in ("none", "note", "warning", "error")
    assert 0 <= result["rank"] <= 100
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    physical = result["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == "a%20folder/session.jsonl"
    assert physical["region"]["startLine"] == 7
    assert run["invocations"][0]["executionSuccessful"] is False
    assert len(run["invocations"][0]["toolExecutionNotifications"]) == 2


def test_json_fits_its_schema() -> None:
    """The schema that `trueline schema` prints describes what `--json` writes."""
    jsonschema.Draft202012Validator.check_schema(json_schema())
    jsonschema.validate(json.loads(to_json(report())), json_schema())


class Elements(HTMLParser):
    """Collects the elements and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.append(tag)
        self.attributes.update(name for name, _ in attrs)


def test_a_hostile_transcript_adds_no_element_to_the_page() -> None:
    """The page of a hostile record has the same elements as that of a harmless one."""
    pages: list[Elements] = []
    for words in (HOSTILE, "harmless"):
        elements = Elements()
        elements.feed(to_page(report(words)).decode())
        pages.append(elements)
    assert pages[0].tags == pages[1].tags
    assert not any(name.startswith("on") for name in pages[0].attributes)


def test_the_page_asks_no_network_and_allows_only_its_own_script() -> None:
    """The policy names hashes, and no address stands in the page."""
    page = to_page(report()).decode()
    assert "default-src 'none'" in page
    assert "unsafe-inline" not in page
    assert "http://" not in page.replace("http-equiv", "")
    assert "https://" not in page
    assert "\x1b" not in page


@pytest.mark.parametrize("write", [to_json, to_sarif, to_page])
def test_reports_are_deterministic(write: Any) -> None:
    """The same value gives the same bytes."""
    assert write(report()) == write(report())


def test_the_page_shows_the_gravest_runs_first() -> None:
    """Of two hundred runs a reader wants the few that matter; the JSON keeps the order."""
    grave = report("grave").runs[0]
    clean = RunReport(id="clean", format="native", source="a", timeline=grave.timeline)
    both = compose([clean, grave], [])
    page = to_page(both).decode()
    assert page.index('class="id">grave') < page.index('class="id">clean')
    assert [run["id"] for run in json.loads(to_json(both))["runs"]] == ["clean", "grave"]
