"""Simulators of the set `worlds_final`: every one keeps tables and refuses what it must."""
