"""Changes to files, as text before and after, and the content of a file along the run."""

from trueline.ledger.edits.change import edits_from
from trueline.ledger.edits.history import FileHistory
from trueline.ledger.edits.scan import Scan
from trueline.ledger.manifest import Manifests, builtin_manifests
from trueline.ledger.model import Edit
from trueline.trajectory import Trajectory

__all__ = ["FileHistory", "edits_of"]


def edits_of(trajectory: Trajectory, manifests: Manifests | None = None) -> list[Edit]:
    """Return every change to a file that the calls of `trajectory` ask for, in order.

    Args:
        trajectory: the record.
        manifests: those in force; the built-in ones if None.
    """
    scope = (manifests or builtin_manifests()).for_format(trajectory.format)
    found: list[Edit] = []
    for one in Scan(trajectory, scope).changes():
        found += edits_from(one.change, one.step, one.path, one.new_path, one.status, one.original)
    return found
