"""Values that must not get out: published key formats, what bears a secret's name, where such lie.

Nothing here judges; it says what a text holds, and which values are known to be harmless.
"""

from trueline.ledger.secrets.formats import (
    Format,
    Secret,
    Sort,
    formats,
    may_hold_secrets,
    secrets_in,
)
from trueline.ledger.secrets.naming import Named, named_values, names_in, sort_of_name
from trueline.ledger.secrets.placeholders import entropy_bits, is_placeholder, is_strong
from trueline.ledger.secrets.places import (
    is_secret_command,
    is_secret_tool,
    is_template,
    may_be_secret_place,
    may_print_secrets,
    stores_secrets,
)

__all__ = [
    "Format",
    "Named",
    "Secret",
    "Sort",
    "entropy_bits",
    "formats",
    "is_placeholder",
    "is_secret_command",
    "is_secret_tool",
    "is_strong",
    "is_template",
    "may_be_secret_place",
    "may_hold_secrets",
    "may_print_secrets",
    "named_values",
    "names_in",
    "secrets_in",
    "sort_of_name",
    "stores_secrets",
]
