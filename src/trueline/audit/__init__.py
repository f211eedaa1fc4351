"""The audit: read, interpret, watch, report."""
