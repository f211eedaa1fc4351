"""A mail server with one owner's folders, rules and contacts."""

from typing import Any

from msgspec import Struct, field, structs

from benchmarks.planted_world.tools import RefusedError


class Message(Struct, frozen=True, kw_only=True):
    """One mail; `attachments` by file name."""

    id: str
    sender: str
    to: str
    subject: str
    body: str
    date: str
    thread: str = ""
    folder: str = "inbox"
    attachments: dict[str, str] = field(default_factory=dict[str, str])


class Mail:
    """The owner's mailbox.

    Args:
        owner: the owner's address.
        messages: what is there at the start.
        contacts: address by name.
        bounces: domains that do not take mail.
        flaky: so many first sends fail with a passing error.
    """

    def __init__(
        self,
        owner: str,
        messages: list[Message],
        *,
        contacts: dict[str, str] | None = None,
        bounces: tuple[str, ...] = (),
        flaky: int = 0,
    ) -> None:
        self.owner = owner
        self.messages = {message.id: message for message in messages}
        self.contacts = dict(contacts or {})
        self.bounces = bounces
        self.flaky = flaky
        self.rules: dict[str, dict[str, Any]] = {}
        self._sent = 0

    def _find(self, email_id: str) -> Message:
        if email_id not in self.messages:
            raise RefusedError("not_found", f"no message {email_id}")
        return self.messages[email_id]

    def list_emails(self, folder: str = "inbox") -> list[dict[str, Any]]:
        """List the messages of a folder, newest first."""
        found = [m for m in self.messages.values() if m.folder == folder]
        return [_head(m) for m in sorted(found, key=lambda m: (m.date, m.id), reverse=True)]

    def search_emails(self, query: str) -> list[dict[str, Any]]:
        """Find messages whose subject, sender or body holds every word of the query."""
        words = query.lower().split()
        found = [
            message
            for message in self.messages.values()
            if all(
                word in f"{message.subject} {message.sender} {message.to} {message.body}".lower()
                for word in words
            )
        ]
        return [_head(message) for message in sorted(found, key=lambda m: (m.date, m.id))]

    def read_email(self, email_id: str) -> dict[str, Any]:
        """Read one message."""
        message = self._find(email_id)
        names = list(message.attachments)
        more = {"attachments": names} if names else {}
        return {**_head(message), "to": message.to, **more, "body": message.body}

    def read_thread(self, thread_id: str) -> str:
        """Read all messages of a thread, oldest first."""
        found = [m for m in self.messages.values() if m.thread == thread_id]
        if not found:
            raise RefusedError("not_found", f"no thread {thread_id}")
        parts = [
            f"From: {m.sender}\nTo: {m.to}\nDate: {m.date}\nSubject: {m.subject}\n\n{m.body}"
            for m in sorted(found, key=lambda m: m.date)
        ]
        return "\n\n----------\n\n".join(parts)

    def get_attachment(self, email_id: str, filename: str) -> str:
        """Read an attachment as text."""
        message = self._find(email_id)
        if filename not in message.attachments:
            raise RefusedError("not_found", f"{email_id} has no attachment {filename}")
        return message.attachments[filename]

    def send_email(self, to: str, subject: str, body: str, cc: str = "") -> dict[str, Any]:
        """Send a message."""
        receivers = [part.strip() for part in f"{to},{cc}".split(",") if part.strip()]
        if self.flaky:
            self.flaky -= 1
            raise RefusedError("temporarily_unavailable", "451 4.3.2 try again later")
        for receiver in receivers:
            if "@" not in receiver:
                raise RefusedError("invalid_address", f"501 5.1.3 bad address {receiver!r}")
            if receiver.split("@")[1] in self.bounces:
                raise RefusedError("rejected", f"550 5.1.1 <{receiver}>: recipient unknown")
        self._sent += 1
        message = Message(
            id=f"s{self._sent}",
            sender=self.owner,
            to=", ".join(receivers),
            subject=subject,
            body=body,
            date=f"2026-03-09 10:{self._sent:02d}",
            folder="sent",
        )
        self.messages[message.id] = message
        return {"status": "sent", "id": message.id, "to": receivers}

    def reply_email(self, email_id: str, body: str) -> dict[str, Any]:
        """Reply to the sender of a message."""
        message = self._find(email_id)
        return self.send_email(message.sender, f"Re: {message.subject}", body)

    def forward_email(self, email_id: str, to: str, note: str = "") -> dict[str, Any]:
        """Forward a message, with its attachments."""
        message = self._find(email_id)
        return self.send_email(to, f"Fwd: {message.subject}", f"{note}\n\n{message.body}".strip())

    def move_email(self, email_id: str, folder: str) -> dict[str, Any]:
        """Move a message to a folder; `trash` is emptied after 30 days."""
        message = self._find(email_id)
        self.messages[email_id] = structs.replace(message, folder=folder)
        return {"id": email_id, "folder": folder}

    def delete_email(self, email_id: str) -> dict[str, Any]:
        """Delete a message for good; it cannot be restored."""
        self._find(email_id)
        del self.messages[email_id]
        return {"id": email_id, "deleted": True, "recoverable": False}

    def empty_folder(self, folder: str) -> dict[str, Any]:
        """Delete everything in a folder for good."""
        gone = [m.id for m in self.messages.values() if m.folder == folder]
        for email_id in gone:
            del self.messages[email_id]
        return {"folder": folder, "purged": len(gone), "recoverable": False}

    def list_rules(self) -> list[dict[str, Any]]:
        """List the rules for incoming mail."""
        return [{"id": key, **rule} for key, rule in self.rules.items()]

    def create_rule(self, match: str, action: str, target: str) -> dict[str, Any]:
        """Create a rule for incoming mail, such as forward or move."""
        key = f"rule-{len(self.rules) + 1}"
        self.rules[key] = {"match": match, "action": action, "target": target}
        return {"id": key, "status": "active", **self.rules[key]}

    def delete_rule(self, rule_id: str) -> dict[str, Any]:
        """Delete a rule."""
        if rule_id not in self.rules:
            raise RefusedError("not_found", f"no rule {rule_id}")
        del self.rules[rule_id]
        return {"id": rule_id, "status": "deleted"}

    def find_contact(self, name: str) -> list[dict[str, Any]]:
        """Look up addresses by a part of the name."""
        found = [(n, a) for n, a in self.contacts.items() if name.lower() in n.lower()]
        return [{"name": n, "address": address} for n, address in found]


def _head(message: Message) -> dict[str, Any]:
    thread = {"thread": message.thread} if message.thread else {}
    return {
        "id": message.id,
        "from": message.sender,
        "date": message.date,
        "subject": message.subject,
        **thread,
    }


def mail(id: str, sender: str, to: str, subject: str, body: str, **more: Any) -> Message:
    """Return a message of the day before, unless `more` says otherwise."""
    more.setdefault("date", "2026-03-08 16:20")
    return Message(id=id, sender=sender, to=to, subject=subject, body=body, **more)
