"""What a charter's own words mean: who is inside, and which resources bear which label."""

from collections.abc import Sequence

from trueline.charter.model import Label
from trueline.charter.rules.globs import GlobTable, resource_pattern, word_pattern
from trueline.core.patterns import pattern


class Vocabulary:
    """What a charter's own words mean: who is inside, and which resources bear which label."""

    def __init__(self, inside: Sequence[str], labels: Sequence[Label]) -> None:
        self.inside = GlobTable([word_pattern(glob.lower()) for glob in inside])
        pairs = [(label.name, glob) for label in labels for glob in label.resources]
        self._globs = GlobTable([resource_pattern(glob) for _, glob in pairs])
        self._names = [name for name, _ in pairs]
        self._patterns = [
            (label.name, pattern("|".join(f"(?:{one})" for one in label.patterns)))
            for label in labels
            if label.patterns
        ]

    def labels_of(self, places: Sequence[str], text: str) -> frozenset[str]:
        """Return the labels of a resource in normal form, or of a text that holds a pattern."""
        found = {self._names[index] for place in places for index in self._globs.find(place)}
        for name, wanted in self._patterns:
            if name not in found and any(wanted.search(one) for one in (*places, text) if one):
                found.add(name)
        return frozenset(found)
