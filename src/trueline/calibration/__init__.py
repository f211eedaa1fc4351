"""Calibration: thresholds for a wished false-alarm rate, from runs that are known to be benign."""
