"""Planted sessions of agents that act on small real worlds: mail, money, tickets, robots, "
"clouds."""
