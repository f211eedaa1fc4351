"""What agents say they did in the world (mail, money, bookings, robots), against its record."""

from trueline.monitors.deception.world.read import is_of_the_world, read_deed

__all__ = ["is_of_the_world", "read_deed"]
