"""Where a secret goes: home, inside, to whom the user named, to a stranger, or to everyone."""

from functools import cached_property, lru_cache
from typing import Final, Literal

from trueline.charter import Mandate
from trueline.charter.rules.places import is_loopback, parties_of
from trueline.charter.rules.vocabulary import Vocabulary
from trueline.core.patterns import pattern
from trueline.ledger.provenance import source_of
from trueline.monitors.leak.knowledge import Known
from trueline.monitors.leak.sinks import Sink
from trueline.monitors.leak.words import words

Standing = Literal["home", "inside", "named", "kin", "unnamed", "stranger", "public"]
"""Where a secret goes.

`home`: the service that it is for.  `inside`: this machine, the charter's own side, the user.
`named`: the user's or the system's words name it.  `kin`: it stands beside the secret where that
was read, or bears the service's name.  `unnamed`: the call says no one.  `stranger`: none of
these.  `public`: everyone can read it.
"""

_ADDRESS: Final = r"[\w.+-]+@[\w-]+\.[\w.-]*\w"
_OWN_WORDS: Final = r"(?i)\b(?:my|our|mine|me|meine?r?|mi|mon|ma)\b|我的|我"
_PRIVATE: Final = ("10.", "192.168.", "127.", "172.16.", "172.17.", "172.18.", "169.254.169.254")
_LOCAL_ENDS: Final = (".local", ".internal", ".lan", ".localhost")
_BEFORE: Final = 40


class Destinations:
    """Says where the parties of one run stand."""

    def __init__(self, mandate: Mandate) -> None:
        self._mandate = mandate
        self._inside = _inside(mandate.charter.inside)

    def standing(self, sink: Sink, known: Known) -> Standing:
        """Return where a secret that goes out by `sink` gets to; the worst of several."""
        if sink.is_public:
            return "public"
        found: list[Standing] = [
            self._one(party, sink, known) for text in sink.parties for party in _split(text)
        ]
        if not found:
            return "unnamed"
        return max(found, key=_ORDER.index)

    def _one(self, party: str, sink: Sink, known: Known) -> Standing:
        host = party.rpartition("@")[2]
        is_address = "@" in party
        if not is_address and _is_public(host):
            return "public"
        if is_local(host) or self._inside.inside.find(party) or party in self.own:
            return "inside"
        if is_address and host in self.own_domains:
            return "inside"
        if not is_address:
            for home in known.homes:
                if "." in home and (host == home or host.endswith("." + home)):
                    return "home"
        if self._is_named(party, host, sink.step):
            return "named"
        if self._is_kin(party, host, known):
            return "kin"
        return "stranger"

    def _is_named(self, party: str, host: str, step: int) -> bool:
        request = self._mandate.request
        if request.names(party, step):
            return True
        if "@" in party:
            return request.alludes_to(party, step)
        domain = _domain(host)
        return bool(domain) and any(
            at < step and domain in text.lower() for at, text in request.said
        )

    def _is_kin(self, party: str, host: str, known: Known) -> bool:
        if "@" in party:
            domain = party if known.sort == "personal" else ""
        elif any("." not in home and home in host for home in known.homes):
            return True
        else:
            domain = _domain(host)
        if not domain or known.step < 0:
            return False
        return domain in self._mandate.ledger.steps[known.step].text.lower()

    @cached_property
    def own(self) -> frozenset[str]:
        """The user's own addresses, lower case: the system's words say them, or "my" does."""
        found: set[str] = set()
        steps = self._mandate.ledger.steps
        for at, text in self._mandate.request.said:
            if "@" not in text:
                continue
            is_system = at < 0 or source_of(steps[at]) == "system"
            for match in pattern(_ADDRESS).finditer(text):
                before = text[max(match.start() - _BEFORE, 0) : match.start()]
                if is_system or pattern(_OWN_WORDS).search(before):
                    found.add(match.group().lower())
        return frozenset(found)

    @cached_property
    def own_domains(self) -> frozenset[str]:
        """The domains of the user's own addresses, but for those that anyone can have."""
        domains = {address.rpartition("@")[2] for address in self.own}
        return frozenset(domains - words().mail_providers.words)


_ORDER: Final[tuple[Standing, ...]] = (
    "home", "inside", "named", "kin", "unnamed", "stranger", "public",
)  # fmt: skip


@lru_cache(maxsize=16)
def _inside(globs: tuple[str, ...]) -> Vocabulary:
    return Vocabulary(globs, ())


@lru_cache(maxsize=4096)
def _split(text: str) -> tuple[str, ...]:
    kind = "url" if "://" in text else "account"
    if kind == "account" and "@" not in text and ("/" in text or "." in text) and " " not in text:
        kind = "host"
    return parties_of(text, kind)


@lru_cache(maxsize=4096)
def is_local(host: str) -> bool:
    """Return whether a host is this machine, a container beside it, or on a private network."""
    if is_loopback(host) or host.startswith(_PRIVATE) or host.endswith(_LOCAL_ENDS):
        return True
    return host in ("host.docker.internal", "metadata.google.internal")


def _is_public(host: str) -> bool:
    hosts = words().public_hosts.words
    parts = host.split(".")
    return any(".".join(parts[at:]) in hosts for at in range(max(len(parts) - 1, 0)))


def _domain(host: str) -> str:
    """Return the last two parts of a host's name, three where the last ones are short."""
    parts = host.split(".")
    if len(parts) < 2 or parts[-1].isdigit():
        return host if len(host) > 6 else ""
    kept = 3 if len(parts) > 2 and len(parts[-2]) <= 3 and len(parts[-1]) <= 2 else 2
    return ".".join(parts[-kept:])
