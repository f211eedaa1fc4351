"""Measure the audit's speed beside its peers, in one run, and print one table.

    python -m benchmarks.speed [--real FOLDER] [--peers FOLDER] [--quick] [--json FILE]

Peers are installed into virtual environments under `--peers` (made if absent).
Every figure is the median of several rounds, with the lowest and the highest; our own
rounds and a peer's stand in the same run on the same machine.
"""

import argparse
import json
import math
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.corpus import write_chats, write_session
from benchmarks.parts import parts
from trueline.audit.campaign import Campaign, Settings
from trueline.audit.parallel import audit_parallel

HERE = Path(__file__).parent
PEERS = {
    "inspect-scout": ("scout_scan.py", 300),
    "invariant-ai": ("invariant_rules.py", 100),
}


def main() -> None:
    """Run every measurement and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--real", type=Path, help="a folder of real Claude Code sessions")
    parser.add_argument("--peers", type=Path, help="folder for the peers' environments")
    parser.add_argument("--quick", action="store_true", help="small sizes, no peers")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = measure(Path(folder), options)
    for name, row in result.items():
        print(f"{name:<54}{row['figure']:<34}{row.get('target', '')}")
    if options.json:
        options.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


def measure(folder: Path, options: argparse.Namespace) -> dict[str, dict[str, Any]]:
    """Return every figure under its name, beside its target."""
    runs, rounds = (50, 2) if options.quick else (1_000, 5)
    found: dict[str, dict[str, Any]] = {}
    seconds: list[float] = []
    steps = 0
    chats = folder / "chats.jsonl"
    for number in range(rounds + 1):  # every round its own texts, so that no cache knows them
        write_chats(chats, runs, 50, first=number * runs)
        once, steps = audit_seconds([chats], 1, warm=False)
        seconds += once if number else []
    found["audit, steps/s"] = rate(steps, seconds, ">= 50,000, aim 100,000")
    found["audit, runs/s"] = rate(runs, seconds, "")
    found |= parts(folder, runs // 2, rounds)
    if not options.quick:
        found |= peers(folder, chats, options.peers, runs / statistics.median(seconds))
    sizes = (300, 1_000, 3_000) if options.quick else (1_000, 3_000, 10_000, 30_000, 100_000)
    found["cost over steps, log-log slope"] = linearity(folder, sizes)
    found |= sessions(folder, options, rounds)
    found |= cold(folder, rounds)
    if not options.quick:
        found |= eval_log(folder)
        found |= scaling(folder)
    return found


def audit_seconds(
    paths: Sequence[Path],
    rounds: int,
    *,
    warm: bool = True,
    clock: Callable[[], float] = time.perf_counter,
) -> tuple[list[float], int]:
    """Return the seconds of `rounds` whole audits, after one uncounted if `warm`, and the steps."""
    campaign = Campaign()
    sources = campaign.sources(paths)
    times: list[float] = []
    steps = 0
    for number in range(rounds + warm):
        start = clock()
        steps = sum(
            getattr(item, "steps", 0) for _, items in campaign.audit(sources) for item in items
        )
        if number >= warm:
            times.append(clock() - start)
    return times, steps


def rate(amount: float, seconds: Sequence[float], target: str) -> dict[str, Any]:
    """Return amount per second as median, lowest and highest."""
    values = sorted(amount / second for second in seconds)
    middle = statistics.median(values)
    words = f"{middle:,.1f} [{values[0]:,.1f}, {values[-1]:,.1f}]"
    return {"figure": words, "median": middle, "values": values, "target": target}


def peers(
    folder: Path, chats: Path, environments: Path | None, ours: float
) -> dict[str, dict[str, Any]]:
    """Return each peer's runs per second and our ratio to it."""
    found: dict[str, dict[str, Any]] = {}
    for name, (script, limit) in PEERS.items():
        python = environment((environments or folder) / name, name)
        rates: list[float] = []
        for _ in range(3):
            done = subprocess.run(
                [str(python), str(HERE / "peers" / script), str(chats), str(limit)],
                capture_output=True,
                text=True,
                check=True,
            )
            line = json.loads(done.stdout.strip().splitlines()[-1])
            rates.append(line["runs"] / line["seconds"])
        row = rate(1, [1 / value for value in rates], "")
        found[f"{name}, runs/s"] = row
        ratios = sorted(ours / value for value in rates)
        words = f"{statistics.median(ratios):,.0f}x [{ratios[0]:,.0f}, {ratios[-1]:,.0f}]"
        found[f"ours / {name}"] = {"figure": words, "values": ratios}
    return found


def environment(folder: Path, package: str) -> Path:
    """Return the interpreter of a virtual environment with `package`, made if absent."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", package], check=True)
    return python


def linearity(folder: Path, sizes: Sequence[int]) -> dict[str, Any]:
    """Return the slope of log CPU seconds over log steps, to a hundred thousand steps."""
    points: list[tuple[int, float]] = []
    for size in sizes:
        path = folder / f"long-{size}.jsonl"
        write_session(path, size, number=size)
        seconds, steps = audit_seconds([path], 1, warm=False, clock=time.process_time)
        points.append((steps, min(seconds)))
        path.unlink()
    logs = [(math.log(steps), math.log(second)) for steps, second in points]
    slope = statistics.linear_regression(*zip(*logs, strict=True)).slope
    shown = ", ".join(f"{steps:,}: {second / steps * 1e6:.1f}" for steps, second in points)
    return {
        "figure": f"{slope:.3f} (us/step {shown})",
        "slope": slope,
        "points": points,
        "target": "1 (linear)",
    }


def sessions(folder: Path, options: argparse.Namespace, rounds: int) -> dict[str, dict[str, Any]]:
    """Return MB/s over Claude Code sessions: our corpus, and real ones where given."""
    made = folder / "claude"
    made.mkdir()
    count = 2 if options.quick else 20
    seconds: list[float] = []
    size = 0
    for number in range(rounds):
        start = 10_000 * (number + 1)
        size = sum(write_session(made / f"{n}.jsonl", 1_000, start + n) for n in range(count))
        seconds += audit_seconds([made], 1, warm=False)[0]
    found = {"Claude Code corpus, MB/s": rate(size / 1e6, seconds, ">= 20")}
    if options.real:
        size = sum(path.stat().st_size for path in options.real.rglob("*.jsonl"))
        code = (
            "import time;from pathlib import Path;from trueline.audit.campaign import Campaign;"
            f"c=Campaign();s=c.sources([Path({str(options.real)!r})]);t=time.perf_counter();"
            "list(c.audit(s));print(time.perf_counter()-t)"
        )
        fresh = [float(output([sys.executable, "-c", code])) for _ in range(rounds)]
        found["Claude Code real sessions, MB/s"] = rate(size / 1e6, fresh, ">= 20")
    return found


def output(command: Sequence[str]) -> str:
    """Return what a command prints."""
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def wall(command: Sequence[str], rounds: int) -> list[float]:
    """Return the wall seconds of a command, after a warm-up."""
    times: list[float] = []
    for number in range(rounds + 1):
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        if number:
            times.append(time.perf_counter() - start)
    return times


def seconds_row(times: Sequence[float], target: str) -> dict[str, Any]:
    """Return wall seconds as median, lowest and highest."""
    words = f"{statistics.median(times):.3f} [{min(times):.3f}, {max(times):.3f}]"
    return {"figure": words, "values": list(times), "target": target}


def cold(folder: Path, rounds: int) -> dict[str, dict[str, Any]]:
    """Return the wall seconds of whole commands of a plain install, from a cold interpreter."""
    python = environment(folder / "plain", str(HERE.parent))
    program = str(python.with_name("trueline"))
    session = folder / "three.jsonl"
    size = write_session(session, 6_000)
    command = [program, "audit", str(session)]
    return {
        "trueline --help, s": seconds_row(wall([program, "--help"], rounds * 2), "<= 0.15"),
        f"one session of {size / 1e6:.1f} MB, s": seconds_row(wall(command, rounds), "<= 0.5"),
    }


def eval_log(folder: Path) -> dict[str, dict[str, Any]]:
    """Return CPU seconds and peak memory of reading an `.eval`, ours and Inspect's."""
    log = folder / "log.eval"
    subprocess.run(
        [sys.executable, str(HERE / "make_eval.py"), "--samples", "2000", "--turns", "10",
         "--out", str(log)],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    ours = (
        "from pathlib import Path; from trueline.trajectory.opening import read_path;"
        f"print(sum(1 for _ in read_path(Path({str(log)!r}))))"
    )
    theirs = (
        f"from inspect_ai.log import read_eval_log;print(len(read_eval_log({str(log)!r}).samples))"
    )
    found: dict[str, dict[str, Any]] = {}
    for name, code, target in (
        ("ours", ours, "<= 1.5 CPU-s, <= 50 MB"),
        ("inspect-ai", theirs, ""),
    ):
        cpu, peak = usage([sys.executable, "-c", code])
        found[f".eval of 2,000 x 10, {name}"] = {
            "figure": f"{cpu:.2f} CPU-s, {peak:.0f} MB",
            "cpu_s": cpu,
            "peak_mb": peak,
            "target": target,
        }
    return found


_USAGE = """
import ctypes, json, os, resource, subprocess, sys
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # adopt orphans: processes outlive who forked them
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
try:
    while True:
        os.wait()
except ChildProcessError:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""


def usage(command: Sequence[str]) -> tuple[float, float]:
    """Return the CPU seconds of a command and all it started, and its peak memory in MB."""
    done = subprocess.run(
        [sys.executable, "-c", _USAGE, *command], capture_output=True, text=True, check=True
    )
    cpu, peak = json.loads(done.stdout)
    scale = 1024 * 1024 if sys.platform == "darwin" else 1024
    return cpu, peak / scale


def scaling(folder: Path) -> dict[str, dict[str, Any]]:
    """Return how much faster two processes are than one, and what they cost in CPU seconds.

    The second says on a busy machine too whether the first would scale.
    """
    many = folder / "many"
    many.mkdir()
    for number in range(60):
        write_session(many / f"{number}.jsonl", 2_000, number)
    one = statistics.median(timed(lambda: audit_all(many, 1)) for _ in range(3))
    two = statistics.median(timed(lambda: audit_all(many, 2)) for _ in range(3))
    found: dict[str, dict[str, Any]] = {
        "--jobs 2 over --jobs 1": {"figure": f"{one / two:.2f}x", "ratio": one / two}
    }
    program = "from trueline.cli.application import main; main()"
    audit = [sys.executable, "-c", program, "audit", "--fail-on", "never", str(many)]
    spent = {jobs: usage([*audit, "--jobs", str(jobs)])[0] for jobs in (1, 2, 4)}
    words = ", ".join(f"{jobs}: {cpu:.2f}" for jobs, cpu in spent.items())
    found["CPU-s by --jobs"] = {"figure": words, "cpu_s": spent}
    return found


def audit_all(folder: Path, jobs: int) -> None:
    """Audit a folder with a number of processes."""
    campaign = Campaign()
    sources = campaign.sources([folder])
    found = audit_parallel(Settings(), sources, jobs) if jobs > 1 else campaign.audit(sources)
    for _ in found:
        pass


def timed(work: Callable[[], None]) -> float:
    """Return the wall seconds of a piece of work."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"peak memory of this process: {peak / 1024:.0f} MB")
