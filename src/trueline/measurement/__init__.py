"""Measurement: how well the monitors do where the truth is known."""
