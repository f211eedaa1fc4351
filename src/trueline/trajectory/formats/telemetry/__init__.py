"""Agent runs as telemetry: OTLP JSON by OpenTelemetry's and by OpenInference's conventions."""
