"""One audit, written for programs and for people: JSON, SARIF and a page."""
