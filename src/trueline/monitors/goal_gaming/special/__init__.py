"""Inputs of tests special-cased: code that knows the test instead of the problem."""
