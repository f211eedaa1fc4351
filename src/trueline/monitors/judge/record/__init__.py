"""The record as a judge reads it: lines that the text inside them cannot forge."""
