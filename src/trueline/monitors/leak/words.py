"""The words that tell sinks and destinations apart; they are data, each list with its source."""

from functools import cache
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

_FILE: Final = Path(__file__).parent / "words.json"


class WordList(Struct, frozen=True, forbid_unknown_fields=True):
    """A list of words, and where they are from."""

    source: str
    words: frozenset[str]


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """All lists of this monitor.

    Attributes:
        version: of the file's form.
        recipients: arguments that say to whom.
        attachments: arguments that say which files go along.
        public: words of tools whose product everyone can read.
        shared: words of tools whose product several people read.
        forges: servers of code forges.
        public_hosts: hosts where anybody can read, or that nobody answers for.
        mail_providers: domains whose addresses belong to anyone.
        credential_options: options of clients that take credentials, or only name local files.
        connection_options: the same of programs that copy over SSH.
        clients: programs that speak HTTP.
        copiers: programs that copy files to machines and stores.
        inline: interpreters that run code given on the command line.
        header_options: options that take a header.
        credential_headers: headers that carry credentials.
    """

    version: int
    recipients: WordList
    attachments: WordList
    public: WordList
    shared: WordList
    forges: WordList
    public_hosts: WordList
    mail_providers: WordList
    credential_options: WordList
    connection_options: WordList
    clients: WordList
    copiers: WordList
    inline: WordList
    header_options: WordList
    credential_headers: WordList


@cache
def words() -> Words:
    """Return the lists; read once."""
    return msgspec.json.decode(_FILE.read_bytes(), type=Words)
