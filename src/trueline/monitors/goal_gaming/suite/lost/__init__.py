"""Tests that a run lost: files deleted, cases that went missing, tests that check nothing."""
