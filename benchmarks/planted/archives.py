"""Little repositories kept as one text file each: `-- path --` starts a file, its lines follow."""

from pathlib import Path
from typing import Final

PROJECTS: Final = Path(__file__).parent / "projects"


def unpack(text: str) -> dict[str, str]:
    """Return the files of an archive by path; what stands before the first marker is a comment."""
    files: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in text.splitlines(keepends=True):
        bare = line.rstrip("\n")
        if bare.startswith("-- ") and bare.endswith(" --"):
            current = files.setdefault(bare[3:-3], [])
        elif current is not None:
            current.append(line)
    return {path: "".join(lines) for path, lines in files.items()}


def lay_out(project: str, folder: Path) -> None:
    """Write the files of `project` below `folder`; scripts become executable."""
    (archive,) = PROJECTS.rglob(f"{project}.txtar")
    for path, content in unpack(archive.read_text(encoding="utf-8")).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
        if path.endswith(".sh") or content.startswith("#!"):
            target.chmod(0o755)
