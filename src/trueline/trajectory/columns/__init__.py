"""Trajectories as columns: a Parquet dataset, a row a step, that gives back what it was given."""

from trueline.trajectory.columns.parquet import read_columns, write_columns

__all__ = ["read_columns", "write_columns"]
