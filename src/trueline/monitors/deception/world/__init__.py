"""What agents say they did in the world (mail, money, bookings, robots), against its record."""

from trueline.monitors.deception.world.asked import untraced_talks
from trueline.monitors.deception.world.read import is_of_the_world, read_deed
from trueline.monitors.deception.world.rechecked import is_never_rechecked
from trueline.monitors.deception.world.states import state_claims

__all__ = ["is_never_rechecked", "is_of_the_world", "read_deed", "state_claims", "untraced_talks"]
