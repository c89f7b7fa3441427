"""Runs every benchmark in turn; `make bench`. Figures go to latest.json too."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

BENCHMARKS = ("setstatus", "history", "growth", "startup", "desk", "size", "hostile", "large")
LATEST = Path(__file__).parent / "latest.json"


def figures(name: str) -> list[str]:
    """The lines that the benchmark prints, shown while it runs."""
    lines = []
    command = [sys.executable, "-m", f"benchmarks.{name}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        for line in running.stdout:
            print(line, end="", flush=True)
            lines.append(line.rstrip())
    if running.returncode:
        sys.exit(f"{name} failed")
    return lines


def main() -> None:
    """Run all, then write what they said."""
    found = {name: figures(name) for name in BENCHMARKS}
    machine = {
        "python": platform.python_version(),
        "system": platform.platform(),
        "cores": os.cpu_count(),
    }
    measured = {"at": datetime.now(UTC).isoformat(timespec="seconds"), **machine, "figures": found}
    LATEST.write_text(json.dumps(measured, indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
