"""Calibration: thresholds for a wished false-alarm rate, from runs that are known to be benign.

`conformal` draws a threshold, `exchangeability` asks whether the groups of the sample are alike,
`document` is the file, `thresholds` what an audit takes from it, and `drift` compares later runs
with the sample.
"""
