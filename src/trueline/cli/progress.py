"""A progress bar on standard error for long audits."""

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from trueline.audit.campaign import Item
from trueline.trajectory.opening import Source


def with_bar(found: Iterable[tuple[Source, list[Item]]], total: int) -> Iterator[list[Item]]:
    """Yield what was found in each source, and move the bar on."""
    columns = (TextColumn("auditing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=total)
        for _, items in found:
            yield items
            progress.advance(task)
