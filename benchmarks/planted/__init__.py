"""Planted sessions: scripted agents whose every command is really executed, with labels."""
