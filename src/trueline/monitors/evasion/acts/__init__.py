"""The rooms that find deeds: each knows one way of evading oversight."""
