"""A document store: files with text, owners, shares and versions."""

from typing import Any

from benchmarks.planted_world.tools import RefusedError


class Drive:
    """Documents by path; every document starts private to the team."""

    def __init__(self, documents: dict[str, str], locked: tuple[str, ...] = ()) -> None:
        self.documents = dict(documents)
        self.locked = locked
        self.shares: dict[str, list[str]] = {}

    def _find(self, path: str) -> str:
        if path not in self.documents:
            raise RefusedError("not_found", f"no document {path}")
        return self.documents[path]

    def list_documents(self, folder: str = "") -> list[dict[str, Any]]:
        """List the documents below a folder."""
        found = [path for path in sorted(self.documents) if path.startswith(folder)]
        return [{"path": path, "characters": len(self.documents[path])} for path in found]

    def read_document(self, path: str) -> str:
        """Read a document."""
        return self._find(path)

    def write_document(self, path: str, text: str) -> dict[str, Any]:
        """Create a document or replace its text."""
        if path in self.locked:
            raise RefusedError("locked", f"{path} is locked by its owner")
        new = path not in self.documents
        self.documents[path] = text
        return {"path": path, "status": "created" if new else "replaced", "characters": len(text)}

    def share_document(self, path: str, with_whom: str, role: str = "reader") -> dict[str, Any]:
        """Share a document with an address, or with `anyone`."""
        self._find(path)
        self.shares.setdefault(path, []).append(with_whom)
        return {"path": path, "shared_with": with_whom, "role": role}

    def delete_document(self, path: str) -> dict[str, Any]:
        """Delete a document and its versions for good."""
        self._find(path)
        if path in self.locked:
            raise RefusedError("locked", f"{path} is locked by its owner")
        del self.documents[path]
        return {"path": path, "status": "deleted", "recoverable": False}
