"""The log formats that a recording is written in."""
